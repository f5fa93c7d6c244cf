#include "output/report/report.hpp"

#include "output/report/json_text.hpp"
#include "output/report/page_template.hpp"
#include "output/report/sections.hpp"
#include "output/version.hpp"
#include "policy/error.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace nearshore {
namespace {

/// "Europe (EU27 and United Kingdom)" by "EU"; groups as well, in words.
nlohmann::json names_json(const ReportScenario& base) {
  auto regions = nlohmann::json::object(), sectors = nlohmann::json::object(),
       authorities = nlohmann::json::object();
  const auto& reporting = *base.scenario.reporting;
  for (std::size_t r = 0; r < reporting.R(); ++r)
    regions[reporting.regions[r]] = reporting.region_names[r];
  for (std::size_t s = 0; s < reporting.S(); ++s)
    sectors[reporting.sectors[s]] = reporting.sector_names[s];
  for (const auto& a : base.scenario.regime->data().authorities)
    authorities[a.key] = a.name;
  return {{"regions", std::move(regions)},
          {"sectors", std::move(sectors)},
          {"authorities", std::move(authorities)}};
}

std::string html_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

/// The template with texts in the place of marks; what is put in is never looked through.
std::string filled(std::string_view page,
                   const std::vector<std::pair<std::string_view, std::string>>& texts) {
  std::string out;
  for (const auto& [mark, text] : texts) { // in the order of the page
    const auto at = page.find(mark);
    if (at == std::string_view::npos)
      throw Error{ErrorKind::internal, "the page lacks " + std::string{mark}};
    out.append(page.substr(0, at)).append(text);
    page.remove_prefix(at + mark.size());
  }
  return out.append(page);
}

} // namespace

void require_report_page() {
  if (page_template().empty())
    throw Error{
        ErrorKind::resource,
        "this program was built without the report's page: npm could not fetch its packages",
        "report",
        "nodejs and npm (Debian packages) and a way to the npm registry; then "
        "./nearshore build tries again"};
}

std::string report_json(const ReportRequest& request) {
  std::vector<TrajectoryReader> files;
  for (const auto& path : request.files)
    files.emplace_back(path);
  const auto scenarios = scenarios_of(files);
  if (scenarios.empty()) throw Error{ErrorKind::input, "no file", "report", "at least one run"};
  const auto contents = published_content();
  const auto& base = scenarios.front();
  const auto scope = scope_of(base, contents);
  auto list = nlohmann::json::array();
  for (const auto& s : scenarios)
    list.push_back(scenario_json(s, scope));
  return script_json({{"title", request.title},
                      {"version", version()},
                      {"commit", git_commit()},
                      {"home", scope.home},
                      {"exporters", scope.exporters},
                      {"regions", scope.regions},
                      {"groups", scope.region_groups},
                      {"goods", scope.goods},
                      {"content_exporters", scope.content_exporters},
                      {"content_sectors", scope.content_sectors},
                      {"names", names_json(base)},
                      {"scenarios", std::move(list)},
                      {"facts", facts_json(contents, scope)},
                      {"validation", validation_json(base, request.targets)},
                      {"parameters", parameters_json(base.scenario)},
                      {"by_hand", by_hand(request.targets)},
                      {"no_comparison", request.no_comparison},
                      {"comparison", request.comparison ? comparison_json(*request.comparison)
                                                        : nlohmann::json(nullptr)}});
}

std::string report_html(const ReportRequest& request) {
  require_report_page();
  return filled(page_template(),
                {{kPageTitle, html_text(request.title)}, {kPageData, report_json(request)}});
}

OutputPlace report_place(const std::string& path, std::vector<std::string> inputs) {
  const auto is_page = [](std::string_view text) {
    return text.starts_with("<!doctype html>") &&
           text.find(R"(<script type="application/json" id="data">{")") != text.npos;
  };
  return {path, {"page that nearshore made", is_page}, "--output", std::move(inputs)};
}

std::vector<std::string> report_files(const Comparison& comparison) {
  std::vector<std::string> paths;
  if (comparison.closures.empty()) return paths;
  for (const auto& policy : comparison.policies)
    for (const auto& file : policy.files)
      if (file.closure == comparison.closures.front()) paths.push_back(file.path);
  return paths;
}

} // namespace nearshore
