#pragma once
// Makes runs and writes down what became of each, several at a time.
#include "output/sweep/run_log.hpp"
#include "output/sweep/sweep.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace nearshore {

/// Thrown by a run that ends because it was told to.
struct RunStopped {};

/// Makes a run and gives its results as bytes; throws RunStopped once the flag is set.
using MakeRun = std::function<std::string(std::size_t run, const std::atomic<bool>& stop)>;

struct ExecuteOptions {
  int jobs{1}; ///< runs at a time
  FailurePolicy on_failure{};
  std::uint64_t program{0}, configuration{0};            ///< fingerprints of the results
  std::function<std::string(std::size_t run)> command{}; ///< that repeats a run
  /// Called as runs end, one call at a time; `failure` is null for a finished one.
  std::function<void(std::size_t run, const RunFailure* failure)> ended{};
};

struct ExecuteResult {
  std::size_t done{0}, failed{0};
  int first_code{0};   ///< exit status of the first failure; 0: none
  bool stopped{false}; ///< by the flag, or by the failure policy
};

/// Makes the runs in the order given. `stop`: set from outside to end soon; runs that have not
/// ended are then left for another time. Throws Error (kind resource) where the log cannot be
/// written: no run counts that is not in it.
ExecuteResult execute_runs(const std::vector<std::size_t>& runs, const MakeRun& make, RunLog& log,
                           const ExecuteOptions& options, std::atomic<bool>& stop);

/// The present exception as a failure of a run; `command` repeats it.
RunFailure present_failure(const std::string& command);

/// This machine's name.
std::string host_of_this();

} // namespace nearshore
