#include "cli/progress.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace nearshore;

namespace {

// Runs `months` months of `step` seconds each and returns what was shown.
std::string shown(int months, double step, bool terminal, std::size_t width = 80) {
  std::ostringstream out;
  double now = 100;
  {
    Progress progress(months, {&out, terminal, width, [&] { return now; }});
    for (int i = 0; i < months; ++i) {
      now += step;
      progress.report(Month{2024, 1} + i, "MX 78 %");
    }
  }
  return out.str();
}

} // namespace

TEST_CASE("plain progress is a line now and then, and always the last", "[progress]") {
  const auto fast = shown(36, 0.01, false);
  CHECK(fast == "2024-01 1/36 MX 78 % (1 s left)\n2026-12 36/36 MX 78 %\n");
  const auto slow = shown(36, 1, false);
  CHECK(slow == "2024-01 1/36 MX 78 % (35 s left)\n2025-01 13/36 MX 78 % (23 s left)\n"
                "2026-01 25/36 MX 78 % (11 s left)\n2026-12 36/36 MX 78 %\n");
}

TEST_CASE("on a terminal one line is redrawn and closed", "[progress]") {
  const auto text = shown(4, 1, true);
  CHECK(text == "\r[######------------------] 2024-01 MX 78 % 3 s left\x1b[K"
                "\r[############------------] 2024-02 MX 78 % 2 s left\x1b[K"
                "\r[##################------] 2024-03 MX 78 % 1 s left\x1b[K"
                "\r[########################] 2024-04 MX 78 % 4 s\x1b[K\n");
  const auto fast = shown(1000, 0.001, true); // one second: at most ten redraws, and the last
  CHECK(std::count(fast.begin(), fast.end(), '\r') <= 12);
  CHECK(shown(1, 1, true, 20) == "\r[##################\x1b[K\n");
}

TEST_CASE("quiet progress shows nothing", "[progress]") {
  double now = 0;
  Progress progress(3, {nullptr, false, 80, [&] { return now; }});
  progress.report(Month{2024, 1}, "x");
  CHECK(duration_text(7.2) == "8 s");
  CHECK(duration_text(200) == "3 min 20 s");
  CHECK(duration_text(7500) == "2 h 5 min");
}
