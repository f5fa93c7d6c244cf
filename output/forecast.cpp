#include "output/forecast.hpp"

#include "output/moments.hpp"
#include "output/quantile.hpp"
#include "output/target_reader.hpp"
#include "output/version.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/config/paths.hpp"
#include "sim/csv.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <set>

namespace nearshore {
namespace {

constexpr double kAny = 1e300;
const std::vector<std::string> kColumns{"series", "month", "unit", "p05",    "p25",
                                        "median", "p75",   "p95",  "members"};

std::string with_label(std::string text, const std::string& label) {
  for (auto at = text.find("{}"); at != text.npos; at = text.find("{}", at + label.size()))
    text.replace(at, 2, label);
  return text;
}

Selection with_label(Selection selection, const std::string& label) {
  for (auto& [axis, labels] : selection)
    for (auto& l : labels)
      l = with_label(l, label);
  return selection;
}

void read_series(const TableView& t, const Groups& groups, ForecastPlan& plan) {
  ForecastSeries s;
  s.name = t.required_text("name");
  Target& target = s.target;
  target.where = t.where();
  target.says = s.name;
  target.variable = t.required_text("variable");
  target.select = read_selection(t, "select", groups);
  target.weight = t.text("weight", "");
  target.per = t.text("per", "");
  target.per_select = read_selection(t, "per_select", groups);
  target.scale = t.number("scale", -kAny, kAny, 1);
  target.unit = t.required_text("unit");
  if (s.name.find_first_of(",\"#") != s.name.npos ||
      target.unit.find_first_of(",\"#") != s.name.npos)
    throw t.error("name", "a comma, quote or # in the name or unit of a series");
  const auto labels = t.optional_texts("labels");
  for (const auto& label : labels)
    if (label.find_first_of(",\"#{}\n") != label.npos)
      throw t.error("labels", "a comma, quote, #, brace or line end in the label '" + label + "'");
  const bool open = s.name.find("{}") != s.name.npos;
  if (open == labels.empty())
    throw t.error("labels", open ? "no labels for {}" : "labels, and no {} in the name",
                  "name = \"imports from {}\" with labels = [\"MX\", \"CA\"]");
  for (const auto& label : open ? labels : std::vector<std::string>{""}) {
    ForecastSeries one = s;
    one.name = with_label(s.name, label);
    one.target.says = one.name;
    one.target.select = with_label(s.target.select, label);
    one.target.per_select = with_label(s.target.per_select, label);
    const auto same = [&](const ForecastSeries& other) { return other.name == one.name; };
    if (std::any_of(plan.series.begin(), plan.series.end(), same))
      throw t.error("name", "the series '" + one.name + "' is there twice");
    plan.series.push_back(std::move(one));
  }
}

/// A comment ends with its line.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

/// So that two files can be seen to rest on the same configuration (64-bit FNV-1a).
std::uint64_t fingerprint(const std::string& text) {
  std::uint64_t h = 14695981039346656037ULL;
  for (const unsigned char c : text)
    h = (h ^ c) * 1099511628211ULL;
  return h;
}

} // namespace

ForecastPlan read_forecast_plan(const std::string& path) {
  const Document document = load_document(find_input(path));
  const auto root = document.root();
  const Groups groups = read_groups(root);
  ForecastPlan plan;
  plan.from = root.month("from");
  plan.until = root.month("until");
  if (plan.until < plan.from)
    throw root.error("until", "the forecast ends before it begins", "a month from `from` on");
  for (const auto& t : root.tables("series"))
    read_series(t, groups, plan);
  if (plan.series.empty()) throw root.error("", "no [[series]]", "at least one");
  document.finish();
  return plan;
}

std::vector<ForecastCell> make_forecast(const ForecastPlan& plan, const Scenario& scenario,
                                        const std::vector<std::uint64_t>& seeds,
                                        const EnsemblePlan& machine,
                                        const std::function<void(std::size_t)>& run_done) {
  if (plan.from < scenario.run.start || plan.until > scenario.run.end)
    throw Error{ErrorKind::input,
                fmt::format("the forecast is of {} to {}, the scenario runs from {} to {}",
                            plan.from.text(), plan.until.text(), scenario.run.start.text(),
                            scenario.run.end.text()),
                scenario.file,
                "--from and --until within the run, or another run.end (--set run.end=MONTH)"};
  std::vector<Target> targets;
  std::vector<ForecastCell> cells;
  for (const auto& s : plan.series)
    for (Month m = plan.from; m <= plan.until; m = m + 1) {
      targets.push_back(s.target);
      targets.back().window = {m, m};
      cells.push_back({s.name, s.target.unit, m, {}});
    }
  const auto values = moments_of(
      targets, seeds.size(), [&](std::size_t run) { return with_seed(scenario, seeds[run]); },
      machine, run_done);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    for (const auto& run : values)
      cells[c].members.push_back(run[c]);
    std::sort(cells[c].members.begin(), cells[c].members.end());
    if (std::any_of(cells[c].members.begin(), cells[c].members.end(),
                    [](double x) { return std::isnan(x); }))
      throw Error{ErrorKind::input,
                  fmt::format("'{}' has no value in {}", cells[c].series, cells[c].month.text()),
                  targets[c].where, "a series that every month of every run has"};
  }
  return cells;
}

std::string forecast_text(const std::vector<ForecastCell>& cells, const Scenario& scenario,
                          const std::vector<std::uint64_t>& seeds, const std::string& made) {
  const auto& law = scenario.regime->data();
  std::string text =
      fmt::format("# nearshore forecast, to be scored when data are published\n"
                  "# made: {}\n# program: {} ({})\n"
                  "# scenario: {} ({})\n# configuration: fnv1a64 {:016x}\n"
                  "# firms: {}\n# seeds: {}\n",
                  made, version(), git_commit(), one_line(scenario.file), one_line(scenario.title),
                  fingerprint(scenario.resolved_outcome), scenario.run.firms, seeds_text(seeds));
  if (law.known_until) text += "# law known until: " + law.known_until->text() + "\n";
  if (!law.assumption.empty()) text += "# assumption: " + one_line(law.assumption) + "\n";
  text += "# bands: luck alone (seeds); parameters and policy are held fixed\n" +
          join(kColumns, ",") + "\n";
  for (const auto& c : cells) {
    text += fmt::format("{},{},{}", c.series, c.month.text(), c.unit);
    for (const double p : {0.05, 0.25, 0.5, 0.75, 0.95})
      text += fmt::format(",{:.6g}", quantile(c.members, p));
    text += ',';
    for (std::size_t i = 0; i < c.members.size(); ++i)
      text += fmt::format("{}{:.6g}", i == 0 ? "" : ";", c.members[i]);
    text += '\n';
  }
  return text;
}

namespace {

std::vector<double> read_members(const CsvRow& row) {
  std::vector<double> out;
  const std::string_view text = row.required_text("members");
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(';', at), text.size());
    double x = 0;
    const auto [stop, code] = std::from_chars(text.data() + at, text.data() + end, x);
    if (code != std::errc{} || stop != text.data() + end || !std::isfinite(x))
      throw row.error("members", fmt::format("'{}' is no number", text.substr(at, end - at)),
                      "numbers with ; between them");
    out.push_back(x);
    at = end + 1;
  }
  std::sort(out.begin(), out.end());
  return out;
}

} // namespace

StoredForecast read_forecast(const std::string& path) {
  StoredForecast out;
  const auto table = read_csv(path, kColumns);
  std::set<std::pair<std::string, Month>> seen;
  for (const auto row : table) {
    const auto month = parse_month(row.required_text("month"));
    if (!month) throw row.error("month", "no month", "YYYY-MM, e.g. 2026-03");
    ForecastCell cell{std::string{row.required_text("series")}, std::string{row.text("unit")},
                      *month, read_members(row)};
    if (!seen.emplace(cell.series, cell.month).second)
      throw row.error("month", "the series and month are there twice");
    out.cells.push_back(std::move(cell));
  }
  if (out.cells.empty())
    throw Error{ErrorKind::input, "no forecast", path, "a file that nearshore forecast wrote"};
  std::ifstream file{path};
  for (std::string line; std::getline(file, line) && line.rfind("# ", 0) == 0;)
    out.about.push_back(line.substr(2));
  return out;
}

} // namespace nearshore
