#include "cli/progress.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <iostream>

namespace nearshore {
namespace {

constexpr double kRedrawEvery = 0.1;    // seconds, on a terminal
constexpr double kLineEvery = 3;        // seconds, otherwise
constexpr int kMonthsBetweenLines = 12; // and not more often than that

} // namespace

std::string duration_text(double seconds) {
  const auto s = static_cast<long>(std::ceil(std::max(0.0, seconds)));
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return fmt::format("{} min {} s", s / 60, s % 60);
  return fmt::format("{} h {} min", s / 3600, s % 3600 / 60);
}

Progress::Screen Progress::standard_error(bool quiet) {
  Screen out{quiet ? nullptr : &std::cerr, false, 80, [] {
               const auto now = std::chrono::steady_clock::now().time_since_epoch();
               return std::chrono::duration<double>(now).count();
             }};
  const char* kind = std::getenv("TERM");
  out.terminal = isatty(STDERR_FILENO) != 0 && kind && std::string_view{kind} != "dumb";
  winsize size{};
  if (out.terminal && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    out.width = size.ws_col;
  return out;
}

Progress::Progress(int total, Screen s)
    : screen(std::move(s)), months(std::max(total, 1)), started(screen.seconds()),
      shown(started - kLineEvery) {}

Progress::~Progress() {
  if (screen.out && on_line) *screen.out << '\n' << std::flush;
}

void Progress::report(Month month, std::string_view headline) {
  ++done;
  if (!screen.out) return;
  const double now = screen.seconds();
  const double left = (now - started) / done * std::max(0, months - done);
  const bool last = done >= months;
  if (screen.terminal) {
    if (!last && now - shown < kRedrawEvery) return;
    redraw(month, headline, left);
  } else {
    if (!last && done > 1 && (now - shown < kLineEvery || done - shown_at < kMonthsBetweenLines))
      return;
    *screen.out << fmt::format("{} {}/{} {}{}\n", month.text(), done, months, headline,
                               last ? "" : fmt::format(" ({} left)", duration_text(left)))
                << std::flush;
  }
  shown = now;
  shown_at = done;
}

void Progress::redraw(Month month, std::string_view headline, double left) {
  const auto tail =
      fmt::format(" {} {}{}", month.text(), headline,
                  done < months ? fmt::format(" {} left", duration_text(left))
                                : fmt::format(" {}", duration_text(screen.seconds() - started)));
  constexpr std::size_t kBar = 24;
  const auto full =
      kBar * static_cast<std::size_t>(std::min(done, months)) / static_cast<std::size_t>(months);
  auto line = "[" + std::string(full, '#') + std::string(kBar - full, '-') + "]" + tail;
  if (line.size() >= screen.width)
    line.resize(screen.width - 1); // a wrapped line cannot be redrawn
  *screen.out << '\r' << line << "\x1b[K" << std::flush;
  on_line = true;
}

} // namespace nearshore
