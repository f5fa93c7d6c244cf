#include "output/experiment.hpp"

#include "output/target_reader.hpp"
#include "output/variable.hpp"
#include "policy/text.hpp"
#include "sim/config/paths.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace nearshore {
namespace {

const std::array<std::string, 8> kComparisons{"none",   "difference", "ratio", "elasticity",
                                              "spread", "rise",       "fall",  "peak"};
constexpr double kAny = 1e300;

bool of_a_sweep(HowCompared c) {
  return c == HowCompared::rise || c == HowCompared::fall || c == HowCompared::peak;
}

std::string with_value(std::string text, double value) {
  const auto at = text.find("{}");
  if (at != text.npos) text.replace(at, 2, fmt::format("{:g}", value));
  return text;
}

std::string set_firms(std::int64_t firms) {
  return "run.firms=" + std::to_string(firms);
}

/// One run, or one for each value of a sweep.
void read_run(const TableView& t, std::optional<std::int64_t> firms, Experiment& out) {
  ExperimentRun run;
  run.where = t.where();
  run.name = t.required_text("name");
  run.scenario = t.required_text("scenario");
  run.sets = t.optional_texts("set");
  const auto own = t.optional_number("firms", 1000, 2e6);
  if (own)
    run.sets.push_back(set_firms(static_cast<std::int64_t>(*own)));
  else if (firms)
    run.sets.push_back(set_firms(*firms));
  if (!t.has("values")) {
    (void)t.optional_texts("values"); // known, though absent
    out.runs.push_back(run);
    return;
  }
  const auto values = t.numbers("values", -kAny, kAny);
  const bool used = std::any_of(run.sets.begin(), run.sets.end(), [](const std::string& s) {
    return s.find("{}") != std::string::npos;
  });
  if (values.size() < 2 || !used)
    throw t.error("values", "no sweep", "at least two values, and {} for them in `set`");
  for (const double value : values) {
    ExperimentRun one = run;
    one.sweep = run.name;
    one.name = fmt::format("{} {:g}", run.name, value);
    one.at = value;
    for (auto& s : one.sets)
      s = with_value(s, value);
    out.runs.push_back(std::move(one));
  }
}

std::string read_run_name(const TableView& t, const char* key,
                          const std::vector<std::string>& names, std::string_view what) {
  return names.at(t.choice(key, names, what));
}

/// Runs take minutes: what no run holds is refused before them.
void require_variables(const TableView& t) {
  std::vector<std::string_view> known;
  for (const auto& v : variables())
    known.push_back(v.name);
  for (const auto* key : {"variable", "weight", "per", "less", "of"}) {
    const auto name = t.text(key, "");
    if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end())
      throw t.error(key, "no variable '" + name + "'", "one of docs/output.md",
                    nearest(name, std::span<const std::string_view>(known)));
  }
}

ExperimentFigure read_figure(const TableView& t, const Groups& groups, const Experiment& e) {
  std::vector<std::string> names, sweeps;
  for (const auto& run : e.runs) {
    names.push_back(run.name);
    if (!run.sweep.empty() && (sweeps.empty() || sweeps.back() != run.sweep))
      sweeps.push_back(run.sweep);
  }
  ExperimentFigure f;
  f.target = read_target(t, groups, {});
  require_variables(t);
  f.target.section = e.title;
  f.comparison = static_cast<HowCompared>(t.choice("compare", kComparisons, std::size_t{0}));
  if (!t.has("run") && names.size() == 1) {
    (void)t.optional_text("run"); // known, though absent
    f.run = names.front();
  } else {
    const bool sweep = of_a_sweep(f.comparison);
    f.run = read_run_name(t, "run", sweep ? sweeps : names, sweep ? "sweep" : "run");
  }
  const bool pair = f.comparison != HowCompared::none && !of_a_sweep(f.comparison);
  if (pair) f.against = read_run_name(t, "against_run", names, "run");
  if (!pair && t.optional_text("against_run"))
    throw t.error("against_run", "this comparison has no second run",
                  "with compare = difference, ratio, elasticity or spread");
  if (f.comparison == HowCompared::elasticity) f.tariff = t.number("tariff", 1e-6, 100);
  return f;
}

} // namespace

Experiment read_experiment(const std::string& path,
                           const std::optional<std::vector<std::uint64_t>>& seeds,
                           std::optional<std::int64_t> firms) {
  const Document document = load_document(find_input(path));
  const auto root = document.root();
  Experiment e;
  e.file = path;
  e.title = root.required_text("title");
  e.says = root.required_text("says");
  const auto list = root.required_text("seeds");
  e.seeds = seeds ? *seeds : parse_seeds(list, root.where("seeds"));
  const auto own = root.optional_number("firms", 1000, 2e6);
  if (!firms && own) firms = static_cast<std::int64_t>(*own);
  for (const auto& t : root.tables("run"))
    read_run(t, firms, e);
  for (std::size_t i = 0; i < e.runs.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (e.runs[i].name == e.runs[j].name)
        throw root.error("run", "the run '" + e.runs[i].name + "' is there twice");
  const Groups groups = read_groups(root);
  for (const auto& t : root.tables("figure"))
    e.figures.push_back(read_figure(t, groups, e));
  if (e.runs.empty() || e.figures.empty())
    throw root.error("", "an experiment without runs or without figures",
                     "[[run]] and [[figure]] tables");
  document.finish();
  return e;
}

} // namespace nearshore
