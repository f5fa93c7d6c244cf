#pragma once
// What a run says while it runs: a bar that is redrawn on a terminal, plain lines elsewhere.
#include "sim/record.hpp"
#include "sim/reporting.hpp"

#include <chrono>
#include <cstdio>
#include <string>

namespace nearshore {

/// "40 s left", "12 min left".
std::string time_left_text(double seconds);

class Progress : public Observer {
public:
  enum class Style { bar, lines };
  /// `months` is the number of months to come, spin-up included. Writes to `out`, which stays open.
  Progress(const Reporting& reporting, int months, Style style, std::FILE* out = stderr);
  /// Finishes the line of the bar.
  ~Progress() override;
  void on_month(const MonthRecord& record) override;
  /// Months that are replayed were shown when they were run: none is shown again, and no time is
  /// foreseen from them.
  void on_replaying() override { replaying = true; }
  void on_replayed() override;

  /// bar if the stream is a terminal.
  static Style style_for(std::FILE* stream);

private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] std::string headline(const MonthRecord& record) const;

  Reporting context;
  int total, done{0}, replayed{0};
  bool replaying{false};
  Style how;
  std::FILE* stream;
  Clock::time_point start{Clock::now()}, drawn{};
};

} // namespace nearshore
