// The same run, bit by bit: whatever the number of threads; the same luck in every scenario.
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace nearshore::test;

namespace {

struct Run {
  std::vector<MonthRecord> months;
  int threads_used{0};
};

Run run_on(Scenario s, int threads) {
  s.run.threads = threads;
  Simulation simulation{s};
  Collector out;
  simulation.run(out, true);
  return {out.months, simulation.threads_used()};
}

} // namespace

TEST_CASE("any number of threads gives the same bits: 3,000 firms", "[model][determinism]") {
  const auto s = over(shipped(kHistory), {3000, {2025, 2}, {2025, 5}, 3});
  const auto one = run_on(s, 1);
  REQUIRE(one.months.size() == 7);
  CHECK(one.threads_used == 1);
  for (const int threads : {2, 3, 8, 16}) {
    INFO(threads << " threads");
    CHECK(difference(one.months, run_on(s, threads).months) == "");
  }
}

TEST_CASE("any number of threads gives the same bits: 100,000 firms on 1, 2, 3 and 8",
          "[long][model][determinism]") {
  const auto s = over(shipped(kHistory), {100'000, {2025, 2}, {2025, 5}, 3});
  const auto one = run_on(s, 1);
  REQUIRE(one.months.size() == 7);
  for (const int threads : {2, 3, 8}) {
    INFO(threads << " threads");
    const auto run = run_on(s, threads);
    CHECK(run.threads_used == threads);
    CHECK(difference(one.months, run.months) == "");
  }
}

TEST_CASE("the same seed repeats a run, another does not", "[model][determinism]") {
  auto s = over(shipped(kHistory), {1500, {2025, 1}, {2025, 3}, 2});
  s.run.seed = 7;
  const auto first = run_months(s), again = run_months(s);
  CHECK(difference(first, again) == "");
  s.run.seed = 8;
  const auto other = run_months(s);
  CHECK(difference(first[0], other[0]).find("trade") != std::string::npos);
  CHECK(difference(first[0], other[0]).find("claims") != std::string::npos);
}

TEST_CASE("scenarios are the same months until their policy differs: common random numbers",
          "[model][determinism]") {
  const Span span{1500, {2024, 11}, {2025, 4}, 2};
  const auto history = run_months(over(shipped(kHistory), span));
  const auto without = run_months(over(shipped(kNoTariffs), span));
  const std::vector<MonthRecord> until_2024(history.begin(), history.begin() + 2),
      without_2024(without.begin(), without.begin() + 2);
  CHECK(difference(until_2024, without_2024) == "");
  CHECK(difference(history.back(), without.back()).find("duty") != std::string::npos);
}

TEST_CASE("a spin-up of zero months and an observer change nothing in what follows",
          "[model][determinism]") {
  const auto s = over(shipped(kHistory), {1500, {2025, 1}, {2025, 2}, 0});
  Simulation stepped{s};
  stepped.spin_up();
  const MonthRecord first = stepped.step();
  const MonthRecord second = stepped.step();
  const auto run = run_months(s);
  REQUIRE(run.size() == 2);
  CHECK(difference(first, run[0]) == "");
  CHECK(difference(second, run[1]) == "");
}
