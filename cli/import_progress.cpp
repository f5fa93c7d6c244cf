#include "cli/import_progress.hpp"

#include "output/progress.hpp"
#include "output/tell.hpp"

#include <fmt/format.h>

namespace nearshore {
namespace {

// Small files are read before anyone asks.
constexpr double kOnTerminal = 0.2, kElsewhere = 2; // seconds between lines

} // namespace

ImportProgress::ImportProgress(std::string command)
    : name(std::move(command)), terminal(Progress::style_for(stderr) == Progress::Style::bar) {}

void ImportProgress::show(const importing::StreamPosition& p) {
  const auto now = Clock::now();
  const auto seconds = [](Clock::duration d) { return std::chrono::duration<double>(d).count(); };
  if (seconds(now - shown) < (terminal ? kOnTerminal : kElsewhere)) return;
  shown = now;
  auto text =
      fmt::format("{}: {:.0f} MB, {} rows", name, static_cast<double>(p.read) / 1e6, p.records);
  if (p.total > 0) {
    const double part = static_cast<double>(p.read) / static_cast<double>(p.total);
    text += fmt::format(", {:.0f} %, {}", 100 * part,
                        time_left_text(seconds(now - start) * (1 / part - 1)));
  }
  if (terminal)
    tell(stderr, "\r{}\033[K", text);
  else
    tell(stderr, "{}\n", text);
  std::fflush(stderr);
  open_line = terminal;
}

void ImportProgress::finish() {
  if (open_line) tell(stderr, "\r\033[K");
  open_line = false;
}

} // namespace nearshore
