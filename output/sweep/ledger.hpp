#pragma once
// What became of the runs of a sweep so far: read from the files of all its slices.
#include "output/sweep/folder.hpp"
#include "output/sweep/run_log.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace nearshore {

/// failed: and not finished since. running: by a process that is alive.
enum class RunStatus { left, running, done, failed };

struct RunState {
  RunStatus status{RunStatus::left};
  bool finished{false};  ///< `log` and `record` are of its results
  int ended_silently{0}; ///< times that its process ended without a word while it ran
  std::size_t log{0};    ///< of `record`, in Ledger::logs()
  RunRecord record;      ///< of the results, or of the last failure
};

class Ledger {
public:
  /// Reads the headers of all records. Throws Error (kind input) for files that are no such logs or
  /// of another sweep.
  Ledger(const SweepFolder& folder, const Sweep& sweep);
  [[nodiscard]] const std::vector<RunState>& runs() const { return states; }
  [[nodiscard]] std::size_t count(RunStatus status) const;
  [[nodiscard]] std::vector<std::size_t> with(RunStatus status) const;
  /// The message of a failed run. Throws Error.
  [[nodiscard]] RunFailure failure(std::size_t run) const;
  [[nodiscard]] RunLogReader& log(std::size_t number) const { return *readers.at(number); }
  [[nodiscard]] std::size_t logs() const { return readers.size(); }
  /// Sessions of processes, in no order: who ran what where.
  [[nodiscard]] const std::vector<std::string>& sessions() const { return session_texts; }
  /// Processes at work now.
  [[nodiscard]] std::size_t processes() const { return at_work; }

private:
  void read(std::size_t log, const std::string& file);
  std::vector<RunState> states;
  std::vector<std::unique_ptr<RunLogReader>> readers;
  std::vector<std::string> session_texts;
  std::size_t at_work{0};
};

} // namespace nearshore
