#include "policy/origin.hpp"

#include "policy/error.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace nearshore;

namespace {

// Regions 0 US, 1 MX, 2 CA, 3 CN. Sectors 0 vehicles, 1 parts, 2 metals, 3 textiles, 4 services.
constexpr RegionId kUs{0}, kMx{1}, kCa{2}, kCn{3};
constexpr Bits kGoods = 0b01111, kEverything = 0b11111;

Agreement usmca() {
  Agreement a;
  a.members = 0b0111;
  return a;
}
RuleOfOrigin rule_of(std::vector<Route> routes) {
  return {"rule", 1, std::move(routes)};
}
OriginInput input(std::size_t sector, double value, bool originating, RegionId from) {
  return {SectorId{sector}, value, originating, from, 1};
}

} // namespace

TEST_CASE("regional value content by either method", "[policy][origin]") {
  // TV 100, NC 80, non-originating materials 41: TV method 59 %, NC method 48.75 %.
  CHECK(rvc_transaction(100, 41) == Approx(0.59));
  CHECK(rvc_net_cost(80, 41) == Approx(0.4875));
  const auto rule = rule_of({{{rvc_ceiling(kGoods, 0.60F, 0.50F)}}});
  const auto with = [&](double foreign, double nc) {
    const std::vector<OriginInput> inputs{input(1, foreign, false, kCn), input(2, 10, true, kUs)};
    return originates(usmca(), rule, inputs, 100, nc, kMx);
  };
  CHECK_FALSE(with(41, 80)); // fails both
  CHECK(with(40, 80));       // 60 % by transaction value
  CHECK(with(41, 82));       // 50 % by net cost
  CHECK_FALSE(with(41.1, 82));
}

TEST_CASE("net cost alone: 75 % for cars", "[policy][origin]") {
  const auto rule = rule_of({{{rvc_ceiling(kGoods, 0, 0.75F)}}});
  const std::vector<OriginInput> meets{input(1, 20, false, kCn), input(1, 40, true, kMx)};
  const std::vector<OriginInput> misses{input(1, 21, false, kCn), input(1, 39, true, kMx)};
  CHECK(originates(usmca(), rule, meets, 100, 80, kMx));
  CHECK_FALSE(originates(usmca(), rule, misses, 100, 80, kMx));
}

TEST_CASE("tariff shift with 10 % de minimis", "[policy][origin]") {
  SectorWeights named{};
  named[1] = 0.5F; // half of bought parts fall under the excluded headings
  const auto rule = rule_of({{{tariff_shift_ceiling(named, 0.10F)}}});
  const std::vector<OriginInput> meets{input(1, 20, false, kCn),
                                       input(2, 60, false, kCn)}; // 10 of 100
  const std::vector<OriginInput> misses{input(1, 21, false, kCn)};
  CHECK(originates(usmca(), rule, meets, 100, 90, kMx));
  CHECK_FALSE(originates(usmca(), rule, misses, 100, 90, kMx));
}

TEST_CASE("an originating input counts whole (roll-up), from any member (accumulation)",
          "[policy][origin]") {
  const auto rule = rule_of({{{rvc_ceiling(kGoods, 0.60F, 0)}}});
  // The Canadian part holds 40 % foreign content but originates.
  std::vector<OriginInput> inputs{input(1, 50, true, kCa), input(2, 30, false, kCn)};
  inputs[0].regional_content = 0.6;
  auto agreement = usmca();
  CHECK(originates(agreement, rule, inputs, 100, 90, kMx)); // VNM 30
  agreement.roll_up = false;
  CHECK_FALSE(originates(agreement, rule, inputs, 100, 90, kMx)); // VNM 30 + 20
  agreement.roll_up = true;
  agreement.accumulation = Accumulation::domestic;
  CHECK_FALSE(originates(agreement, rule, inputs, 100, 90, kMx)); // VNM 80
  CHECK(originates(agreement, rule, inputs, 100, 90, kCa));
  CHECK_FALSE(originates(usmca(), rule, inputs, 100, 90, kCn)); // no member, no origin
}

TEST_CASE("core parts and 70 % North American steel and aluminium", "[policy][origin]") {
  const auto rule = rule_of({{{originating_share_ceiling(SectorId{1}, 0.75F),
                               originating_share_ceiling(SectorId{2}, 0.70F)}}});
  const auto with = [&](double parts_in, double parts_out, double steel_in, double steel_out) {
    const std::vector<OriginInput> inputs{
        input(1, parts_in, true, kUs), input(1, parts_out, false, kCn),
        input(2, steel_in, true, kMx), input(2, steel_out, false, kCn)};
    return originates(usmca(), rule, inputs, 100, 90, kMx);
  };
  CHECK(with(30, 10, 7, 3));
  CHECK_FALSE(with(30, 11, 7, 3)); // core parts at 73 %
  CHECK_FALSE(with(30, 10, 6, 4)); // steel at 60 %
  CHECK(with(30, 0, 0, 0));        // no steel bought: nothing to fail
}

TEST_CASE("labour value content counts high-wage regions and own work there only",
          "[policy][origin]") {
  const Bits high_wage = 0b0101; // US, CA
  const auto rule = rule_of({{{net_cost_content_ceiling(kEverything, high_wage, 0.25F)}}});
  const std::vector<OriginInput> meets{input(1, 20, true, kUs), input(1, 40, true, kMx)};
  const std::vector<OriginInput> misses{input(1, 19, true, kUs), input(1, 41, true, kMx)};
  CHECK(originates(usmca(), rule, meets, 100, 80, kMx)); // 20 of 80
  CHECK_FALSE(originates(usmca(), rule, misses, 100, 80, kMx));
  CHECK(originates(usmca(), rule, misses, 100, 80, kUs)); // own work counts: 19 + 20 of 80
  const std::vector<OriginInput> foreign{
      input(1, 60, false, kUs)}; // made there, but does not originate
  CHECK_FALSE(originates(usmca(), rule, foreign, 100, 80, kMx));
}

TEST_CASE("minimum content of one region, of transaction value", "[policy][origin]") {
  const auto rule =
      rule_of({{{transaction_content_ceiling(kEverything, bit(kUs.index()), 0.15F)}}});
  CHECK(originates(usmca(), rule, std::vector{input(1, 15, true, kUs), input(1, 40, true, kMx)},
                   100, 90, kMx));
  CHECK_FALSE(originates(
      usmca(), rule, std::vector{input(1, 14, true, kUs), input(1, 40, true, kMx)}, 100, 90, kMx));
}

TEST_CASE("yarn-forward and wholly obtained", "[policy][origin]") {
  SectorWeights yarn{};
  yarn[3] = 1;
  const auto forward = rule_of({{{tariff_shift_ceiling(yarn, 0.10F)}}});
  CHECK(originates(usmca(), forward, std::vector{input(3, 40, true, kUs), input(1, 30, false, kCn)},
                   100, 95, kMx));
  CHECK_FALSE(originates(usmca(), forward, std::vector{input(3, 40, false, kCn)}, 100, 95, kMx));
  const auto obtained = rule_of({{{tariff_shift_ceiling(yarn, 0)}}});
  CHECK_FALSE(originates(usmca(), obtained, std::vector{input(3, 0.1, false, kCn)}, 100, 95, kMx));
  CHECK(originates(usmca(), obtained, std::vector{input(1, 50, false, kCn)}, 100, 95, kMx));
}

TEST_CASE("routes are alternatives; a rule without routes admits nothing", "[policy][origin]") {
  SectorWeights all{};
  all[1] = 1;
  const auto rule =
      rule_of({{{tariff_shift_ceiling(all, 0.10F)}}, {{rvc_ceiling(kGoods, 0.60F, 0.50F)}}, {{}}});
  const std::vector<OriginInput> foreign{input(1, 90, false, kCn)};
  CHECK(originates(usmca(), rule, foreign, 100, 95,
                   kMx)); // the production step (third route) suffices
  CHECK_FALSE(originates(usmca(), rule_of({}), foreign, 100, 95, kMx));
  auto suspended = usmca();
  suspended.in_force = false;
  CHECK_FALSE(originates(suspended, rule, foreign, 100, 95, kMx));
}

TEST_CASE("rules with dates govern from the first day of the next month", "[policy][origin]") {
  AgreementLaw law;
  law.header = usmca();
  law.from = {2020, 7, 1};
  const auto at = [](float net_cost) {
    return RuleOfOrigin{"truck", 1, {{{rvc_ceiling(kGoods, 0, net_cost)}}}};
  };
  law.rules = {{SectorId{0}, {}, Date{2024, 7, 1}, at(0.60F), {}, {}, {}},
               {SectorId{0}, Date{2024, 7, 1}, Date{2027, 7, 1}, at(0.64F), {}, {}, {}},
               {SectorId{0}, Date{2027, 7, 1}, {}, at(0.70F), {}, {}, {}}};
  const auto limit = [&](Month m) {
    return law.at(m, 5).rule(SectorId{0}, 0.5F)->any_of[0].all_of[0].of_net_cost;
  };
  CHECK(limit({2024, 6}) == Approx(0.40));
  CHECK(limit({2024, 7}) == Approx(0.36));
  CHECK(limit({2027, 7}) == Approx(0.30));
  CHECK_FALSE(law.at({2020, 6}, 5).in_force);
  law.rules.pop_back();
  CHECK_THROWS_AS(law.at({2027, 7}, 5), Error); // a gap in the calendar
}

TEST_CASE("more originating content never loses origin", "[policy][origin]") {
  CHECK(rc::check([] {
    SectorWeights named{};
    for (std::size_t s = 0; s < 4; ++s)
      named[s] = static_cast<float>(*rc::gen::inRange(0, 101)) / 100;
    const float threshold = static_cast<float>(*rc::gen::inRange(1, 100)) / 100;
    const auto rule = rule_of(
        {{{tariff_shift_ceiling(named, 0.1F), originating_share_ceiling(SectorId{2}, threshold)}},
         {{rvc_ceiling(kGoods, threshold, threshold)}}});
    std::vector<OriginInput> inputs;
    for (std::size_t i = 0; i < 6; ++i)
      inputs.push_back(input(*rc::gen::inRange<std::size_t>(0, 5), *rc::gen::inRange(0, 20),
                             *rc::gen::arbitrary<bool>(),
                             RegionId{*rc::gen::inRange<std::size_t>(0, 4)}));
    const bool before = originates(usmca(), rule, inputs, 120, 100, kMx);
    auto& changed = inputs[*rc::gen::inRange<std::size_t>(0, inputs.size())];
    changed.originating = true;
    changed.region = kUs;
    RC_ASSERT(!before || originates(usmca(), rule, inputs, 120, 100, kMx));
  }));
}
