#include "output/calibration/progress.hpp"

#include "output/tell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace nearshore {
namespace {

constexpr std::size_t kLines = 40; // at most, and one for every better objective: a log is read

} // namespace

CalibrationProgress::CalibrationProgress(std::size_t n, const EvaluationLog& log,
                                         Progress::Style style, std::FILE* out)
    : planned(std::max<std::size_t>(1, n)), best(std::numeric_limits<double>::infinity()),
      how(style), stream(out) {
  for (const auto& e : log.all()) {
    best = std::min(best, e.objective);
    ++done;
  }
}

CalibrationProgress::~CalibrationProgress() {
  if (how == Progress::Style::bar && run > 0) std::fputc('\n', stream);
}

void CalibrationProgress::evaluated(const Evaluation& evaluation) {
  ++done;
  ++run;
  seconds += evaluation.seconds;
  const bool better = evaluation.objective < best;
  best = std::min(best, evaluation.objective);
  const double each = seconds / static_cast<double>(run);
  const double left = each * static_cast<double>(planned - std::min(planned, done));
  const auto shown = [](double objective) {
    return objective < kNoFit ? fmt::format("{:.4g}", objective) : std::string{"none"};
  };
  const auto text = fmt::format(
      "evaluation {} of at most {} ({}), objective {}, best {}, {:.1f} s each, at most {}", done,
      std::max(planned, done), evaluation.stage, shown(evaluation.objective), shown(best), each,
      time_left_text(left));
  if (how == Progress::Style::bar) {
    tell(stream, "\r\x1b[K{}", text);
  } else {
    const std::size_t due = done * kLines / planned;
    if (due <= lines && !better) return;
    lines = std::max(lines, due);
    tell(stream, "{}\n", text);
  }
  std::fflush(stream);
}

} // namespace nearshore
