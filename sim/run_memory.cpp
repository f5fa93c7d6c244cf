#include "sim/run_memory.hpp"

#include "policy/error.hpp"
#include "sim/machine.hpp"
#include "sim/simulation.hpp"

#include <fmt/format.h>

namespace nearshore {
namespace {

// Firms of the two populations whose columns are measured.
constexpr std::int64_t kFew = 2000, kMore = 8000;

// Measured with the shipped history (docs/performance.md, Predicting the cost of a run): what the
// libraries and the file's queue take; tables and scratch of one run; and, while a world is built
// or a month runs, arrays beside the columns, as a share of them.
constexpr double kProgram = 12e6, kTables = 6e6, kThread = 0.5e6, kBeside = 0.3;

double state_of(const Scenario& scenario, std::int64_t firms) {
  auto small = scenario;
  small.run.firms = firms;
  return static_cast<double>(Simulation{small}.firms().bytes());
}

double gibibytes(double bytes) {
  return bytes / (1 << 30);
}

} // namespace

StateSize state_size(double firms, double bytes, double more_firms, double more_bytes) {
  const double slope = (more_bytes - bytes) / (more_firms - firms);
  return {bytes - slope * firms, slope};
}

StateSize state_size(const Scenario& scenario) {
  return state_size(kFew, state_of(scenario, kFew), kMore, state_of(scenario, kMore));
}

double peak_memory(double loaded, const StateSize& state, std::int64_t firms,
                   const EnsemblePlan& plan) {
  const double run =
      kTables + kThread * plan.threads + (1 + kBeside) * state.bytes(static_cast<double>(firms));
  return loaded + kProgram + plan.jobs * run;
}

void refuse_too_large(const Scenario& scenario, const EnsemblePlan& plan) {
  const auto limit = static_cast<double>(memory_limit());
  const double surely_enough = 2000 + 100.0 * static_cast<double>(scenario.world->R()); // a firm
  const auto firms = static_cast<double>(scenario.run.firms);
  if (plan.jobs * (1e8 + surely_enough * firms) < limit) return;
  const auto loaded = static_cast<double>(resident_memory());
  const double needed = peak_memory(loaded, state_size(scenario), scenario.run.firms, plan);
  if (needed <= limit) return;
  const auto runs = plan.jobs == 1 ? std::string{"the run needs"}
                                   : fmt::format("{} runs at a time need", plan.jobs);
  throw Error{ErrorKind::memory,
              fmt::format("{} about {:.2f} GiB of memory for {} firms{}, and this process may have "
                          "{:.2f} GiB",
                          runs, gibibytes(needed), scenario.run.firms,
                          plan.jobs == 1 ? "" : " each", gibibytes(limit)),
              "run.firms",
              plan.jobs == 1 ? "fewer firms (--firms), or a larger machine"
                             : "fewer runs at a time (--jobs), fewer firms, or a larger machine"};
}

} // namespace nearshore
