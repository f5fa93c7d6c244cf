#include "output/report/json_text.hpp"
#include "output/report/sections.hpp"
#include "policy/error.hpp"
#include "sim/config/settings.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace nearshore {
namespace {

nlohmann::json bands_json(const OverRuns& figures) {
  auto out = nlohmann::json::object();
  for (const auto& name : figures.spread_names()) {
    const auto b = figures.bands(name);
    out[name] = {{"p05", short_numbers(b.p05)},
                 {"p50", short_numbers(b.median)},
                 {"p95", short_numbers(b.p95)}};
  }
  return out;
}

nlohmann::json means_json(const OverRuns& figures) {
  auto out = nlohmann::json::object();
  for (const auto& name : figures.mean_names())
    out[name] = short_numbers(figures.means(name));
  return out;
}

std::string stem(const std::string& path) {
  return std::filesystem::path{path}.stem().string();
}

ReportScenario scenario_of(const TrajectoryReader& file, std::optional<std::size_t> policy) {
  const auto suffix = policy && file.policies()[*policy] == "baseline" ? "_baseline" : "";
  const auto attribute = [&](const std::string& name) {
    return file.text_attribute(name + suffix);
  };
  return {&file, policy, attribute("title"),
          load_scenario_text(attribute("configuration"), file.path() + ":configuration")};
}

} // namespace

std::size_t ReportScenario::first_run() const {
  return policy.value_or(0) * runs();
}

std::size_t ReportScenario::runs() const {
  return policy ? file->runs() / file->policies().size() : file->runs();
}

std::vector<ReportScenario> scenarios_of(const std::vector<TrajectoryReader>& files) {
  std::vector<ReportScenario> out;
  for (const auto& file : files) {
    if (file.policies().empty())
      out.push_back(scenario_of(file, std::nullopt));
    else
      for (std::size_t p = 0; p < file.policies().size(); ++p)
        out.push_back(scenario_of(file, p));
  }
  const auto titles = [&out](const std::string& title) {
    return std::count_if(out.begin(), out.end(), [&](const auto& s) { return s.title == title; });
  };
  std::vector<bool> doubled;
  for (const auto& s : out)
    doubled.push_back(titles(s.title) > 1);
  for (std::size_t i = 0; i < out.size(); ++i)
    if (doubled[i]) out[i].title += " (" + stem(out[i].file->path()) + ")";
  for (std::size_t i = 0; i < out.size(); ++i)
    if (titles(out[i].title) > 1) out[i].title += " " + std::to_string(i + 1);
  return out;
}

ReportScope scope_of(const ReportScenario& base, const std::vector<PublishedContent>& contents) {
  const auto& reporting = base.scenario.reporting;
  if (!reporting)
    throw Error{ErrorKind::input, "the runs' configuration has no [reporting]", base.file->path(),
                "a scenario that extends configs/reporting.toml"};
  ReportScope scope;
  scope.home = reporting->regions[reporting->home];
  scope.regions = reporting->regions;
  for (const auto f : reporting->fellow_members)
    scope.exporters.push_back(reporting->regions[f]);
  for (std::size_t s = 0; s < reporting->S(); ++s)
    if (reporting->is_goods[s]) scope.goods.push_back(reporting->sectors[s]);
  for (const auto& group : base.scenario.world->region_groups) {
    auto& members = scope.region_groups[group.code];
    for (std::size_t r = 0; r < reporting->R(); ++r)
      if (contains(group.members, r)) members.push_back(reporting->regions[r]);
    scope.content_sources.push_back(group.code);
  }
  scope.content_sources.push_back(scope.home);
  const auto add = [](std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
  };
  for (const auto& x : scope.exporters)
    add(scope.content_exporters, x);
  for (const auto& c : contents)
    if (c.source == scope.home) {
      add(scope.content_exporters, c.exporter);
      add(scope.content_sectors, c.sector);
    }
  return scope;
}

OverRuns figures_of(const ReportScenario& s, const ReportScope& scope) {
  OverRuns figures;
  for (std::size_t i = 0; i < s.runs(); ++i)
    figures.add(run_figures(*s.file->run(s.first_run() + i), scope));
  return figures;
}

nlohmann::json scenario_json(const ReportScenario& s, const ReportScope& scope) {
  const auto figures = figures_of(s, scope);
  auto months = nlohmann::json::array();
  for (const auto month : s.file->months())
    months.push_back(month.text());
  const auto& law = s.scenario.regime->data();
  auto assumed = nlohmann::json::array();
  for (const auto& m : law.measures)
    if (m.assumption)
      assumed.push_back({{"name", m.name}, {"from", m.start.text()}, {"source", m.source}});
  for (const auto& l : law.levers)
    if (l.assumption)
      assumed.push_back({{"name", l.name},
                         {"from", l.path.empty() ? "" : l.path.front().from.text()},
                         {"source", l.source}});
  const auto seeds = s.file->seeds();
  return {{"title", s.title},
          {"description", s.scenario.description},
          {"file", std::filesystem::path{s.file->path()}.filename().string()},
          {"runs", s.runs()},
          {"seeds", seeds.empty() ? nlohmann::json::array({s.file->integer_attribute("seed")})
                                  : nlohmann::json(seeds)},
          {"members", s.file->members().size()},
          {"firms", s.file->integer_attribute("firms")},
          {"closure", closure_names()[static_cast<std::size_t>(s.scenario.run.closure)]},
          {"reference", s.file->text_attribute("reference_month")},
          {"commit", s.file->text_attribute("git_commit")},
          {"version", s.file->text_attribute("program_version")},
          {"known_until", law.known_until ? law.known_until->text() : ""},
          {"assumption", law.assumption},
          {"assumed", std::move(assumed)},
          {"events", events_json(s, scope)},
          {"months", std::move(months)},
          {"bands", bands_json(figures)},
          {"means", means_json(figures)}};
}

} // namespace nearshore
