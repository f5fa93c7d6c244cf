#include "output/sweep/merged_file.hpp"

#include "output/quantile.hpp"
#include "output/run_output.hpp"
#include "output/variable.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace nearshore {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kHeldValues = std::size_t{1} << 25; // 256 MB
using Index = std::vector<std::size_t>;

const Variable& variable_named(const std::string& name) {
  const auto list = variables();
  return *std::find_if(list.begin(), list.end(), [&](const Variable& v) { return v.name == name; });
}

/// Quantiles over seeds that have a value; NaN where none has.
double quantile_of(std::vector<double>& values, double probability) {
  std::erase_if(values, [](double x) { return std::isnan(x); });
  std::sort(values.begin(), values.end());
  return quantile(values, probability);
}

} // namespace

void MergedFile::declare(const SweepIdentity& identity, bool partial, bool mixed) {
  file.attribute("Conventions", "CF-1.8");
  file.attribute("title", sweep.title);
  file.attribute("program", "nearshore sweep");
  file.attribute("program_version", identity.version);
  file.attribute("git_commit", identity.commit);
  file.attribute("sweep", sweep.resolved);
  for (std::size_t p = 0; p < sweep.policies.size(); ++p)
    file.attribute(("configuration_" + sweep.policies[p].name).c_str(),
                   scenarios.policy(p).resolved_outcome);
  const auto missing = sweep.runs() - ledger.count(RunStatus::done);
  if (partial && missing > 0) file.attribute("missing_runs", std::to_string(missing));
  if (mixed) {
    std::set<std::string> programs;
    for (const auto& run : ledger.runs())
      if (run.finished)
        programs.insert(
            fmt::format("{:016x}/{:016x}", run.record.program, run.record.configuration));
    if (programs.size() > 1)
      file.attribute("mixed", join(std::vector<std::string>(programs.begin(), programs.end())));
  }
  declare_axes();
  declare_numbers();
  declare_series();
}

void MergedFile::declare_axes() {
  std::vector<std::string> policies;
  for (const auto& p : sweep.policies)
    policies.push_back(p.name);
  file.axis("policy", policies, "policy");
  std::vector<std::int64_t> points(sweep.point_count());
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = static_cast<std::int64_t>(i);
  file.axis("point", points, "point of the design: a value of every parameter");
  file.axis("seed", std::vector<std::int64_t>(sweep.seeds.begin(), sweep.seeds.end()),
            "random seed of the run");
  if (bands()) file.axis("quantile", sweep.quantiles, "quantile over seeds (type 7)");
  std::vector<std::string> labels;
  for (const auto& h : headlines_of_nothing(*scenarios.policy(0).reporting, *scenarios.wages(0)))
    labels.push_back(h.section + ": " + h.label);
  headlines = labels.size();
  file.axis("headline", labels, "outcomes of a summary");
  if (sweep.variables.empty()) return;
  const auto& run = scenarios.policy(0).run;
  std::vector<int> days;
  std::vector<std::string> months;
  for (int t = 0; t < written_months(run); ++t) {
    days.push_back(days_since_2000(run.start + t));
    months.push_back((run.start + t).text());
  }
  file.time_axis(days, months);
  std::set<std::string_view> used;
  for (const auto& name : sweep.variables)
    for (const auto d : variable_named(name).dims)
      used.insert(d);
  for (const auto& d : dimensions())
    if (used.contains(d.name))
      file.axis(std::string{d.name}, d.labels(*scenarios.policy(0).reporting),
                std::string{d.meaning});
}

void MergedFile::declare_numbers() {
  for (std::size_t p = 0; p < sweep.parameters.size(); ++p) {
    const auto& parameter = sweep.parameters[p];
    const auto at = file.variable({.name = parameter.name,
                                   .axes = {"point"},
                                   .unit = parameter.unit,
                                   .meaning = parameter.key,
                                   .coordinates = {}});
    std::vector<double> values;
    for (std::size_t i = 0; i < sweep.point_count(); ++i)
      values.push_back(sweep.values(i)[p]);
    file.write(at, {0}, {values.size()}, values);
    coordinates += (coordinates.empty() ? "" : " ") + parameter.name;
  }
  const auto add = [&](const std::string& name, std::vector<std::string> axes,
                       const std::string& unit, const std::string& meaning) {
    return file.variable({.name = name,
                          .axes = std::move(axes),
                          .unit = unit,
                          .meaning = meaning,
                          .coordinates = coordinates});
  };
  for (const auto& o : sweep.outcomes) {
    outcomes.push_back(add(o.name, {"policy", "point", "seed"}, o.figure.unit, o.figure.says));
    if (bands())
      outcome_bands.push_back(add(o.name + "_quantile", {"policy", "point", "quantile"},
                                  o.figure.unit, o.figure.says + ", over seeds"));
  }
  const std::string meaning = "outcomes of the summary, means of the last twelve months";
  headline = add("headlines", {"policy", "point", "seed", "headline"}, "as labelled", meaning);
  if (bands())
    headline_bands = add("headlines_quantile", {"policy", "point", "quantile", "headline"},
                         "as labelled", meaning + ", over seeds");
}

void MergedFile::declare_series() {
  for (const auto& name : sweep.variables) {
    const auto& v = variable_named(name);
    LabelledFile::Variable about{.name = name,
                                 .axes = {"policy", "point", "seed", "time"},
                                 .unit = std::string{v.unit},
                                 .meaning = std::string{v.meaning},
                                 .coordinates =
                                     "month" + (coordinates.empty() ? "" : " " + coordinates),
                                 .wide = v.storage == Storage::float64,
                                 .chunk_from = 3};
    about.axes.insert(about.axes.end(), v.dims.begin(), v.dims.end());
    series.push_back(file.variable(about));
    if (!bands()) continue;
    about.name += "_quantile";
    about.axes[2] = "quantile";
    about.meaning += ", over seeds";
    series_bands.push_back(file.variable(about));
  }
  seconds = file.variable({.name = "seconds",
                           .axes = {"policy", "point", "seed"},
                           .unit = "s",
                           .meaning = "wall time of the run",
                           .coordinates = {},
                           .in_run_group = true});
}

/// Quantiles of every value over the seeds that have it.
void MergedFile::write_bands(std::size_t variable, Index start, const Index& block,
                             const std::vector<std::vector<double>>& of_seed) {
  const std::size_t n = of_seed.front().size();
  std::vector<double> out(n), values;
  for (std::size_t q = 0; q < sweep.quantiles.size(); ++q) {
    for (std::size_t i = 0; i < n; ++i) {
      values.clear();
      for (const auto& seed : of_seed)
        values.push_back(seed[i]);
      out[i] = quantile_of(values, sweep.quantiles[q]);
    }
    start[2] = q;
    file.write(variable, start, block, out);
  }
}

void MergedFile::write_numbers(std::size_t policy, std::size_t point,
                               const std::vector<std::optional<RunNumbers>>& of_seed) {
  const std::size_t seeds = of_seed.size();
  for (std::size_t o = 0; o < outcomes.size(); ++o) {
    std::vector<double> values;
    std::vector<std::vector<double>> each;
    for (const auto& numbers : of_seed) {
      values.push_back(numbers ? numbers->outcomes.at(o) : kNaN);
      each.push_back({values.back()});
    }
    file.write(outcomes[o], {policy, point, 0}, {1, 1, seeds}, values);
    if (bands()) write_bands(outcome_bands[o], {policy, point, 0}, {1, 1, 1}, each);
  }
  std::vector<double> all;
  std::vector<std::vector<double>> each;
  for (const auto& numbers : of_seed) {
    each.push_back(numbers ? numbers->headlines : std::vector<double>(headlines, kNaN));
    all.insert(all.end(), each.back().begin(), each.back().end());
  }
  file.write(headline, {policy, point, 0, 0}, {1, 1, seeds, headlines}, all);
  if (bands()) write_bands(headline_bands, {policy, point, 0, 0}, {1, 1, 1, headlines}, each);
}

void MergedFile::write_series(std::size_t policy, std::size_t point, std::size_t s,
                              std::vector<std::optional<RunResult>>& of_seed) {
  const auto& v = variable_named(sweep.variables[s]);
  const auto& reporting = *scenarios.policy(0).reporting;
  const auto months = static_cast<std::size_t>(written_months(scenarios.policy(0).run));
  const std::size_t slab = slab_size(v, reporting), whole = months * slab;
  Index block{1, 1, 1, months}, start(block.size() + v.dims.size(), 0);
  for (const auto d : v.dims)
    block.push_back(dimension(d).labels(reporting).size());
  start[0] = policy, start[1] = point;
  for (std::size_t seed = 0; seed < of_seed.size(); ++seed) {
    if (!of_seed[seed]) continue; // NaN already
    const auto values = of_seed[seed]->values(s);
    if (values.size() != whole)
      throw Error{ErrorKind::input,
                  fmt::format("run {} has {} values of {}, not {}",
                              (policy * sweep.point_count() + point) * of_seed.size() + seed,
                              values.size(), v.name, whole)};
    start[2] = seed;
    file.write(series[s], start, block, values);
  }
  if (!bands()) return;
  // As many months at a time as fit; seeds are unpacked once for each such part.
  const std::size_t at_once =
      std::clamp<std::size_t>(kHeldValues / (slab * of_seed.size()), 1, months);
  for (std::size_t from = 0; from < months; from += at_once) {
    const std::size_t count = std::min(at_once, months - from);
    std::vector<std::vector<double>> each;
    for (auto& result : of_seed) {
      if (!result) continue;
      const auto values = result->values(s);
      const auto first = values.begin() + static_cast<std::ptrdiff_t>(from * slab);
      each.emplace_back(first, first + static_cast<std::ptrdiff_t>(count * slab));
    }
    if (each.empty()) return;
    start[3] = from, block[3] = count;
    write_bands(series_bands[s], start, block, each);
  }
}

void MergedFile::write_point(std::size_t policy, std::size_t point) {
  const std::size_t seeds = sweep.seeds.size();
  std::vector<std::optional<RunResult>> results(seeds);
  std::vector<std::optional<RunNumbers>> numbers(seeds);
  std::vector<double> times(seeds, kNaN);
  for (std::size_t seed = 0; seed < seeds; ++seed) {
    const auto& state = ledger.runs()[(policy * sweep.point_count() + point) * seeds + seed];
    if (!state.finished) continue;
    auto& log = ledger.log(state.log);
    (void)log.content(state.record); // verified as a whole once
    results[seed].emplace(log, state.record);
    numbers[seed] = results[seed]->numbers();
    if (numbers[seed]->outcomes.size() != outcomes.size() ||
        numbers[seed]->headlines.size() != headlines ||
        results[seed]->series() != sweep.variables.size())
      throw Error{ErrorKind::input, "the results are of another sweep", log.path()};
    times[seed] = state.record.seconds;
  }
  const auto held = hdf5::lock();
  write_numbers(policy, point, numbers);
  for (std::size_t s = 0; s < series.size(); ++s)
    write_series(policy, point, s, results);
  file.write(seconds, {policy, point, 0}, {1, 1, seeds}, times);
}

void MergedFile::finish() {
  std::set<std::string> hosts;
  double work = 0;
  for (const auto& run : ledger.runs())
    if (run.finished) hosts.insert(run.record.host), work += run.record.seconds;
  file.run_attribute("hosts", join(std::vector<std::string>(hosts.begin(), hosts.end())));
  file.run_attribute("processor_seconds", work);
  file.run_attribute("merged", utc_now());
  file.close();
}

} // namespace nearshore
