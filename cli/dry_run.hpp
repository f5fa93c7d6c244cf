#pragma once
// `run --dry-run`: what a run would take, without running.
#include "output/cost/run_cost.hpp"

#include <ctime>

namespace nearshore {

/// Processor time of this process so far: what starting it and reading the scenario took.
inline double seconds_so_far() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Predicts and prints the plan. `seeds`, `policies`: of an ensemble; 1 and 1 for a single run.
/// Writes nothing. Throws Error (resource) where the run does not fit into memory.
int show_cost(const Scenario&, std::size_t seeds, std::size_t policies, CostQuestion);

} // namespace nearshore
