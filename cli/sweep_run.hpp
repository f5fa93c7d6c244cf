#pragma once
// Making the runs of a sweep: all of them, a part, or those that failed.
#include "cli/sweep_place.hpp"
#include "output/sweep/ledger.hpp"

#include <optional>
#include <string>

namespace nearshore {

struct SweepRunOptions {
  std::optional<std::string> shard, jobs, on_failure;
  bool quiet{false}, mixed{false};
  bool failed_too{false}; ///< runs that failed before are made again
  bool verify{false};     ///< the checksums of all results are looked at first

  void declare(OptionSet& options);
};

/// Begins the folder if need be, and makes what is left of the runs. Gives the exit status: 0 all
/// done, kIncomplete some failed, the failure's own where the policy is to stop, 5 stopped by a
/// signal.
int make_runs(OpenSweep& open, const SweepRunOptions& options);

/// `--jobs` as a number; 0: not given.
int sweep_jobs(const std::optional<std::string>& text);

} // namespace nearshore
