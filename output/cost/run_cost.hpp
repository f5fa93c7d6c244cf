#pragma once
// Time, memory and file size of a run before it is made (docs/performance.md, Predicting the cost
// of a run). Nothing of the machine's speed is written down here: small runs are timed on it.
#include "sim/config/load_scenario.hpp"
#include "sim/ensemble.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

struct CostQuestion {
  std::size_t runs{1}; ///< seeds times policies
  EnsemblePlan plan;
  bool writes{true};      ///< a trajectory
  double load_seconds{0}; ///< what reading the scenario took
};

struct RunCost {
  double seconds{0};      ///< wall time, all runs
  double memory_bytes{0}; ///< resident, at the peak
  double disk_bytes{0};
  struct Part {
    std::string name;
    double seconds;
  };
  std::vector<Part> parts; ///< of one run
};

/// Predicts. Runs small copies of the scenario for that; leaves nothing behind. Throws Error.
RunCost predict_cost(const Scenario&, const CostQuestion&);

} // namespace nearshore
