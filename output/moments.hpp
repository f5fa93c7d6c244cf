#pragma once
// Figures of runs that are never written: for calibration, sweeps and comparisons.
#include "output/validation.hpp"
#include "sim/ensemble.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace nearshore {

/// The figures of the targets in each of several runs, [run][target]: the same numbers that
/// `validate` finds in the runs' files. NaN where a run lacks the months of a target. A run keeps
/// only the variables that the targets read. `run_done`, if given, is called as runs end, one call
/// at a time. Throws Error as run_ensemble() and evaluate() do.
std::vector<std::vector<double>>
moments_of(const std::vector<Target>& targets, std::size_t runs, const ScenarioOf& scenario_of,
           const EnsemblePlan& plan, const std::function<void(std::size_t run)>& run_done = {});

} // namespace nearshore
