#include "output/progress.hpp"

#include "output/fill.hpp"
#include "output/tell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unistd.h>

namespace nearshore {
namespace {

constexpr int kBarWidth = 24;
constexpr auto kRedraw = std::chrono::milliseconds{80};

} // namespace

std::string time_left_text(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s left", seconds);
  return seconds < 5400 ? fmt::format("{:.0f} min left", seconds / 60)
                        : fmt::format("{:.1f} h left", seconds / 3600);
}

Progress::Progress(const Reporting& reporting, int months, Style style, std::FILE* out)
    : context(reporting), total(std::max(1, months)), how(style), stream(out) {}

Progress::~Progress() {
  if (how == Style::bar && done > 0) std::fputc('\n', stream);
}

Progress::Style Progress::style_for(std::FILE* stream) {
  return ::isatty(::fileno(stream)) != 0 ? Style::bar : Style::lines;
}

std::string Progress::headline(const MonthRecord& record) const {
  if (record.spin_up) return "spin-up";
  std::vector<double> shares(context.R() * context.R());
  fill::claim_share(record, context, shares);
  std::string text = "claimed";
  for (const std::size_t x : context.fellow_members) {
    const double share = shares[x * context.R() + context.home];
    text += std::isnan(share) ? fmt::format(" {} -", context.regions[x])
                              : fmt::format(" {} {:.1f} %", context.regions[x], 100 * share);
  }
  return text;
}

void Progress::on_replayed() {
  replaying = false;
  replayed = done;
  start = Clock::now();
}

void Progress::on_month(const MonthRecord& record) {
  ++done;
  if (replaying) return;
  const auto now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - start).count();
  const double left = seconds / (done - replayed) * std::max(0, total - done);
  if (how == Style::lines) {
    // Twelve lines a run at most, and the last one: a log is read by people.
    if (done % std::max(1, (total + 11) / 12) != 0 && done != total) return;
    tell(stream, "{} ({}/{}) {}\n", record.month.text(), done, total, headline(record));
    std::fflush(stream);
    return;
  }
  if (now - drawn < kRedraw && done != total) return;
  drawn = now;
  const int filled = std::min(kBarWidth, kBarWidth * done / total);
  tell(stream, "\r\x1b[K[{}{}] {} {}, {}", std::string(static_cast<std::size_t>(filled), '#'),
       std::string(static_cast<std::size_t>(kBarWidth - filled), ' '), record.month.text(),
       headline(record), time_left_text(left));
  std::fflush(stream);
}

} // namespace nearshore
