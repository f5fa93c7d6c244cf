#pragma once
// What an ensemble says while it runs: one line over all runs.
#include "output/progress.hpp"

#include <mutex>

namespace nearshore {

class EnsembleProgress {
public:
  /// `months`: of one run, spin-up included.
  EnsembleProgress(std::size_t runs, int months, Progress::Style style, std::FILE* out = stderr);
  /// Finishes the line of the bar.
  ~EnsembleProgress();
  EnsembleProgress(const EnsembleProgress&) = delete;
  EnsembleProgress& operator=(const EnsembleProgress&) = delete;

  /// A month of some run is over; may be called by several threads.
  void month_done();
  void run_done();

private:
  using Clock = std::chrono::steady_clock;
  void show(); // with the mutex held

  std::mutex mutex;
  std::size_t runs, runs_finished{0}, months, months_finished{0}, lines_shown{0};
  Progress::Style how;
  std::FILE* stream;
  Clock::time_point start{Clock::now()}, drawn{};
};

} // namespace nearshore
