#pragma once
// The population on which kernels are measured: 10,000 firms in April 2025, when duties have
// changed.
#include "sim/simulation.hpp"

#include <benchmark/benchmark.h>

namespace nearshore {

struct SettledWorld {
  Simulation simulation;
  Population firms;
  MonthContext month;
  MonthRecord record;
  Workers workers{1}; ///< kernels are measured on one thread

  /// Made once, at the first call.
  static SettledWorld& get();

private:
  SettledWorld();
};

/// Reports firms a second.
inline void count_firms(benchmark::State& state, const Population& firms) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(firms.firms()));
}

} // namespace nearshore
