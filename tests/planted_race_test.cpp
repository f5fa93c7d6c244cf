// For the thread sanitizer (tests/end_to_end/long/sanitizers_test.sh): a race that it must find.
// Hidden, since its outcome is undefined; long, since `~[long]` alone would select hidden tests
// too.
#include "agents/parallel.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <atomic>
#include <thread>
#include <utility>

using namespace nearshore;

TEST_CASE("a sum that all threads add to without a lock", "[.][long][planted_race]") {
  const Workers workers{4};
  std::size_t sum = 0;
  // Two threads are inside a block at the same time, however busy the machine is; relaxed, so that
  // nothing orders what they do then.
  std::atomic<int> inside{0};
  std::array<bool, 4> came{};
  workers.for_blocks(65536 * kBlock, [&](std::size_t begin, std::size_t end, int worker) {
    if (!std::exchange(came[static_cast<std::size_t>(worker)], true)) {
      inside.fetch_add(1, std::memory_order_relaxed);
      while (inside.load(std::memory_order_relaxed) < 2)
        std::this_thread::yield();
    }
    for (std::size_t f = begin; f < end; ++f)
      sum += f;
  });
  CHECK(sum > 0);
}
