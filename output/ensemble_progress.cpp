#include "output/ensemble_progress.hpp"

#include "output/tell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace nearshore {
namespace {

constexpr std::size_t kBarWidth = 24, kLines = 12;
constexpr auto kRedraw = std::chrono::milliseconds{80};

} // namespace

EnsembleProgress::EnsembleProgress(std::size_t n, int months_each, Progress::Style style,
                                   std::FILE* out)
    : runs(n), months(n * static_cast<std::size_t>(std::max(1, months_each))), how(style),
      stream(out) {}

EnsembleProgress::~EnsembleProgress() {
  if (how == Progress::Style::bar && months_finished > 0) std::fputc('\n', stream);
}

void EnsembleProgress::month_done() {
  const std::scoped_lock held{mutex};
  ++months_finished;
  if (how == Progress::Style::lines) {
    // Twelve lines at most: a log is read by people.
    const std::size_t due = months_finished * kLines / months;
    if (due <= lines_shown) return;
    lines_shown = due;
  } else if (Clock::now() - drawn < kRedraw && months_finished != months) {
    return;
  }
  show();
}

void EnsembleProgress::run_done() {
  const std::scoped_lock held{mutex};
  ++runs_finished;
  if (runs_finished == runs || how == Progress::Style::bar) show();
}

void EnsembleProgress::show() {
  drawn = Clock::now();
  const double seconds = std::chrono::duration<double>(drawn - start).count();
  const double rate = seconds > 0 ? static_cast<double>(months_finished) / seconds : 0;
  // Runs may have months that were not announced: never less than nothing is left.
  const auto ahead = months - std::min(months, months_finished);
  const double left = rate > 0 ? static_cast<double>(ahead) / rate : 0;
  const auto text =
      fmt::format("{} of {} runs done, month {} of {}, {:.1f} months/s, {}", runs_finished, runs,
                  months_finished, months, rate, time_left_text(left));
  if (how == Progress::Style::lines) {
    tell(stream, "{}\n", text);
  } else {
    const std::size_t filled = std::min(kBarWidth, kBarWidth * months_finished / months);
    tell(stream, "\r\x1b[K[{}{}] {}", std::string(filled, '#'),
         std::string(kBarWidth - filled, ' '), text);
  }
  std::fflush(stream);
}

} // namespace nearshore
