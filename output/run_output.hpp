#pragma once
// All that a run says and writes: trajectory, progress and summary behind one observer.
#include "output/progress.hpp"
#include "output/summary.hpp"
#include "output/trajectory_writer.hpp"
#include "sim/config/load_scenario.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace nearshore {

/// The description of a scenario's run. Throws Error (kind input) if the scenario has no
/// [reporting].
RunDescription describe_run(const Scenario& scenario);

/// Months that are written: from start to end.
int written_months(const RunSettings& run);
/// Now, e.g. "2026-05-01T12:00:00Z".
std::string utc_now();

class RunOutput : public Observer {
public:
  struct Options {
    bool write{true};    ///< the file scenario.run.output
    bool progress{true}; ///< on standard error
  };
  /// Creates the file, so that a place that cannot be written is refused before the run. Throws
  /// Error.
  RunOutput(const Scenario& scenario, Options options);

  void on_month(const MonthRecord& record) override;
  void on_replaying() override;
  void on_replayed() override; ///< months so far took no time of this run
  /// Ends the progress, completes the file and gives the summary to print. `threads` and the
  /// seconds since `start` (of the month loop; by default since construction) are reported as such;
  /// `past` is kept of a branch.
  /// Throws Error.
  std::string finish(int threads, std::optional<std::chrono::steady_clock::time_point> start = {},
                     std::vector<PastConfiguration> past = {});

private:
  std::chrono::steady_clock::time_point constructed;
  std::string started; ///< UTC
  std::unique_ptr<TrajectoryWriter> writer;
  Summary summary;
  std::int64_t replayed{0}; ///< firm-months
  std::unique_ptr<Progress> progress;
};

} // namespace nearshore
