#include "output/picture/picture.hpp"

#include "output/picture/picture_data.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace nearshore {
namespace {

std::string one_of(const std::string& asked, const std::vector<std::string>& allowed,
                   const char* option) {
  if (std::find(allowed.begin(), allowed.end(), asked) == allowed.end())
    throw Error{ErrorKind::input, "'" + asked + "'", option, join(allowed),
                nearest(asked, std::span<const std::string>(allowed))};
  return asked;
}

std::size_t month_asked(const std::string& text, const ReportScenario& s) {
  const auto& months = s.file->months();
  if (months.empty()) throw Error{ErrorKind::input, "the file holds no month", s.file->path()};
  const auto reference = parse_month(s.file->text_attribute("reference_month"));
  const auto month = text.empty() ? std::clamp(reference.value_or(months.front()) + 12,
                                               months.front(), months.back())
                                  : parse_month(text).value_or(Month{});
  if (month < months.front() || months.back() < month)
    throw Error{ErrorKind::input, "'" + text + "'", "--month",
                months.front().text() + " to " + months.back().text()};
  return static_cast<std::size_t>(month - months.front());
}

Picture drawn(const std::string& what, const PictureData& data) {
  if (what == "claims") return claims_picture(data);
  if (what == "decomposition") return decomposition_picture(data);
  if (what == "content") return content_picture(data);
  return flows_picture(data);
}

/// gnuplot's SVG escapes `<` and `&`, and leaves "]]>", which XML forbids in texts.
void escape_section_ends(std::string& svg) {
  constexpr std::string_view kEnd = "]]>", kEscaped = "]]&gt;";
  for (auto at = svg.find(kEnd); at != svg.npos; at = svg.find(kEnd, at + kEscaped.size()))
    svg.replace(at, kEnd.size(), kEscaped);
}

std::string drawn_bytes(const Picture& picture, PictureFormat format) {
  auto bytes = run_gnuplot(frame_script(picture.frame, format) + picture.body + "\nset output\n");
  if (!is_complete_picture(format, bytes))
    throw Error{ErrorKind::resource, "the picture that it made is not complete", "gnuplot"};
  if (format == PictureFormat::svg) escape_section_ends(bytes);
  return bytes;
}

/// "10,000"
std::string with_commas(std::int64_t n) {
  auto text = fmt::format("{}", n);
  for (auto at = text.size(); at > 3;)
    text.insert(at -= 3, ",");
  return text;
}

std::vector<std::string> content_sectors(const Scenario& s) {
  std::vector<std::string> out;
  for (const auto& group : s.world->sector_groups)
    out.push_back(group.code);
  const auto& sectors = s.reporting->sectors;
  out.insert(out.end(), sectors.begin(), sectors.end());
  return out;
}

} // namespace

const std::vector<std::string>& picture_kinds() {
  static const std::vector<std::string> kinds{"claims", "decomposition", "content", "flows"};
  return kinds;
}

void write_picture(const PictureRequest& request) {
  one_of(request.what, picture_kinds(), "--what");
  const auto format = picture_format(request.output);
  const OutputPlace place{request.output, picture_kind(format), "--output", {request.file}};
  check_place(place);
  std::vector<TrajectoryReader> files;
  files.emplace_back(request.file);
  const auto scenarios = scenarios_of(files);
  if (scenarios.size() != 1)
    throw Error{ErrorKind::input, "the file holds several policies", request.file,
                "a run of one policy, or an ensemble of one"};
  const auto& scenario = scenarios.front();
  const auto contents = published_content();
  auto scope = scope_of(scenario, contents);
  const auto exporter = request.exporter.empty()
                            ? scope.exporters.front()
                            : one_of(request.exporter, scope.exporters, "--exporter");
  const auto sector = request.sector.empty()
                          ? std::string{"manufacturing"}
                          : one_of(request.sector, content_sectors(scenario.scenario), "--sector");
  scope.content_sectors = {sector}; // the only one whose spread is drawn
  const auto figures = figures_of(scenario, scope);
  const PictureData data{
      scenario, scope, figures, contents, exporter, sector, month_asked(request.month, scenario)};
  const auto picture = drawn(request.what, data);
  write_output(place, drawn_bytes(picture, format));
}

std::string PictureData::region(const std::string& key) const {
  const auto& reporting = *scenario.scenario.reporting;
  const auto at = std::find(reporting.regions.begin(), reporting.regions.end(), key);
  if (at == reporting.regions.end())
    return key == "asia"            ? "East and South-East Asia"
           : key == "north_america" ? "North America"
                                    : key;
  const auto name =
      reporting.region_names[static_cast<std::size_t>(at - reporting.regions.begin())];
  return name.substr(0, name.find(" ("));
}

std::string PictureData::sector_name(const std::string& key) const {
  const auto& reporting = *scenario.scenario.reporting;
  const auto at = std::find(reporting.sectors.begin(), reporting.sectors.end(), key);
  if (at != reporting.sectors.end())
    return reporting.sector_names[static_cast<std::size_t>(at - reporting.sectors.begin())];
  if (key == "manufacturing") return "manufactures";
  if (key == "total") return "all goods and services";
  auto words = key;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string PictureData::runs_text() const {
  const auto& file = *scenario.file;
  const auto& seeds = file.seeds();
  const auto runs = scenario.runs() == 1 ? std::string{"one run"}
                    : seeds.empty()      ? fmt::format("{} runs", scenario.runs())
                                         : fmt::format("{} runs, seeds {} to {}", scenario.runs(),
                                                       seeds.front(), seeds.back());
  return fmt::format("{}; {}; {} firms; nearshore {}, commit {:.8}", scenario.title, runs,
                     with_commas(file.integer_attribute("firms")),
                     file.text_attribute("program_version"), file.text_attribute("git_commit"));
}

std::string month_name(Month month) {
  static constexpr std::array<const char*, 12> kNames{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return fmt::format("{} {}", kNames[static_cast<std::size_t>(month.month() - 1)], month.year());
}

std::string month_range(const std::vector<Month>& months) {
  const auto middle = [](Month month) { return month.text() + "-15"; };
  return fmt::format("set xrange [strptime('%Y-%m-%d','{}'):strptime('%Y-%m-%d','{}')]\n",
                     middle(months.front() + -1), middle(months.back()));
}

std::string plot_number(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : "NaN";
}

double first_year_mean(const std::vector<Month>& months, const std::vector<double>& values) {
  std::size_t first = 0, count = months.size();
  for (std::size_t m = 0; m + 12 <= months.size(); ++m)
    if (months[m].month() == 1) {
      first = m;
      count = 12;
      break;
    }
  double sum = 0;
  for (std::size_t m = first; m < first + count; ++m)
    sum += values[m];
  return count == 0 ? std::nan("") : sum / static_cast<double>(count);
}

} // namespace nearshore
