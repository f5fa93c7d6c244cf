#include "output/sweep/sweep.hpp"

#include "output/target_reader.hpp"
#include "output/variable.hpp"
#include "policy/text.hpp"
#include "sim/config/numeric_key.hpp"
#include "sim/config/paths.hpp"
#include "sim/seed_list.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <set>

namespace nearshore {
namespace {

constexpr double kAny = 1e300;
constexpr std::int64_t kMostPoints = 1'000'000, kMostRetries = 100, kMostMonths = 1200;
const std::array<std::string, 2> kSpacings{"linear", "log"};
const std::array<std::string, 3> kKeeps{"file", "variables", "summary"};

bool takes_values(DesignMethod m) {
  return m == DesignMethod::grid || m == DesignMethod::list;
}

/// Refuses names that are no names of variables in a file.
void check_name(const TableView& t, const std::string& name) {
  const bool good = !name.empty() && std::isalpha(static_cast<unsigned char>(name.front())) != 0 &&
                    std::all_of(name.begin(), name.end(),
                                [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  if (!good)
    throw t.error("name", "'" + name + "' is no name", "letters, digits and _, a letter first");
}

Design read_design(const TableView& t, bool has_parameters) {
  Design d;
  d.method = static_cast<DesignMethod>(t.choice("method", design_names(), std::size_t{0}));
  d.seed = static_cast<std::uint64_t>(t.integer("seed", 0, 1'000'000'000, 1));
  if (takes_values(d.method)) {
    if (t.has("points"))
      throw t.error("points", "grid and list have as many points as their parameters have values",
                    "`values`, or `count` in [[parameter]]; or another method");
  } else {
    d.points = static_cast<std::size_t>(t.integer("points", 1, kMostPoints));
    if (!has_parameters)
      throw t.error("method", "a design without a [[parameter]]", "at least one parameter");
  }
  if (d.method == DesignMethod::morris) {
    d.levels = static_cast<std::size_t>(t.integer("levels", 2, 1000, 4));
    if (d.levels % 2 != 0) throw t.error("levels", "an odd number of levels", "4, 6, 8, ...");
  }
  return d;
}

/// low, low + step, ... or `count` numbers from low to high.
std::vector<double> range_values(const TableView& t, const SweepParameter& p) {
  const auto step = t.optional_number("step", 1e-300, kAny);
  if (step.has_value() == t.has("count"))
    throw t.error(step ? "step" : "", "the values of the range are not said",
                  "values = [...], or low and high with `count` or with `step`");
  if (step && p.spacing == Spacing::log)
    throw t.error("step", "steps of a logarithmic scale", "count = N");
  const double steps = step ? std::floor((p.high - p.low) / *step * (1 + 1e-12)) : 0;
  const auto count = step ? static_cast<std::int64_t>(std::min(steps, 1e7)) + 1
                          : t.integer("count", 2, kMostPoints);
  if (count > kMostPoints) throw t.error("step", "too many values", std::to_string(kMostPoints));
  std::vector<double> out;
  for (std::int64_t i = 0; i < count; ++i)
    out.push_back(p.value(step ? static_cast<double>(i) * *step / (p.high - p.low)
                               : static_cast<double>(i) / static_cast<double>(count - 1)));
  return out;
}

std::string name_of_key(std::string key) {
  constexpr std::string_view prefix = "parameters.";
  if (key.starts_with(prefix)) key.erase(0, prefix.size());
  std::replace_if(
      key.begin(), key.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return key;
}

SweepParameter read_parameter(const TableView& t, const Design& design) {
  SweepParameter p;
  p.where = t.where("key");
  p.key = t.required_text("key");
  double low = -kAny, high = kAny;
  const bool bare = p.key.find('.') == p.key.npos;
  const bool known = bare || p.key.starts_with("parameters.") || p.key.starts_with("sectors.");
  if (known) {
    const auto key = numeric_key(p.key, p.where);
    p.key = key.path;
    p.unit = key.unit;
    low = key.low, high = key.high;
  }
  if (p.key == "run.seed" || p.key == "run.threads" || p.key == "run.output")
    throw t.error("key", "'" + p.key + "' cannot be a parameter",
                  "seeds = \"1-4\" at the top; a key that changes results");
  p.unit = t.text("unit", p.unit);
  p.name = t.text("name", name_of_key(p.key));
  check_name(t, p.name);
  p.spacing = static_cast<Spacing>(t.choice("scale", kSpacings, std::size_t{0}));
  p.whole = t.boolean("whole", p.key == "run.firms" || p.key == "run.spin_up");
  if (t.has("values")) {
    if (!takes_values(design.method))
      throw t.error("values", "values, and the design takes them from a range", "low, high");
    p.values = t.numbers("values", low, high);
    if (p.values.empty()) throw t.error("values", "no value", "at least one");
    p.low = *std::min_element(p.values.begin(), p.values.end());
    p.high = *std::max_element(p.values.begin(), p.values.end());
    return p;
  }
  p.low = known ? t.number("low", low, high, low) : t.number("low", low, high);
  p.high = known ? t.number("high", low, high, high) : t.number("high", low, high);
  if (p.low >= p.high)
    throw t.error("low", "the range is empty: low is not below high", "low < high");
  if (p.spacing == Spacing::log && p.low <= 0)
    throw t.error(t.has("low") ? "low" : "scale",
                  "a logarithmic scale from " + number_text(p.low) + " on",
                  "a lower bound above 0, or scale = \"linear\"");
  if (takes_values(design.method)) p.values = range_values(t, p);
  return p;
}

/// A list as text; a single seed may be a number.
std::string read_seeds(const TableView& root) {
  if (root.has("seeds") && !root.is_text("seeds"))
    return std::to_string(root.integer("seeds", 0, std::int64_t{1} << 53));
  return root.text("seeds", "1");
}

std::vector<SweepPolicy> read_policies(const TableView& root) {
  const auto base = root.text("scenario", "configs/history.toml");
  auto common = root.optional_texts("set");
  if (root.has("firms"))
    common.push_back("run.firms=" + std::to_string(root.integer("firms", 1000, 2'000'000)));
  else
    (void)root.optional_number("firms", 0, 0);
  if (const auto end = root.optional_month("end")) common.push_back("run.end=" + end->text());
  std::vector<SweepPolicy> out;
  for (const auto& t : root.tables("policy")) {
    SweepPolicy p{t.required_text("name"), t.text("file", base), common, t.where()};
    check_name(t, p.name);
    for (const auto& set : t.optional_texts("set"))
      p.sets.push_back(set);
    out.push_back(std::move(p));
  }
  if (out.empty()) out.push_back({"base", base, common, root.where("scenario")});
  return out;
}

void read_keep(const TableView& t, Sweep& sweep) {
  sweep.keep = static_cast<Keep>(t.choice("what", kKeeps, std::size_t{2}));
  std::vector<std::string> names;
  for (const auto& v : variables())
    names.emplace_back(v.name);
  const auto chosen = t.optional_choices("variables", names, "variable");
  if (chosen.empty() == (sweep.keep == Keep::variables))
    throw t.error("variables",
                  chosen.empty() ? "no variables to keep" : "variables, and `what` is another",
                  "what = \"variables\" with variables = [\"claim_share\", ...] of docs/output.md");
  for (std::size_t v = 0; v < names.size(); ++v)
    if (sweep.keep == Keep::file || std::find(chosen.begin(), chosen.end(), v) != chosen.end())
      sweep.variables.push_back(names[v]);
  sweep.quantiles = {0.05, 0.5, 0.95};
  if (t.has("quantiles")) sweep.quantiles = t.numbers("quantiles", 0, 1);
  if (!std::is_sorted(sweep.quantiles.begin(), sweep.quantiles.end()))
    throw t.error("quantiles", "quantiles out of order", "ascending, e.g. [0.05, 0.5, 0.95]");
}

void read_outcomes(const TableView& root, Sweep& sweep) {
  const auto groups = read_groups(root);
  for (const auto& t : root.tables("outcome")) {
    SweepOutcome o{t.required_text("name"), read_statistic(t, groups)};
    check_name(t, o.name);
    sweep.outcomes.push_back(std::move(o));
  }
}

/// Coordinates, outcomes and what is kept share one file.
void check_names(const TableView& root, const Sweep& sweep) {
  std::set<std::string> taken{"policy",   "point",    "seed", "time", "month",
                              "quantile", "headline", "run",  "kept", "status"};
  for (const auto& d : dimensions())
    taken.emplace(d.name);
  for (const auto& v : variables())
    taken.emplace(v.name);
  const auto add = [&](const TableView& t, const std::string& name) {
    if (!taken.insert(name).second || !taken.insert(name + "_quantile").second)
      throw t.error(t.has("name") ? "name" : "key", "the name '" + name + "' is taken",
                    "name = \"another\": results have one variable of each name");
  };
  const auto parameters = root.tables("parameter"), outcomes = root.tables("outcome"),
             policies = root.tables("policy");
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    add(parameters[i], sweep.parameters[i].name);
    for (std::size_t j = 0; j < i; ++j)
      if (sweep.parameters[i].key == sweep.parameters[j].key)
        throw parameters[i].error("key", "'" + sweep.parameters[i].key + "' is given twice",
                                  "each key once");
  }
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    add(outcomes[i], sweep.outcomes[i].name);
  std::set<std::string> names;
  for (std::size_t i = 0; i < policies.size(); ++i)
    if (!names.insert(sweep.policies[i].name).second)
      throw policies[i].error("name", "two policies of one name", "each its own");
}

void check_size(const TableView& root, const Sweep& sweep) {
  const auto& p = sweep.parameters;
  if (sweep.design.method == DesignMethod::list)
    for (const auto& parameter : p)
      if (parameter.values.size() != p.front().values.size())
        throw Error{ErrorKind::input,
                    parameter.name + " has " + std::to_string(parameter.values.size()) +
                        " values, and " + p.front().name + " " +
                        std::to_string(p.front().values.size()),
                    parameter.where, "as many values of each parameter: a list goes side by side"};
  double runs = static_cast<double>(sweep.policies.size() * sweep.seeds.size());
  if (sweep.design.method == DesignMethod::grid)
    for (const auto& parameter : p)
      runs *= static_cast<double>(parameter.values.size());
  else if (!p.empty())
    runs *= static_cast<double>(points_of(sweep.design, p));
  if (runs > static_cast<double>(kMostRuns))
    throw root.error("", "the sweep has " + number_text(runs) + " runs",
                     "at most " + std::to_string(kMostRuns));
}

} // namespace

FailurePolicy failure_policy(const std::string& text, const std::string& where) {
  if (text == "continue") return {};
  if (text == "stop") return {true, 0};
  constexpr std::string_view retry = "retry ";
  if (text.starts_with(retry)) {
    int n = 0;
    const auto *from = text.data() + retry.size(), *end = text.data() + text.size();
    const auto [at, code] = std::from_chars(from, end, n);
    if (at == end && code == std::errc{} && n >= 1 && n <= kMostRetries) return {false, n};
  }
  const std::array<std::string, 3> known{"continue", "stop", "retry 2"};
  throw Error{ErrorKind::input, "'" + text + "' is no failure policy", where,
              "continue, stop, or retry N with N from 1 to " + std::to_string(kMostRetries),
              nearest(text, std::span<const std::string>(known))};
}

std::vector<std::string> Sweep::sets(std::size_t point) const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const double x = values(point)[i];
    // Whole numbers in digits: 100000, not 1e+05.
    const bool whole = std::abs(x) < 1e15 && x == std::floor(x);
    out.push_back(parameters[i].key + "=" +
                  (whole ? std::to_string(static_cast<std::int64_t>(x)) : number_text(x)));
  }
  return out;
}

Sweep read_sweep(const std::string& path, std::span<const std::string> set_overrides) {
  const auto document = load_document(find_input(path), set_overrides);
  const auto root = document.root();
  if (root.has("measure"))
    throw Error{ErrorKind::input, "this is a scenario, not a sweep", path,
                "a file with [[parameter]], e.g. configs/sweeps/paperwork.toml"};
  Sweep out;
  out.file = path;
  out.name = std::filesystem::path{path}.stem().string();
  out.title = root.text("title", out.name);
  out.seeds = parse_seeds(read_seeds(root), root.where("seeds"));
  const auto parameters = root.tables("parameter");
  out.design = read_design(root.table("design"), !parameters.empty());
  for (const auto& t : parameters)
    out.parameters.push_back(read_parameter(t, out.design));
  out.policies = read_policies(root);
  read_keep(root.table("keep"), out);
  read_outcomes(root, out);
  out.on_failure = root.text("on_failure", "continue");
  failure_policy(out.on_failure, root.where("on_failure"));
  out.checkpoint_every = static_cast<int>(root.integer("checkpoint_every", 0, kMostMonths, 0));
  document.finish();
  check_names(root, out);
  check_size(root, out);
  out.points = values_of(out.design, out.parameters);
  out.resolved = document.resolved(false);
  return out;
}

} // namespace nearshore
