// Several runs at a time: lists of seeds, plans, the same bits as alone, failures.
#include "output/memory_run.hpp"
#include "output/quantile.hpp"
#include "policy/error.hpp"
#include "sim/ensemble.hpp"
#include "sim/machine.hpp"
#include "sim/seed_list.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <atomic>
#include <cmath>
#include <set>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;
using Seeds = std::vector<std::uint64_t>;

namespace {

std::string refusal(const std::string& text) {
  try {
    parse_seeds(text, "--seeds");
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    CHECK(e.where == "--seeds");
    return e.what();
  }
  return "accepted";
}

/// Every run's months, spin-up included.
std::vector<std::vector<MonthRecord>> collect(const Scenario& s, const Seeds& seeds,
                                              const EnsemblePlan& plan) {
  std::vector<std::vector<MonthRecord>> out(seeds.size());
  run_ensemble(
      seeds.size(), [&](std::size_t run) { return with_seed(s, seeds[run]); }, plan,
      [](std::size_t, const Scenario&) { return std::make_unique<Collector>(); },
      [&](std::size_t run, Observer& o) { out[run] = static_cast<Collector&>(o).months; });
  return out;
}

Scenario small() {
  return over(shipped(kHistory), {1500, {2025, 2}, {2025, 4}, 2});
}

class FailsAt : public Observer {
public:
  FailsAt(Month m, bool b) : when(m), fails(b) {}
  void on_month(const MonthRecord& m) override {
    if (fails && m.month == when) throw Error{ErrorKind::resource, "the disk is full", "x.h5"};
  }

private:
  Month when;
  bool fails;
};

} // namespace

TEST_CASE("seeds are lists and ranges", "[ensemble]") {
  CHECK(parse_seeds("7", "") == Seeds{7});
  CHECK(parse_seeds("1-4", "") == Seeds{1, 2, 3, 4});
  CHECK(parse_seeds("1,3,101-103", "") == Seeds{1, 3, 101, 102, 103});
  CHECK(parse_seeds("5,0,2", "") == Seeds{5, 0, 2});
  CHECK(parse_seeds("1-100000", "").size() == 100'000);
  CHECK(seeds_text({1, 2, 3, 7, 9, 10}) == "1-3,7,9-10");
}

TEST_CASE("what is no list of seeds is refused with what is wrong", "[ensemble]") {
  CHECK(refusal("5-1") == "--seeds: error: '5-1': the range 5-1 runs backwards; allowed: 1-5");
  CHECK_THAT(refusal("x"), Contains("'x' is no seed and no range of seeds; allowed: seeds and "));
  CHECK_THAT(refusal("1,1"), Contains("the seed 1 is given twice"));
  CHECK_THAT(refusal("1-3,2"), Contains("the seed 2 is given twice"));
  for (const auto* text : {"", ",", "1,", "-1", "1-", "1--2", "1-2-3", " 1", "1.5", "0x1", "1 2"})
    CHECK_THAT(refusal(text), Contains("is no seed and no range"));
  CHECK_THAT(refusal("1-100001"), Contains("too many seeds; allowed: at most 100000"));
  CHECK_THAT(refusal("0-9007199254740992"), Contains("too many"));
  CHECK_THAT(refusal("9007199254740993"), Contains("too large"));
  CHECK_THAT(refusal("99999999999999999999"), Contains("is no seed"));
}

TEST_CASE("a list of seeds as text reads back to itself", "[ensemble]") {
  CHECK(rc::check([] {
    const auto set = *rc::gen::nonEmpty(
        rc::gen::container<std::set<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 60)));
    const Seeds seeds(set.begin(), set.end());
    RC_ASSERT(parse_seeds(seeds_text(seeds), "") == seeds);
  }));
}

TEST_CASE("quantiles interpolate as numpy's do", "[ensemble]") {
  const std::vector<double> sorted{1, 2, 4, 8};
  CHECK(quantile(sorted, 0.5) == 3);
  CHECK(quantile(sorted, 0) == 1);
  CHECK(quantile(sorted, 1) == 8);
  CHECK(quantile(sorted, 0.05) == Approx(1.15)); // numpy.quantile([1, 2, 4, 8], 0.05)
  CHECK(quantile(sorted, 0.95) == Approx(7.4));
  const Band b = band(std::vector<double>{8, 1, 4, 2});
  CHECK(b.median == 3);
  CHECK(b.p95 == Approx(7.4));
  CHECK(std::isnan(band(std::vector<double>{1, std::nan("")}).median));
  CHECK(std::isnan(quantile({}, 0.5)));
}

TEST_CASE("a plan uses the processors, and what is asked for is taken", "[ensemble]") {
  const int cores = processors();
  const auto chosen = plan_ensemble(1000, 1000);
  CHECK(chosen.jobs == cores);
  CHECK(chosen.threads == 1);
  CHECK(plan_ensemble(1, 1000).jobs == 1);
  CHECK(plan_ensemble(1, 1000).threads == cores);
  CHECK(plan_ensemble(20, 1000, 7).jobs == 7);
  CHECK(plan_ensemble(3, 1000, 7).jobs == 3);
  CHECK(plan_ensemble(20, 1000, 0, cores).jobs == 1);
  CHECK(plan_ensemble(20, 1000, 2, 5).threads == 5);
  REQUIRE(available_memory());
  const auto too_many = static_cast<std::int64_t>(*available_memory() / 1000);
  CHECK(plan_ensemble(20, too_many).jobs == 1); // does not fit twice: one after the other
  CHECK(memory_of_run(100'000) > memory_of_run(10'000));
}

TEST_CASE("a run of an ensemble has the bits it has alone, whatever the plan",
          "[ensemble][determinism]") {
  const auto s = small();
  const Seeds seeds{3, 101, 7};
  std::vector<std::vector<MonthRecord>> alone;
  for (const auto seed : seeds) {
    Simulation simulation{with_seed(s, seed)};
    Collector months;
    simulation.run(months, true);
    alone.push_back(months.months);
  }
  CHECK(difference(alone[0], alone[1]) != "");
  for (const EnsemblePlan plan : {EnsemblePlan{1, 1}, {2, 1}, {3, 2}, {5, 1}}) {
    const auto runs = collect(s, seeds, plan);
    for (std::size_t i = 0; i < seeds.size(); ++i) {
      INFO(plan.jobs << " jobs, " << plan.threads << " threads, seed " << seeds[i]);
      CHECK(runs[i].size() == 5);
      CHECK(difference(runs[i], alone[i]) == "");
    }
  }
}

TEST_CASE("no more runs than planned are in memory at a time", "[ensemble]") {
  struct Counted : Observer {
    std::atomic<int>&now, &most;
    Counted(std::atomic<int>& n, std::atomic<int>& m) : now(n), most(m) {
      const int here = ++now;
      for (int seen = most; seen < here && !most.compare_exchange_weak(seen, here);) {
      }
    }
    ~Counted() override { --now; }
    void on_month(const MonthRecord&) override {}
  };
  std::atomic<int> now{0}, most{0};
  const auto s = over(shipped(kHistory), {1000, {2025, 2}, {2025, 2}, 0});
  std::size_t finished = 0;
  run_ensemble(
      7, [&](std::size_t run) { return with_seed(s, run); }, {2, 1},
      [&](std::size_t, const Scenario&) { return std::make_unique<Counted>(now, most); },
      [&](std::size_t, Observer&) { ++finished; });
  CHECK(finished == 7);
  CHECK(now == 0);
  CHECK(most <= 2);
}

TEST_CASE("one run's failure ends the ensemble and names its seed", "[ensemble]") {
  const auto s = small();
  std::vector<std::size_t> finished;
  const auto go = [&](int jobs) {
    run_ensemble(
        6, [&](std::size_t run) { return with_seed(s, 40 + run); }, {jobs, 1},
        [](std::size_t run, const Scenario&) {
          return std::make_unique<FailsAt>(Month{2025, 3}, run == 1);
        },
        [&](std::size_t run, Observer&) { finished.push_back(run); });
  };
  CHECK_THROWS_WITH(go(1), "x.h5: error: seed 41: the disk is full");
  CHECK(finished == std::vector<std::size_t>{0});
  CHECK_THROWS_WITH(go(3), "x.h5: error: seed 41: the disk is full");
  auto bad = s;
  bad.run.world = "?";
  CHECK_THROWS_AS(run_ensemble(
                      2,
                      [](std::size_t) -> Scenario {
                        throw Error{ErrorKind::input, "no"};
                      },
                      {2, 1}, [](std::size_t, const Scenario&) { return nullptr; },
                      [](std::size_t, Observer&) {}),
                  Error);
}

TEST_CASE("a run kept in memory has the variables that were asked for", "[ensemble]") {
  const auto s = small();
  const std::vector<std::string> names{"claim_share", "trade_value"};
  MemoryRun run{s.reporting, s.run.reference, "memory", names};
  Simulation{s}.run(run, true);
  CHECK(run.months() == std::vector<Month>{{2025, 2}, {2025, 3}, {2025, 4}});
  const auto share = run.read("claim_share");
  CHECK(share.dims == std::vector<std::string>{"time", "exporter", "importer"});
  const auto months = run_months(s);
  const auto exporter = share.find(1, "MX"), importer = share.find(2, "US");
  const auto& world = *s.world;
  CHECK(share.values[(2 * share.extent(1) + exporter) * share.extent(2) + importer] ==
        claim_share(months[2], world, region_index(world, "MX"), region_index(world, "US")));
  CHECK(run.read("trade_value").values.size() == 3 * world.R() * world.R() * world.S() * 4);
  CHECK_THROWS_WITH(run.read("claim_shore"), Contains("did you mean 'claim_share'"));
  CHECK_THROWS_WITH(MemoryRun(s.reporting, s.run.reference, "", std::vector<std::string>{"x"}),
                    Contains("no variable 'x'"));
}
