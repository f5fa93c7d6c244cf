#pragma once
// `sweep --dry-run`: what a sweep would take, without making it.
#include "cli/sweep_place.hpp"
#include "output/sweep/cost.hpp"
#include "output/sweep/ledger.hpp"

namespace nearshore {

/// What is left to make of a sweep, begun or not: the runs and what they take on this machine.
struct SweepPlan {
  std::vector<std::size_t> left;
  std::size_t done{0}, failed{0};
  EnsemblePlan local;
  SweepCost cost;
};
/// Small runs are timed for it. `jobs`: 0: what the machine allows. Throws Error.
SweepPlan plan_of(const OpenSweep& open, int jobs);

/// Prints it.
int show_plan(const OpenSweep& open, const SweepPlan& plan);

} // namespace nearshore
