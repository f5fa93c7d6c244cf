// The parts of the prediction that do not depend on how fast the machine is.
#include "output/cost/probe.hpp"
#include "output/cost/run_cost.hpp"
#include "sim/machine.hpp"
#include "sim/run_memory.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace nearshore::test;

namespace {

Scenario short_history() {
  return over(shipped(kHistory), {1000, {2025, 1}, {2025, 4}, 3});
}

} // namespace

TEST_CASE("the size of a file: empty, months, and an index for every 32 of them",
          "[output][cost]") {
  const FileShape shape{1000, 10, 500};
  CHECK(shape.bytes(0) == 1000);
  CHECK(shape.bytes(1) == 1510);
  CHECK(shape.bytes(32) == 1820);
  CHECK(shape.bytes(33) == 2330);
}

TEST_CASE("state is linear in firms through two populations", "[output][cost]") {
  const auto size = state_size(1000, 1.5e6, 3000, 3.5e6); // 1,000 bytes a firm and 500,000
  CHECK(size.firm == Approx(1000));
  CHECK(size.fixed == Approx(500'000));
  CHECK(size.bytes(10'000) == Approx(10.5e6));
  const double one = peak_memory(0, size, 10'000, {1, 1}),
               four = peak_memory(0, size, 10'000, {4, 1});
  CHECK(one > size.bytes(10'000));
  CHECK(four - one > 3 * size.bytes(10'000)); // a population for each run at a time
  CHECK(peak_memory(0, size, 10'000, {1, 8}) > one);
  CHECK(peak_memory(5e6, size, 10'000, {1, 1}) == Approx(one + 5e6));
}

TEST_CASE("state measured at two sizes foresees a third", "[output][cost]") {
  auto s = short_history();
  const auto size = state_size(s);
  s.run.firms = 20'000;
  const auto real = static_cast<double>(Simulation{s}.firms().bytes());
  CHECK(size.bytes(20'000) == Approx(real).epsilon(0.03));
}

TEST_CASE("a probe runs the months asked for and times every part", "[output][cost]") {
  const auto s = short_history();
  const auto probe = probe_run(s, {1500, 2, 1, 2, 3}, true);
  CHECK(probe.time.firms == 1500);
  CHECK(probe.time.spin_up.size() == 2);
  CHECK(probe.time.months.size() == 3);
  for (const double part :
       {probe.time.world, probe.time.rebase, probe.time.figures, probe.time.compression})
    CHECK(part > 0);
  CHECK(probe.time.links > 5);
  CHECK(probe.file.empty > 0);
  CHECK(probe.file.month > 0);
  // No longer than the scenario.
  const auto all = probe_run(s, {1000, 1, 1, 24, 96}, false);
  CHECK(all.time.spin_up.size() == 3);
  CHECK(all.time.months.size() == 4);
}

TEST_CASE("more runs take longer and a larger file; without a file there is none",
          "[output][cost]") {
  const auto s = short_history();
  CostQuestion q;
  q.plan = {1, 1};
  const auto one = predict_cost(s, q);
  q.runs = 5;
  const auto five = predict_cost(s, q);
  CHECK(five.disk_bytes > 2 * one.disk_bytes);
  CHECK(five.memory_bytes == Approx(one.memory_bytes).epsilon(0.5)); // one after the other
  CHECK(one.parts.size() == 4);
  q.writes = false;
  CHECK(predict_cost(s, q).disk_bytes == 0);
  q.load_seconds = 1000;
  CHECK(predict_cost(s, q).seconds > 1000);
}

TEST_CASE("a run is refused only where it cannot fit", "[output][cost]") {
  auto s = short_history();
  CHECK_NOTHROW(refuse_too_large(s, {1, 1}));
  CHECK(memory_limit() > 0);
  CHECK(resident_memory() > 1'000'000);
  s.run.firms = static_cast<std::int64_t>(memory_limit() / 500); // half a kilobyte a firm
  try {
    refuse_too_large(s, {1, 1});
    FAIL("not refused");
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::memory);
    CHECK_THAT(e.what(), Catch::Contains("GiB of memory for " + std::to_string(s.run.firms)));
  }
}
