#pragma once
// What `bench` is asked to measure, and the measuring, one step after the other.
#include "cli/measure/bench_result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace nearshore {

struct BenchPlan {
  RunLine line;    ///< scenario, as whole processes are started with it
  Scenario as_run; ///< the same, read
  Scenario load;   ///< with the months that are measured
  std::vector<std::int64_t> firms;
  std::vector<int> threads;
  bool every_whole_run{false}; ///< else those that would take long are left out
};

/// Measures; `say` is told what comes next. Throws Error.
BenchResult run_bench(const BenchPlan&, const std::function<void(const std::string&)>& say);

} // namespace nearshore
