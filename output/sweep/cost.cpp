#include "output/sweep/cost.hpp"

#include "output/run_output.hpp"
#include "output/variable.hpp"

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

/// Values by month that are kept, beside all that a whole file has.
double kept_share(const Sweep& sweep, const Reporting& reporting) {
  double kept = 0, all = 0;
  for (const auto& v : variables()) {
    const auto bytes = static_cast<double>(slab_size(v, reporting)) *
                       (v.storage == Storage::float64 ? sizeof(double) : sizeof(float));
    all += bytes;
    if (std::find(sweep.variables.begin(), sweep.variables.end(), v.name) != sweep.variables.end())
      kept += bytes;
  }
  return kept / all;
}

/// Seconds of one run from the parts of a prediction. Compression is done by the run's own thread.
double seconds_of(const RunCost& cost, double share) {
  double sum = 0;
  for (const auto& part : cost.parts)
    sum += part.name.starts_with("compression") ? share * part.seconds : part.seconds;
  return sum;
}

constexpr double kNumbersOfRun = 1500; // bytes: headlines, outcomes, heads of records

} // namespace

SweepCost predict_sweep(const Sweep& sweep, const SweepScenarios& scenarios,
                        const std::vector<std::size_t>& runs, const EnsemblePlan& plan) {
  SweepCost out;
  if (runs.empty()) return out;
  const auto by_weight = [&](std::size_t a, std::size_t b) {
    return scenarios.weight(a) < scenarios.weight(b);
  };
  const auto [light, heavy] = std::minmax_element(runs.begin(), runs.end(), by_weight);
  const auto largest = scenarios(*heavy);
  const double share = kept_share(sweep, *largest.reporting);
  // A plan of one run at a time beside others that do the same: what a single run costs.
  const auto predict = [&](const Scenario& s) {
    return predict_cost(s, {.runs = 1, .plan = plan, .writes = true, .load_seconds = 0});
  };
  const auto most = predict(largest);
  double slope = 0;
  const double top = scenarios.weight(*heavy), bottom = scenarios.weight(*light);
  if (bottom < 0.99 * top)
    slope =
        (seconds_of(most, share) - seconds_of(predict(scenarios(*light)), share)) / (top - bottom);
  double bytes = 0;
  for (const auto run : runs) {
    out.work += seconds_of(most, share) - slope * (top - scenarios.weight(run));
    bytes += kNumbersOfRun + share * most.disk_bytes;
  }
  out.run_seconds = out.work / static_cast<double>(runs.size());
  out.memory_bytes = most.memory_bytes;
  out.memory_bytes_a_job = most.memory_bytes / std::max(1, plan.jobs);
  out.slices_bytes = bytes;
  const double bands = sweep.seeds.size() > 1 ? static_cast<double>(sweep.quantiles.size()) /
                                                    static_cast<double>(sweep.seeds.size())
                                              : 0;
  out.merged_bytes = bytes * (1 + bands);
  return out;
}

double wall_seconds(const SweepCost& cost, std::size_t runs, int jobs) {
  if (runs == 0) return 0;
  // Runs of about one size end in rounds; the last may be half empty.
  const double rounds = std::ceil(static_cast<double>(runs) / jobs);
  return std::max(cost.work / jobs, rounds * cost.run_seconds);
}

} // namespace nearshore
