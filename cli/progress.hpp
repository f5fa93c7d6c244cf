#pragma once
// How far a run is: one line redrawn on a terminal, now and then a plain line otherwise, nothing
// when quiet.
#include "policy/calendar.hpp"

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace nearshore {

class Progress {
public:
  /// Where it is shown; replaced in tests.
  struct Screen {
    std::ostream* out;               ///< nullptr: quiet
    bool terminal{false};            ///< redraw one line
    std::size_t width{80};           ///< columns of the terminal
    std::function<double()> seconds; ///< a steady clock
  };
  /// Standard error; a terminal if it is one and TERM is not "dumb".
  static Screen standard_error(bool quiet);

  /// `months`: how many will be reported in all, spin-up included.
  Progress(int months, Screen screen);
  ~Progress(); ///< leaves the terminal on a fresh line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// After a month: `headline` is what to follow, e.g. "claims MX 78 % CA 81 %".
  void report(Month month, std::string_view headline);

private:
  void redraw(Month month, std::string_view headline, double left);
  Screen screen;
  int months, done{0};
  double started, shown;
  int shown_at{0};
  bool on_line{false};
};

/// "8 s", "3 min 20 s", "2 h 5 min".
std::string duration_text(double seconds);

} // namespace nearshore
