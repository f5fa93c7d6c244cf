// For the thread sanitizer (tests/end_to_end/long/sanitizers_test.sh): a race that it must find.
// Hidden, since its outcome is undefined; long, since `~[long]` alone would select hidden tests
// too.
#include "agents/parallel.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;

TEST_CASE("a sum that all threads add to without a lock", "[.][long][planted_race]") {
  const Workers workers{4};
  std::size_t sum = 0;
  workers.for_blocks(65536 * kBlock, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f)
      sum += f;
  });
  CHECK(sum > 0);
}
