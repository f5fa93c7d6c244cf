#include "output/cost/run_cost.hpp"

#include "output/cost/probe.hpp"
#include "output/run_output.hpp"
#include "sim/gather_time.hpp"
#include "sim/machine.hpp"
#include "sim/run_memory.hpp"

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

// Two probes: the small one over the whole calendar, the larger one over its first months.
constexpr std::int64_t kSmall = 2000, kLarge = 16'000;
constexpr int kMostSpinUp = 24, kMostMonths = 96; // of the small probe
constexpr int kSpinUpOfLarge = 4, kMonthsOfLarge = 4;

// Part of the time a firm at kLarge firms that is spent looking up other firms, so that it grows as
// such looks do: fitted once to runs of 5,000 to 500,000 firms (docs/performance.md). A property of
// the program, not of the machine.
constexpr double kLooksOfMonths = 0.12, kLooksOfWorld = 0.1;

/// Seconds to look up another firm in a population of that size: some are near (the same block,
/// the few large sellers that all buy from), some far.
double look_seconds(std::int64_t firms, const EnsemblePlan& plan) {
  double sum = 0;
  for (const std::int64_t nearness : {1, 4, 16})
    sum += gather_seconds(static_cast<std::size_t>(firms / nearness), plan.jobs, plan.threads);
  return sum / 3;
}

/// Seconds of something that took `few` and `many` in the two probes, linear in firms beside the
/// looks, which take `looks` times as long as in the larger probe.
class Extrapolation {
public:
  Extrapolation(double firm_count, double looks) : firms(firm_count), look_factor(looks) {}
  [[nodiscard]] double operator()(double few, double many, double part_of_looks) const {
    const double slope = std::max(0.0, many - few) / (kLarge - kSmall);
    const double fixed = std::max(0.0, few - slope * kSmall);
    return fixed + slope * firms * (1 + part_of_looks * (look_factor - 1));
  }

private:
  double firms, look_factor;
};

/// Wall time of all runs, of which so many go at a time; the file is compressed by one thread.
double wall_seconds(const CostQuestion& q, double loop, double compression) {
  const double spare = processors() - q.plan.jobs * q.plan.threads;
  // Where every processor has a thread of a run, compression takes its share of them.
  const double beside = q.writes && spare < 1 ? compression / q.plan.threads : 0;
  const double rounds = std::ceil(static_cast<double>(q.runs) / q.plan.jobs);
  const double writing = q.writes ? static_cast<double>(q.runs) * compression : 0;
  return std::max(rounds * (loop + beside), writing);
}

/// The months of a probe that `shorter` has seen too.
std::vector<double> first_months(const Probe& probe, const Probe& shorter) {
  std::vector<double> both;
  const auto add = [&](const std::vector<double>& all, std::size_t count) {
    both.insert(both.end(), all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
  };
  add(probe.spin_up, shorter.spin_up.size());
  add(probe.months, shorter.months.size());
  return both;
}

} // namespace

RunCost predict_cost(const Scenario& scenario, const CostQuestion& q) {
  const auto& run = scenario.run;
  const auto loaded = static_cast<double>(resident_memory());
  const auto small = probe_run(
      scenario, {kSmall, q.plan.jobs, q.plan.threads, kMostSpinUp, kMostMonths}, q.writes);
  const auto large =
      probe_run(scenario, {kLarge, q.plan.jobs, q.plan.threads, kSpinUpOfLarge, kMonthsOfLarge},
                false)
          .time;
  const double looks = look_seconds(run.firms, q.plan) / look_seconds(kLarge, q.plan);
  const Extrapolation at{static_cast<double>(run.firms), looks};

  const auto& few = small.time;
  const double more =
      undisturbed(first_months(large, large)) / undisturbed(first_months(few, large));
  const auto of_month = [&](const std::vector<double>& seen) {
    const double seconds = undisturbed(seen);
    return at(seconds, more * seconds, kLooksOfMonths);
  };
  const double months = written_months(run);
  const double world = at(few.world, large.world, kLooksOfWorld);
  const double spin_up = run.spin_up * of_month(few.spin_up) +
                         rebases_of(run.spin_up) * at(few.rebase, large.rebase, kLooksOfWorld);
  const double written = months * (of_month(few.months) + few.figures);
  const double compression = months * few.compression;

  RunCost cost;
  cost.parts = {{"world", world}, {"spin-up", spin_up}, {"months", written}};
  if (q.writes) cost.parts.push_back({"compression, beside the months", compression});
  cost.seconds = q.load_seconds + wall_seconds(q, world + spin_up + written, compression);
  if (q.writes) cost.disk_bytes = small.file.bytes(static_cast<double>(q.runs) * months);
  const auto state =
      state_size(kSmall, few.state_bytes * kSmall, kLarge, large.state_bytes * kLarge);
  cost.memory_bytes = peak_memory(loaded, state, run.firms, q.plan);
  return cost;
}

} // namespace nearshore
