#pragma once
// A run that leaves checkpoints, and one that goes on from them.
#include "sim/checkpoint/store.hpp"
#include "sim/record.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

namespace nearshore {

/// What the process was asked for by signals; a handler may write it.
struct Requests {
  std::atomic<int> stop{0};           ///< the signal that asks to stop; 0: none
  std::atomic<unsigned> snapshots{0}; ///< how often a checkpoint was asked for
};

struct CheckpointPlan {
  int every{0};              ///< months between checkpoints, spin-up counted; 0: only when asked
  bool resume{false};        ///< go on from the run's own checkpoint, if it has one
  bool keep{false};          ///< write one at the end too, to branch from
  bool mark_finished{false}; ///< leave the records of a finished run, so that it is not run again
  std::string from{};        ///< branch from this checkpoint; empty: no
  std::string program;       ///< version and commit: a state is for the same program only
  const Requests* requests{nullptr};
  /// Checkpoints that were asked for before the run; by default all so far.
  std::optional<unsigned> snapshots_before{};
  Say say{};
};

/// How a run ended, for what is said about it.
struct CheckpointedRun {
  int threads{0};
  std::chrono::steady_clock::time_point start{}; ///< of the months that were run now
  std::vector<PastConfiguration> past{};         ///< of a branch
};

/// What a branch of `plan.from` asks of its checkpoint, without running it. Throws Error (kind
/// input).
void check_branch(const Scenario&, const CheckpointPlan&);

/// Runs a scenario to its end, leaving checkpoints in files that begin with `stem`; the observer
/// sees every month from the first of the spin-up on, replayed or run. Stopped by a signal, throws
/// Error (kind stopped) with a checkpoint written. Throws Error for a checkpoint that is not this
/// run's.
CheckpointedRun run_with_checkpoints(const Scenario&, bool check, Observer&,
                                     const std::string& stem, const CheckpointPlan&);

} // namespace nearshore
