#pragma once
// What a calibration says while it runs: evaluations made, the best objective, time left.
#include "output/calibration/evaluation_log.hpp"
#include "output/progress.hpp"

#include <cstdio>

namespace nearshore {

class CalibrationProgress {
public:
  /// `planned`: the most evaluations that will be run; those of a resumed log count as run.
  CalibrationProgress(std::size_t planned, const EvaluationLog& log, Progress::Style style,
                      std::FILE* out = stderr);
  ~CalibrationProgress(); ///< finishes the line of the bar
  CalibrationProgress(const CalibrationProgress&) = delete;
  CalibrationProgress& operator=(const CalibrationProgress&) = delete;

  void evaluated(const Evaluation& evaluation);

private:
  std::size_t planned, done{0}, run{0}, lines{0};
  double best, seconds{0};
  Progress::Style how;
  std::FILE* stream;
};

} // namespace nearshore
