#include "output/calibration/problem.hpp"

#include "output/target_reader.hpp"
#include "policy/text.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/settings.hpp"
#include "sim/csv.hpp"
#include "sim/seed_list.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace nearshore {
namespace {

constexpr double kAny = 1e300;
constexpr std::int64_t kMostEvaluations = 1'000'000;
const std::array<std::string, 2> kSpacings{"linear", "log"};
const std::array<std::string, 4> kComparisons{"none", "difference", "ratio", "log_ratio"};
const std::array<std::string, 6> kGlobal{"none",  "design",   "crs2",
                                         "isres", "direct_l", "direct_l_rand"};
const std::array<std::string, 4> kLocal{"none", "bobyqa", "sbplx", "gauss_newton"};

/// Seeds for fitting; those kept for checking are refused.
std::vector<std::uint64_t> fitting_seeds(const std::string& text, const std::string& where) {
  auto seeds = parse_seeds(text, where);
  for (const auto seed : seeds)
    if (seed < 1 || seed >= kFirstCheckingSeed)
      throw Error{ErrorKind::input,
                  "the seed " + std::to_string(seed) + " may not be used in a fit", where,
                  "1 to 100: seeds of 101 and more are kept for checking the finished fit"};
  return seeds;
}

FreeParameter read_parameter(const TableView& t) {
  FreeParameter p;
  p.key = numeric_key(t.required_text("key"), t.where("key"));
  p.spacing = static_cast<Spacing>(t.choice("scale", kSpacings, std::size_t{0}));
  p.low = t.number("low", p.key.low, p.key.high, p.key.low);
  p.high = t.number("high", p.key.low, p.key.high, p.key.high);
  if (p.low >= p.high)
    throw t.error("low", "the range is empty: low is not below high", "low < high");
  if (p.spacing == Spacing::log && p.low <= 0)
    throw t.error(t.has("low") ? "low" : "scale",
                  "a logarithmic scale from " + number_text(p.low) + " on",
                  "a lower bound above 0, or scale = \"linear\"");
  p.start = p.key.value ? t.number("start", p.low, p.high, std::clamp(*p.key.value, p.low, p.high))
                        : t.number("start", p.low, p.high);
  if (const auto unit = t.optional_text("unit")) {
    if (p.key.path.starts_with("parameters.") && *unit != p.key.unit)
      throw t.error("unit", "'" + *unit + "' is not the unit of " + p.key.path, p.key.unit);
    p.key.unit = *unit;
  }
  p.source = t.text("source", "");
  return p;
}

FitScenario read_scenario(const TableView& t, const CalibrationProblem& problem, std::int64_t firms,
                          const CalibrationOverrides& given) {
  FitScenario s;
  s.name = t.required_text("name");
  s.file = t.required_text("file");
  s.sets = t.optional_texts("set");
  if (const auto end = t.optional_month("end")) s.sets.push_back("run.end=" + end->text());
  s.firms = t.integer("firms", 1000, 2'000'000, firms);
  if (given.firms) s.firms = *given.firms;
  s.seeds = problem.seeds;
  if (const auto seeds = t.optional_text("seeds"); seeds && !given.seeds)
    s.seeds = fitting_seeds(*seeds, t.where("seeds"));
  for (const auto seed : s.seeds)
    if (std::find(problem.seeds.begin(), problem.seeds.end(), seed) == problem.seeds.end())
      throw t.error("seeds", "the seed " + std::to_string(seed) + " is none of the file's",
                    seeds_text(problem.seeds));
  return s;
}

class TargetReader {
public:
  TargetReader(const CalibrationProblem& p, const TableView& root)
      : problem(p), groups(read_groups(root)), claims(read_claims_data(root, nullptr)) {
    for (const auto& s : p.scenarios)
      names.push_back(s.name);
  }

  /// One target, written out or as a row of a file of targets.
  FitTarget target(const TableView& t) {
    FitTarget out = frame(t);
    if (t.has("from")) {
      out.figure = row_of(t);
      if (const auto data = t.optional_number("data", -kAny, kAny)) out.figure.data = data;
    } else {
      out.figure = read_target(t, groups, claims, TargetKind::calibrated);
    }
    if (!out.figure.data)
      throw t.error("data", "a target without data", "a number in the unit of the figure");
    out.tolerance = t.number("tolerance", 1e-12, kAny);
    out.weight = t.number("fit_weight", 0, 1e6, 1);
    check_comparison(t, out);
    return out;
  }

  /// One target a row of a data file: label (on the axis, or a month for "time"), data, tolerance
  /// and weight are columns.
  std::vector<FitTarget> table(const TableView& t) {
    FitTarget common = frame(t);
    const auto axis = t.required_text("axis");
    const auto file = t.required_text("file");
    common.figure = read_target(t, groups, claims, TargetKind::calibrated);
    check_comparison(t, common);
    if (axis == "time" && common.figure.window)
      throw t.error("months", "months of a table along \"time\"", "the table's labels alone");
    const auto rows = read_csv(find_input(file), {"label", "data", "tolerance"},
                               {"fit_weight", "note", "source"});
    std::vector<FitTarget> out;
    for (const auto row : rows) {
      auto target = common;
      const std::string label{row.required_text("label")};
      target.figure.where = row.where();
      target.figure.says += ", " + label;
      std::replace(target.figure.says.begin(), target.figure.says.end(), '_', ' ');
      if (axis == "time") {
        const auto month = parse_month(label);
        if (!month) throw row.error("label", "'" + label + "' is no month", "YYYY-MM");
        target.figure.window = std::pair{*month, *month};
      } else {
        target.figure.select.emplace_back(axis, std::vector<std::string>{label});
      }
      target.figure.data = row.number("data", -kAny, kAny);
      target.tolerance = row.number("tolerance", 1e-12, kAny);
      target.weight = row.optional_number("fit_weight", 0, 1e6).value_or(1);
      out.push_back(std::move(target));
    }
    return out;
  }

  /// The rows of a section of a file of targets that are `calibrated` there, each with half the
  /// width of its range for its tolerance. Those held out stay a test.
  std::vector<FitTarget> section(const TableView& t) {
    const FitTarget common = frame(t);
    const auto name = t.required_text("section");
    const double weight = t.number("fit_weight", 0, 1e6, 1);
    std::vector<std::string> known;
    std::vector<FitTarget> out;
    for (const auto& row : rows_of(t.required_text("from"))) {
      if (known.empty() || known.back() != row.section) known.push_back(row.section);
      if (row.section != name || row.kind != TargetKind::calibrated || !row.data) continue;
      if (!row.low || !row.high || *row.low >= *row.high) continue;
      auto target = common;
      target.figure = row;
      target.tolerance = (*row.high - *row.low) / 2;
      target.weight = weight;
      out.push_back(std::move(target));
    }
    if (out.empty())
      throw t.error("section",
                    "no calibrated row with data and a range stands under '" + name + "'",
                    "the heading of a section that has some", nearest(name, known));
    check_comparison(t, out.front());
    return out;
  }

private:
  const CalibrationProblem& problem;
  Groups groups;
  ClaimsTable claims;
  std::vector<std::string> names;
  std::map<std::string, std::vector<Target>> files;

  FitTarget frame(const TableView& t) {
    FitTarget out;
    out.scenario = t.choice("scenario", names, std::size_t{0}, "scenario");
    if (t.has("against_scenario")) out.against = t.choice("against_scenario", names, "scenario");
    out.comparison = static_cast<HowDiffers>(t.choice("compare", kComparisons, std::size_t{0}));
    return out;
  }

  void check_comparison(const TableView& t, const FitTarget& target) const {
    if (target.against.has_value() != (target.comparison != HowDiffers::none))
      throw t.error(target.against ? "against_scenario" : "compare",
                    "`compare` and `against_scenario` belong together",
                    "compare = \"difference\", \"ratio\" or \"log_ratio\" with against_scenario");
    if (!target.against) return;
    const auto &a = problem.scenarios[target.scenario].seeds,
               &b = problem.scenarios[*target.against].seeds;
    if (*target.against == target.scenario || a != b)
      throw t.error("against_scenario",
                    *target.against == target.scenario ? "a scenario against itself"
                                                       : "the two scenarios have other seeds",
                    "another scenario with the same seeds: they are compared seed by seed");
  }

  const std::vector<Target>& rows_of(const std::string& file) {
    if (!files.contains(file)) files.emplace(file, read_targets(file));
    return files.at(file);
  }

  Target row_of(const TableView& t) {
    const auto file = t.required_text("from"), says = t.required_text("says");
    const auto section = t.text("section", "");
    std::vector<std::string> known;
    const Target* found = nullptr;
    for (const auto& row : rows_of(file)) {
      if (!section.empty() && row.section != section) continue;
      known.push_back(row.says);
      if (row.says != says) continue;
      if (found != nullptr)
        throw t.error("says", "several rows of " + file + " say '" + says + "'",
                      "with `section`, the heading of one of them");
      found = &row;
    }
    if (found == nullptr)
      throw t.error("says", "no row of " + file + " says '" + says + "'",
                    "the words of one of its targets", nearest(says, known));
    return *found;
  }
};

void read_method(const TableView& t, CalibrationMethod& m) {
  const auto count = [&](const char* key, std::size_t otherwise) {
    return static_cast<std::size_t>(
        t.integer(key, 0, kMostEvaluations, static_cast<std::int64_t>(otherwise)));
  };
  m.global = static_cast<GlobalSearch>(t.choice("global", kGlobal, std::size_t{1}));
  m.local = static_cast<LocalSearch>(t.choice("local", kLocal, std::size_t{1}));
  m.global_evaluations = count("global_evaluations", 60);
  m.local_evaluations = count("local_evaluations", 60);
  m.local_step = t.number("local_step", 1e-4, 0.5, m.local_step);
  m.local_tolerance = t.number("local_tolerance", 1e-9, 0.5, m.local_tolerance);
  m.search_seed = static_cast<std::uint64_t>(t.integer("search_seed", 0, 1'000'000'000, 1));
  m.shape_step = t.number("shape_step", 1e-4, 0.5, m.shape_step);
  m.shape_steps = static_cast<std::size_t>(t.integer("shape_steps", 0, 20, 2));
  m.set_tolerance = t.number("set_tolerance", 1e-9, kAny, m.set_tolerance);
  if (m.global == GlobalSearch::none) m.global_evaluations = 0;
  if (m.local == LocalSearch::none) m.local_evaluations = 0;
}

/// Both stages together make at most so many evaluations, in the file's proportion.
void limit(CalibrationMethod& m, std::size_t evaluations) {
  const std::size_t asked = m.global_evaluations + m.local_evaluations;
  if (asked == 0) return;
  m.global_evaluations = evaluations * m.global_evaluations / asked;
  m.local_evaluations = m.local == LocalSearch::none ? 0 : evaluations - m.global_evaluations;
}

void refuse_twice(const std::vector<FreeParameter>& list, const std::vector<TableView>& tables) {
  for (std::size_t i = 0; i < list.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (list[i].key.path == list[j].key.path)
        throw tables[i].error("key", "'" + list[i].key.path + "' is given twice", "each key once");
}

} // namespace

CalibrationProblem read_calibration(const std::string& path, const CalibrationOverrides& given) {
  const auto document = load_document(find_input(path));
  const auto root = document.root();
  CalibrationProblem out;
  out.file = path;
  out.title = root.text("title", "untitled");
  const auto seeds = root.text("seeds", "1-2");
  out.seeds = given.seeds ? fitting_seeds(*given.seeds, "--seeds")
                          : fitting_seeds(seeds, root.where("seeds"));
  const auto firms = root.integer("firms", 1000, 2'000'000, 10'000);
  const auto parameters = root.tables("parameter");
  for (const auto& t : parameters)
    out.parameters.push_back(read_parameter(t));
  refuse_twice(out.parameters, parameters);
  for (const auto& t : root.tables("scenario"))
    out.scenarios.push_back(read_scenario(t, out, firms, given));
  if (out.parameters.empty())
    throw root.error("", "no [[parameter]]: nothing to fit", "at least one free parameter");
  if (out.scenarios.empty())
    throw root.error("", "no [[scenario]]: nothing to run", "at least one scenario");
  TargetReader reader{out, root};
  for (const auto& t : root.tables("target"))
    out.targets.push_back(reader.target(t));
  for (const auto& t : root.tables("target_table"))
    for (auto& target : reader.table(t))
      out.targets.push_back(std::move(target));
  for (const auto& t : root.tables("target_section"))
    for (auto& target : reader.section(t))
      out.targets.push_back(std::move(target));
  if (std::none_of(out.targets.begin(), out.targets.end(), [](auto& t) { return t.weight > 0; }))
    throw root.error("", "no [[target]] with a weight above 0: nothing to fit to",
                     "at least one target");
  read_method(root.table("method"), out.method);
  if (given.evaluations) limit(out.method, *given.evaluations);
  document.finish();
  return out;
}

} // namespace nearshore
