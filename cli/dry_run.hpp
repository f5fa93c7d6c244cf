#pragma once
// `run --dry-run`: what a run would take, without running.
#include "output/cost/run_cost.hpp"

#include <chrono>

namespace nearshore {

inline double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Predicts and prints the plan. `seeds`, `policies`: of an ensemble; 1 and 1 for a single run.
/// Writes nothing. Throws Error (resource) where the run does not fit into memory.
int show_cost(const Scenario&, std::size_t seeds, std::size_t policies, CostQuestion);

} // namespace nearshore
