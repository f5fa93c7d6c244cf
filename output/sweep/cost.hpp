#pragma once
// What a sweep would take, before it is made.
#include "output/cost/run_cost.hpp"
#include "output/sweep/scenarios.hpp"

#include <vector>

namespace nearshore {

struct SweepCost {
  double run_seconds{0};        ///< mean over the runs asked for, one at work on each processor
  double work{0};               ///< seconds of all of them, one after the other
  double memory_bytes{0};       ///< of this process at its peak
  double memory_bytes_a_job{0}; ///< of a process with one run at a time
  double slices_bytes{0}, merged_bytes{0};
};

/// Of some runs of a sweep, `plan.jobs` at a time. Small runs of the smallest and of the largest
/// kind are timed on this machine; sizes between are taken on the line through both. Throws Error.
SweepCost predict_sweep(const Sweep& sweep, const SweepScenarios& scenarios,
                        const std::vector<std::size_t>& runs, const EnsemblePlan& plan);

/// Wall time of the runs with so many at a time.
double wall_seconds(const SweepCost& cost, std::size_t runs, int jobs);

} // namespace nearshore
