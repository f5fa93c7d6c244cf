#pragma once
// The options of `run` about checkpoints, and the signals that ask for one.
#include "cli/options.hpp"
#include "sim/checkpoint/keep.hpp"

#include <optional>
#include <string>

namespace nearshore {

struct CheckpointOptions {
  std::optional<std::string> every;
  std::optional<std::string> from;
  bool resume{false}, keep{false};

  /// --checkpoint-every, --resume, --from, --keep-checkpoint.
  void declare(OptionSet& options);
  /// Whether a run leaves checkpoints.
  [[nodiscard]] bool asked() const { return every || from || resume || keep; }
  /// Throws Error (kind input) where options do not go together.
  void check_against(bool writes) const;
  /// Whether a run is to go on where nothing lies beside `output` to go on from: it may be
  /// finished.
  [[nodiscard]] bool resumes_nothing(const std::string& output) const;
  /// Throws Error (kind input) for a number of months that is none. `quiet`: nothing is said.
  [[nodiscard]] CheckpointPlan plan(bool quiet) const;
};

/// Says that a run was finished before, and removes what a kill at its end left beside it; the
/// status for that.
int say_finished(const std::string& output, bool quiet);

/// While it lives, SIGTERM, SIGINT and SIGHUP (unless ignored, as under nohup) ask for a checkpoint
/// after the month and an end, SIGUSR1 for a checkpoint only; a second SIGTERM or SIGINT ends the
/// program at once.
class SignalRequests {
public:
  SignalRequests();
  ~SignalRequests();
  SignalRequests(const SignalRequests&) = delete;
  SignalRequests& operator=(const SignalRequests&) = delete;
  [[nodiscard]] static const Requests& requests();
};

} // namespace nearshore
