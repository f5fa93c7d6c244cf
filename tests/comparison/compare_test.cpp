// Effects, intervals and the price of an exemption, worked out by hand on made-up ensembles.
#include "output/comparison/compare_files.hpp"
#include "output/comparison/compare_runs.hpp"
#include "output/comparison/comparison_text.hpp"
#include "output/comparison/estimate.hpp"
#include "output/comparison/exemption.hpp"
#include "output/comparison/same_bits.hpp"
#include "policy/error.hpp"
#include "sim/config/paths.hpp"
#include "tests/comparison/made_up_run.hpp"
#include "tests/output/fake_run.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

constexpr double kT2 = 2.919986; ///< Student's t, 2 degrees of freedom, 95 %

/// Base and policy of the price by hand: 100 of cars at 25 %, half of which qualify; then 120 that
/// pay 6, three quarters of which qualify.
MadeUpRun before(double trade = 100) {
  MadeUpRun run{1};
  run.sell(0, 1, 0, trade).set("duty_collected", 0, {1, 0, 0, 0}, 0.25 * trade);
  run.set("qualifying_share_by_sector", 0, {1, 0, 0}, 0.5);
  run.set("exports", 0, {1, 0}, 200);
  run.set("value_added_content", 0, {1, 0, 0}, 0.2).set("value_added_content", 0, {1, 0, 1}, 0.4);
  run.sell(0, 2, 0, 50).set("duty_collected", 0, {2, 0, 0, 0}, 10);
  return run;
}
MadeUpRun after() {
  MadeUpRun run{1};
  run.sell(0, 1, 0, 120).set("duty_collected", 0, {1, 0, 0, 0}, 6);
  run.set("qualifying_share_by_sector", 0, {1, 0, 0}, 0.75);
  run.set("exports", 0, {1, 0}, 220);
  run.set("value_added_content", 0, {1, 0, 0}, 0.25).set("value_added_content", 0, {1, 0, 1}, 0.4);
  run.sell(0, 2, 0, 40).set("duty_collected", 0, {2, 0, 0, 0}, 8);
  return run;
}

RunOfSeed runs_of(std::vector<MadeUpRun> list) {
  return [list](std::size_t seed) { return std::make_unique<MadeUpRun>(list.at(seed)); };
}

Comparison of(std::size_t policies, std::vector<std::string> closures) {
  Comparison c;
  for (std::size_t p = 0; p < policies; ++p)
    c.policies.push_back({"p" + std::to_string(p), "Policy " + std::to_string(p), "", "", "", {}});
  c.seeds = {1, 2, 3};
  c.closures = std::move(closures);
  c.periods = {made_up_period(0, 0)};
  c.months = {Month{2026, 1}};
  c.home_region = "HOM";
  return c;
}

const PolicyEffect& find(const Comparison& c, const std::string& closure,
                         const std::string& variable, const std::string& region) {
  for (const auto& e : c.effects)
    if (e.closure == closure && c.keys[e.key].variable == variable &&
        c.keys[e.key].region == region && c.keys[e.key].sector.empty())
      return e;
  FAIL("no effect on " + variable + " of " + region);
  throw;
}

} // namespace

TEST_CASE("an interval is the mean and Student's t over seeds", "[comparison]") {
  const auto e = estimate(std::vector<double>{1, 2, 3});
  CHECK(e.mean == Approx(2));
  CHECK(e.upper - e.mean == Approx(kT2 / std::sqrt(3.0)).epsilon(1e-6));
  CHECK(e.mean - e.lower == Approx(e.upper - e.mean));
  CHECK(half_width(20) == Approx(1.729133).epsilon(1e-6));
  CHECK(std::isnan(estimate(std::vector<double>{1, std::nan("")}).mean));
  CHECK_THROWS_AS(estimate(std::vector<double>{1}), Error);
}

TEST_CASE("a ratio's interval is that of the delta method", "[comparison]") {
  const std::vector<double> b{1, 2, 3};
  const auto exact = ratio_estimate(std::vector<double>{2, 4, 6}, b);
  CHECK(exact.mean == Approx(2));
  CHECK(exact.upper == Approx(2));
  // 3 / 2; rests (0 - 1.5, 3 - 3, 6 - 4.5) / 2 = -0.75, 0, 0.75.
  const auto e = ratio_estimate(std::vector<double>{0, 3, 6}, b);
  CHECK(e.mean == Approx(1.5));
  CHECK(e.upper - e.mean == Approx(kT2 * 0.75 / std::sqrt(3.0)).epsilon(1e-6));
  CHECK(std::isnan(ratio_estimate(b, std::vector<double>{-1, 0, 1}).mean));
}

TEST_CASE("the price of an exemption", "[comparison]") {
  const RunSums base{std::make_unique<MadeUpRun>(before())},
      other{std::make_unique<MadeUpRun>(after())};
  const auto world = made_up_world();
  const auto rows = price_rows(world);
  REQUIRE(rows.size() == 3); // all, FEL, cars
  const auto parts = price_parts(base, other, world, made_up_period(0, 0));
  for (const auto& p : parts) {             // one exporter, one good: all rows are the same
    CHECK(p.forgone == Approx(24 * 0.012)); // 25 % of 120, less 6
    CHECK(p.to_qualifying == Approx(24 * 50.0 / 90 * 0.012)); // 50 of the 90 qualified before
    CHECK(p.to_new == Approx(24 * 40.0 / 90 * 0.012));
    CHECK(p.revenue == Approx(-21 * 0.012));       // 14 less 35
    CHECK(p.content == Approx(23 * 0.012));        // 65 % of 220 less 60 % of 200
    CHECK(p.content_deeper == Approx(11 * 0.012)); // 5 points of 220
    CHECK(p.home_content == Approx(15 * 0.012));
    REQUIRE(p.by_authority.size() == 1);
    CHECK(p.by_authority[0] == Approx(p.forgone));
  }
}

TEST_CASE("the parts of what is forgone sum to it", "[comparison]") {
  CHECK(rc::check("to_qualifying + to_new = forgone = sum over authorities", [] {
    const auto draw = [](int low, int high) { return *rc::gen::inRange(low, high) / 10.0; };
    const auto made = [&] {
      MadeUpRun run{2};
      for (int t = 0; t < 2; ++t) {
        run.sell(t, 1, 0, draw(0, 1000)).set("duty_collected", t, {1, 0, 0, 0}, draw(0, 300));
        run.set("qualifying_share_by_sector", t, {1, 0, 0}, draw(0, 11));
      }
      return std::make_unique<MadeUpRun>(run);
    };
    const RunSums base{made()}, other{made()};
    for (const auto& p : price_parts(base, other, made_up_world(), made_up_period(0, 1))) {
      RC_ASSERT(std::abs(p.to_qualifying + p.to_new - p.forgone) < 1e-9);
      RC_ASSERT(std::abs(p.by_authority[0] - p.forgone) < 1e-9);
    }
  }));
}

TEST_CASE("effects are paired by seed", "[comparison]") {
  // Imports from FEL: 100, 200, 300 in the base; 120 in the policy with every seed.
  auto c = of(2, {"labour_supply"});
  compare_runs(
      {{runs_of({before(100), before(200), before(300)})}, {runs_of({after(), after(), after()})}},
      made_up_world(), {}, {"trade"}, c);
  const auto& e = find(c, "labour_supply", "trade", "FEL");
  CHECK(e.base == Approx(200 * 0.012));
  CHECK(e.other == Approx(120 * 0.012));
  CHECK(e.effect.mean == Approx(-80 * 0.012));
  CHECK(e.effect.upper - e.effect.mean == Approx(kT2 * 100 / std::sqrt(3.0) * 0.012).epsilon(1e-6));
  CHECK(e.seeds == 3);
  for (const auto& effect : c.effects)
    CHECK(c.keys[effect.key].what == "trade");
  REQUIRE_FALSE(c.exemptions.empty());
  CHECK(c.exemptions[0].forgone.mean == Approx(24 * 0.012));

  c.seeds = {1};
  CHECK_THROWS_AS(compare_runs({{runs_of({before()})}, {runs_of({after()})}}, made_up_world(), {},
                               {"trade"}, c),
                  Error);
}

TEST_CASE("employment and balances are compared for every closure", "[comparison]") {
  auto jobs = [](double index) {
    auto run = before();
    return run.set("employment", 0, {0, 0}, index);
  };
  const auto three = [&](double index) { return runs_of({jobs(index), jobs(index), jobs(index)}); };
  auto c = of(2, {"labour_supply", "fixed_wage"});
  compare_runs({{three(1), three(1)}, {three(1.125), three(1.5)}}, made_up_world(), {},
               {"trade", "employment"}, c);
  CHECK(find(c, "labour_supply", "employment", "HOM").effect.mean == Approx(9.375));
  CHECK(find(c, "fixed_wage", "employment", "HOM").effect.mean == Approx(37.5));
  for (const auto& e : c.effects)
    CHECK((e.closure == "labour_supply" || c.keys[e.key].what == "employment"));
  const auto text = comparison_text(c, {false, {"employment"}});
  CHECK_THAT(text, Contains("over the closures") && Contains("fixed wage") && Contains("37.50"));
  const auto csv = comparison_csv(c, {"employment"});
  CHECK_THAT(csv, Contains("p1,fixed_wage,employment,employment,HOM,,,,period,2026-01,2026-01,"
                           "base year = 100,100,137.5,37.5,"));
  CHECK_THAT(csv, !Contains(",trade,"));
}

TEST_CASE("an exemption is where members' goods pay other rates", "[comparison]") {
  const auto history = load_scenario(find_input("configs/history.toml"));
  const auto world = compared_world(history);
  const auto other = [&](const std::string& name, Month month) {
    const auto policy = load_scenario(find_input("configs/scenarios/" + name + ".toml"));
    return other_terms(history, policy, world, month);
  };
  CHECK_FALSE(other("exempt_232", {2026, 7}));
  CHECK(other("exempt_232", {2026, 8}));
  CHECK_FALSE(other("automotive_rvc_82", {2027, 6}));
  CHECK_FALSE(other("non_automotive_rvc_10", {2027, 6}));
  CHECK(other("usmca_lapses", {2029, 12}));
}

TEST_CASE("a supply stop is when a lever takes capacity away", "[comparison]") {
  const std::vector<Scenario> stop{
      load_scenario(find_input("configs/scenarios/asian_supply_stop.toml"))};
  std::vector<Month> months;
  for (Month m{2028, 1}; m <= Month{2028, 10}; m = m + 1)
    months.push_back(m);
  const auto found = supply_stop(stop, months);
  CHECK(found.first == Month{2028, 7});
  CHECK(found.last == Month{2028, 10}); // it goes on to December
  months.resize(6);
  CHECK_FALSE(supply_stop(stop, months).any());
}

TEST_CASE("periods as people write them", "[comparison]") {
  CHECK(parse_period("2026-06", "--months").label == "2026-06");
  const auto p = parse_period("2025-07:2025-12", "--over");
  CHECK(p.first == Month{2025, 7});
  CHECK(p.last == Month{2025, 12});
  CHECK_THROWS_WITH(parse_period("2025-12:2025-07", "--over"), Contains("backwards"));
  CHECK_THROWS_WITH(parse_period("2025", "--over"), Contains("no month and no period"));
}

TEST_CASE("files with the same bits, and others", "[comparison]") {
  const TemporaryFolder folder;
  const auto a = folder / "a.h5", b = folder / "b.h5", c = folder / "c.h5", d = folder / "d.h5";
  write_fake_run(a, 3, 1, {1, 2.0, 3.0, "here", "then", 0, {}});
  write_fake_run(b, 3, 1, {4, 5.0, 6.0, "there", "later", 0, {}});
  write_fake_run(c, 3, 2);
  write_fake_run(d, 4, 1);
  const auto same = bit_differences(a, b);
  CHECK(same.found.empty());
  CHECK(same.values > 1000);
  const auto other = bit_differences(a, c, 1000);
  CHECK_THAT(other.found.at(0), Contains("/: attribute seed differs"));
  bool named = false;
  for (const auto& text : other.found)
    named = named || text.find("trade_value: ") == 0;
  CHECK(named);
  CHECK(bit_differences(a, c, 2).found.size() == 2);
  CHECK_THAT(bit_differences(a, d, 1000).found.at(0), Contains("different shapes"));
  CHECK_THROWS_AS(bit_differences(a, folder / "none.h5"), Error);
}
