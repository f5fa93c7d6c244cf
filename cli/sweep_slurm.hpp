#pragma once
// A sweep as jobs of Slurm: an array whose tasks make a part of the runs each, and a job that
// merges when they have ended.
#include "cli/sweep_plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nearshore {

struct SlurmOptions {
  bool asked{false}, print{false};
  std::optional<std::int64_t> array_size, cpus;
  std::optional<std::string> partition, time, account;
  std::vector<std::string> extra; ///< further options of sbatch

  void declare(OptionSet& options);
  /// Throws Error (kind input) where options are given that need --slurm.
  void check() const;
};

struct SlurmScripts {
  std::string array, merge;
  std::size_t parts{1};             ///< of the sweep
  std::vector<std::size_t> indices; ///< parts with something to make
};

/// The two scripts; `program`: how tasks call it.
SlurmScripts slurm_scripts(const OpenSweep& open, const SweepPlan& plan,
                           const SlurmOptions& options, const std::string& program, bool mixed);

/// Prints or submits them. Throws Error (kind resource) where sbatch refuses.
int submit_to_slurm(OpenSweep& open, const SweepPlan& plan, const SlurmOptions& options,
                    bool mixed);

} // namespace nearshore
