// The regime compiled to months, and what the shipped data say about exposures.
#include "policy/error.hpp"
#include "tests/policy/history_fixture.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <cmath>
#include <ctime>

using namespace nearshore;
using namespace nearshore::test;

namespace {

RegionId region(std::string_view code) {
  return RegionId{index_of(world_names().regions, code)};
}
SectorId sector(std::string_view code) {
  return SectorId{index_of(world_names().sectors, code)};
}
std::size_t authority(std::string_view key) {
  const auto& all = history().data().authorities;
  for (std::size_t a = 0; a < all.size(); ++a)
    if (all[a].key == key) return a;
  throw std::invalid_argument("authority");
}

// Share of a lane's value on lines that `which` accepts.
template <class Which>
double lane_share(std::string_view origin, std::string_view code, Which&& which) {
  double sum = 0;
  for (const auto& line : history().lines())
    if (line.origin == region(origin) && line.sector == sector(code) && which(line))
      sum += line.share;
  return sum;
}

// Trade-weighted mean rate of a lane into the U.S. by one authority.
double lane_rate(const MonthPolicy& month, std::string_view origin, std::string_view code,
                 std::string_view key, std::size_t programme) {
  double sum = 0;
  const auto lines = history().lines();
  for (std::size_t l = 0; l < lines.size(); ++l) {
    if (lines[l].origin != region(origin) || lines[l].sector != sector(code)) continue;
    const auto row = month.duties.row(region("US"), lines[l].origin, lines[l].sector, LineId{l});
    const auto rate = month.duties.by_authority(row, ProgrammeId{programme})[authority(key)];
    sum += lines[l].share * (rate.full + rate.content);
  }
  return sum;
}

} // namespace

TEST_CASE("days are weighted within a month", "[policy][regime]") {
  const auto& law = history();
  const auto march = law.compile({2025, 3});
  const auto pieces = law.spans({2025, 3});
  int days = 0;
  for (const auto& piece : pieces)
    days += piece.days;
  CHECK(days == 31);
  // Mexican textiles are on no list of Section 232: IEEPA 25 % for 28 days, claimed goods for 3 of
  // them.
  CHECK(lane_rate(march, "MX", "textiles_apparel", "ieepa", 0) == Approx(0.25 * 28 / 31));
  CHECK(lane_rate(march, "MX", "textiles_apparel", "ieepa", 1) == Approx(0.25 * 3 / 31));
  CHECK(lane_rate(law.compile({2025, 4}), "MX", "textiles_apparel", "ieepa", 1) == 0);
  CHECK(lane_rate(law.compile({2025, 2}), "MX", "textiles_apparel", "ieepa", 0) == 0);
}

TEST_CASE("a month that changes nothing keeps its tables, and equals one computed",
          "[policy][regime]") {
  const auto& law = history();
  const auto november = law.compile({2024, 11});
  auto policy = november;
  const auto* rules = policy.agreements.front().rules.data();
  law.advance({2024, 12}, policy);
  CHECK(policy.duty_state == november.duty_state);
  CHECK(policy.month == Month{2024, 12});
  CHECK(policy.duties == law.compile({2024, 12}).duties);
  CHECK(policy.agreements.front().rules.data() == rules);
  law.advance({2025, 3}, policy);
  CHECK(policy.duty_state != november.duty_state);
  CHECK(policy.duties == law.compile({2025, 3}).duties);
  CHECK_FALSE(policy.duties == november.duties);
}

TEST_CASE("tables that go on from month to month equal those of each month", "[policy][regime]") {
  const auto& law = history();
  MonthPolicy policy;
  std::uint64_t changes = 0;
  for (int m = 0; m < 120; ++m) { // the calendar from NAFTA to the joint review
    const auto month = Month{2018, 1} + m;
    const auto before = policy.agreement_state;
    law.advance(month, policy);
    changes += policy.agreement_state != before ? 1 : 0;
    const auto fresh = law.compile(month);
    REQUIRE(policy.agreement_state == fresh.agreement_state);
    REQUIRE(policy.agreements.size() == fresh.agreements.size());
    for (std::size_t a = 0; a < fresh.agreements.size(); ++a) {
      const auto &kept = policy.agreements[a], &wanted = fresh.agreements[a];
      REQUIRE(kept.in_force == wanted.in_force);
      for (std::size_t s = 0; s < wanted.rules.size(); ++s) {
        REQUIRE(kept.rules[s].size() == wanted.rules[s].size());
        for (std::size_t v = 0; v < wanted.rules[s].size(); ++v)
          REQUIRE(kept.rules[s][v].name == wanted.rules[s][v].name);
      }
    }
    REQUIRE(policy.duties == fresh.duties);
    REQUIRE(policy.levers.demand == fresh.levers.demand);
    REQUIRE(policy.belief == fresh.belief);
  }
  CHECK(changes > 1); // else nothing was tested
}

TEST_CASE("parts by authority sum to the total in every row", "[policy][regime]") {
  for (const Month month : {Month{2024, 6}, Month{2025, 3}, Month{2025, 11}, Month{2026, 4}}) {
    const auto policy = history().compile(month);
    for (std::size_t row = 0; row < policy.duties.rows(); ++row)
      for (std::size_t p = 0; p < policy.duties.programmes(); ++p) {
        Rate sum;
        for (const auto& part : policy.duties.by_authority(row, ProgrammeId{p})) {
          sum.full += part.full;
          sum.content += part.content;
        }
        const auto total = policy.duties.total(row, ProgrammeId{p});
        if (sum.full != total.full || sum.content != total.content || total.full < 0 ||
            total.full > 3) {
          CAPTURE(row, p, total.full);
          FAIL("parts do not sum to the total, or the total is absurd");
        }
        if (p == 0 && total.content != 0) FAIL("content treatment without a claim");
      }
  }
}

TEST_CASE("a claim never raises what is paid", "[policy][regime]") {
  // It could where an exemption uncovers a measure that the exempted one displaced; the law in
  // force does not.
  for (int m = 0; m < 9 * 12; ++m) {
    const auto policy = history().compile(Month{2018, 1} + m);
    for (std::size_t row = 0; row < policy.duties.rows(); ++row) {
      const auto plain = policy.duties.total(row, ProgrammeId{0}),
                 claim = policy.duties.total(row, ProgrammeId{1});
      if (claim.full + claim.content > plain.full + plain.content + 1e-6F) {
        CAPTURE(policy.month.text(), row, plain.full, claim.full, claim.content);
        FAIL("a claim costs");
      }
    }
  }
}

TEST_CASE("under an agreement that has ended a claim saves nothing", "[policy][regime]") {
  auto law = history().data();
  law.agreements.front().until = Date{2025, 6, 1};
  const Regime regime{law};
  const auto before = regime.compile({2025, 5}).duties, after = regime.compile({2025, 6}).duties;
  bool saved = false;
  for (std::size_t row = 0; row < before.rows(); ++row) {
    saved = saved || before.total(row, ProgrammeId{1}).full < before.total(row, ProgrammeId{}).full;
    REQUIRE(after.total(row, ProgrammeId{1}).full == after.total(row, ProgrammeId{}).full);
  }
  CHECK(saved);
}

TEST_CASE("compilation is fast", "[policy][regime][speed]") {
  // 100 ms of the processor is far above what it takes (docs/policy.md); a quadratic slip would be
  // seen.
  const auto start = std::clock();
  for (int m = 0; m < 12; ++m)
    (void)history().compile(Month{2025, 1} + m);
  CHECK(1000.0 * double(std::clock() - start) / CLOCKS_PER_SEC / 12 < 100);
}

TEST_CASE("lines of each lane sum to one; origins of all goods have lines", "[policy][regime]") {
  const auto& names = world_names();
  for (const auto& origin : names.regions)
    for (std::size_t s = 0; s < names.sectors.size(); ++s) {
      if (!contains(names.goods, s)) continue;
      CHECK(lane_share(origin, names.sectors[s], [](const auto&) { return true; }) ==
            Approx(1).margin(1e-4));
    }
}

TEST_CASE("lines keep the margins of the data", "[policy][regime]") {
  const auto list = [](std::string_view name) { return index_of(history().data().lists, name); };
  const auto on = [&](std::string_view name) {
    return [l = list(name)](const TariffLine& line) { return contains(line.lists, l); };
  };
  const auto free = [](const TariffLine& line) { return line.mfn_free; };
  CHECK(lane_share("MX", "auto_parts", free) == Approx(0.147).margin(0.003));
  CHECK(lane_share("CA", "energy_minerals", free) == Approx(0.3525).margin(0.003));
  CHECK(lane_share("MX", "motor_vehicles", on("autos")) == Approx(0.8195).margin(0.004));
  CHECK(lane_share("MX", "motor_vehicles", on("heavy_trucks")) == Approx(0.1526).margin(0.004));
  CHECK(lane_share("CA", "metals", on("primary_metals")) == Approx(0.7249).margin(0.004));
  CHECK(lane_share("MX", "auto_parts", on("auto_parts")) == Approx(0.7672 * 0.95).margin(0.004));
  CHECK(lane_share("MX", "machinery", on("metals_annex_1b")) == Approx(0.4852).margin(0.004));
  CHECK(lane_share("CA", "energy_minerals", on("energy_resources")) == Approx(0.90).margin(0.004));
  CHECK(lane_share("CN", "electronics", on("s301_list_3")) == Approx(0.17).margin(0.01));
  const auto both = [&](const TariffLine& l) { return on("autos")(l) && on("heavy_trucks")(l); };
  CHECK(lane_share("MX", "motor_vehicles", both) == 0);
}

TEST_CASE("exposures to Section 232 match the published ones", "[policy][regime]") {
  // Value of U.S. imports by sector, million USD, January-February 2025 (USITC DataWeb via
  // tariff-rate-tracker); exposures in % of value as published for 2025: (MX, CA) vehicles, parts,
  // metals annexes.
  const std::map<std::string, std::map<std::string, double>> value{
      {"MX",
       {{"agri_food", .1092},
        {"auto_parts", .1316},
        {"chemicals_plastics", .0351},
        {"electrical_equipment", .0856},
        {"electronics", .1890},
        {"energy_minerals", .0511},
        {"machinery", .0904},
        {"medical_and_instruments", .0464},
        {"metals", .0365},
        {"motor_vehicles", .1700},
        {"other_manufacturing", .0321},
        {"other_transport", .0099},
        {"textiles_apparel", .0131}}},
      {"CA",
       {{"agri_food", .0986},
        {"auto_parts", .0378},
        {"chemicals_plastics", .0910},
        {"electrical_equipment", .0200},
        {"electronics", .0096},
        {"energy_minerals", .4006},
        {"machinery", .0653},
        {"medical_and_instruments", .0120},
        {"metals", .0806},
        {"motor_vehicles", .0859},
        {"other_manufacturing", .0669},
        {"other_transport", .0278},
        {"textiles_apparel", .0043}}}};
  const auto exposure = [&](const std::string& origin, std::vector<std::string> lists,
                            std::vector<std::string> without) {
    Bits in = 0, out = 0;
    for (const auto& l : lists)
      in |= bit(index_of(history().data().lists, l));
    for (const auto& l : without)
      out |= bit(index_of(history().data().lists, l));
    double sum = 0;
    for (const auto& [code, weight] : value.at(origin))
      sum += weight * lane_share(origin, code, [&](const TariffLine& l) {
               return (l.lists & in) && !(l.lists & out);
             });
    return 100 * sum;
  };
  const std::vector<std::string> vehicles{"autos", "heavy_trucks"},
      parts{"auto_parts", "truck_parts"},
      annexes{"metals_annex_1a", "metals_annex_1b", "metals_annex_3"};
  const std::vector<std::string> covered{"autos", "heavy_trucks", "auto_parts", "truck_parts"};
  CHECK(exposure("MX", vehicles, {}) == Approx(15.7).margin(1.2));
  CHECK(exposure("CA", vehicles, {}) == Approx(8.3).margin(1.2));
  // The parts lists are an upper bound (14.1 and 4.8): what pays is below.
  CHECK(exposure("MX", parts, {}) < 14.1);
  CHECK(exposure("MX", parts, {}) > 0.75 * 14.1);
  CHECK(exposure("CA", parts, {}) < 4.8);
  CHECK(exposure("MX", annexes, covered) == Approx(1.8 + 8.3 + 1.0).margin(1.5));
  CHECK(exposure("CA", annexes, covered) == Approx(5.7 + 3.3 + 1.1).margin(2.0));
}

TEST_CASE("agreements, relief, observation and levers of a month", "[policy][regime]") {
  const auto june = history().compile({2025, 6}), july = history().compile({2025, 7});
  const auto us = region("US").index();
  CHECK(june.recorded_free[us] == 0);
  CHECK(july.recorded_free[us] == 1);
  CHECK(june.recorded_free[region("CN").index()] == 1);
  REQUIRE(june.agreements.size() == 1);
  const auto& usmca = june.agreements[0];
  CHECK(usmca.in_force);
  CHECK(contains(usmca.members, us));
  CHECK_FALSE(contains(usmca.members, region("CN").index()));
  for (std::size_t s = 0; s < usmca.rules.size(); ++s)
    CHECK(usmca.rules[s].empty() == !contains(world_names().goods, s));
  const auto* car = usmca.rule(sector("motor_vehicles"), 0.1F);
  REQUIRE(car != nullptr);
  CHECK(car->name == "cars");
  CHECK(usmca.rule(sector("motor_vehicles"), 0.95F)->name == "heavy trucks 64");
  // High-wage regions by the world's data: not Mexico.
  const auto& labour = car->any_of[0].all_of.back();
  CHECK(labour.includes_own_value);
  CHECK(contains(labour.counting_regions, us));
  CHECK_FALSE(contains(labour.counting_regions, region("MX").index()));
  CHECK(june.relief[region("MX").index() * 2 + 1].share_of_exports > 0);
  CHECK(june.levers.demand[us * world_names().sectors.size() + sector("electronics").index()] > 1);
  CHECK(history().compile({2024, 6}).levers.demand[us * world_names().sectors.size() +
                                                   sector("electronics").index()] == 1);
}

TEST_CASE("without the tariffs of 2025 nothing changes after it began", "[policy][regime]") {
  const auto calm = read_scenario("configs/scenarios/no_2025_tariffs.toml");
  const auto before = history().compile({2024, 12});
  const auto at_start = calm.compile({2025, 2});
  CHECK(calm.compile({2026, 12}).duties == at_start.duties);
  CHECK(calm.compile({2024, 12}).duties == before.duties);
  CHECK(calm.compile({2025, 6}).recorded_free[region("US").index()] == 0);
  CHECK(calm.compile({2025, 7}).recorded_free[region("US").index()] == 1);
  // Between December 2024 and then only the Section 301 step of 1 January changed.
  for (std::size_t row = 0; row < before.duties.rows(); ++row)
    for (std::size_t a = 0; a < before.duties.authorities(); ++a) {
      if (a == authority("section_301")) continue;
      CHECK(before.duties.by_authority(row, ProgrammeId{0})[a].full ==
            at_start.duties.by_authority(row, ProgrammeId{0})[a].full);
    }
}

TEST_CASE("a frozen policy changes nothing", "[policy][regime]") {
  const auto frozen = read_scenario("configs/scenarios/frozen_policy.toml");
  const auto first = frozen.compile({2024, 1}), history_first = history().compile({2024, 1});
  CHECK(first.duties == history_first.duties);
  for (const Month month : {Month{2024, 7}, Month{2025, 7}, Month{2026, 12}}) {
    const auto later = frozen.compile(month);
    CHECK(later.duty_state == first.duty_state);
    CHECK(later.duties == first.duties);
    CHECK(later.recorded_free == first.recorded_free);
    CHECK(later.belief == first.belief);
    CHECK(later.levers.demand == first.levers.demand);
    const auto name = [&](const MonthPolicy& m) {
      return m.agreements[0].rule(sector("motor_vehicles"), 0.95F)->name;
    };
    CHECK(name(later) == name(first));
  }
}

TEST_CASE("removing a measure never raises what another takes, unless it displaced or capped it",
          "[policy][regime]") {
  CHECK(rc::check([] {
    auto data = history().data();
    const auto gone = *rc::gen::inRange<std::size_t>(0, data.measures.size());
    const auto removed = data.measures[gone];
    const Month month = Month{2018, 1} + *rc::gen::inRange(0, 12 * 9);
    const Date day{month.year(), month.month(), *rc::gen::inRange(1, 29)};
    const auto importer = *rc::gen::inRange<std::size_t>(0, data.regions.size());
    const auto origin = *rc::gen::inRange<std::size_t>(0, data.regions.size());
    Good good;
    good.sector = SectorId{*rc::gen::inRange<std::size_t>(0, data.sectors.size())};
    good.mfn_rate = static_cast<float>(*rc::gen::inRange(0, 40)) / 100;
    good.lists = *rc::gen::arbitrary<Bits>() & (bit(data.lists.size()) - 1);
    good.claim = *rc::gen::inRange(0, 2);
    const auto rates = [&](const std::vector<Measure>& measures) {
      std::map<std::string, float> out;
      const LaneStack stack{measures, data.stacking, importer, origin, day};
      stack.evaluate(good, [&](std::size_t i, const Outcome& o) {
        RC_ASSERT(o.rate.full >= 0 && o.rate.content >= 0 && o.base >= 0 && o.base <= 1);
        RC_ASSERT(o.rate.full == 0 || o.rate.content == 0);
        out[stack.entries()[i].measure->name] += o.rate.full + o.rate.content;
      });
      return out;
    };
    const auto before = rates(data.measures);
    // Groups that gain when it goes: those it displaced, and, since they displace in turn, any of
    // the chain.
    Bits freed = bit(removed.group);
    for (int round = 0; round < 8; ++round)
      for (const auto& rule : data.stacking)
        if (rule.in_force(day) && (rule.displacing & freed)) freed |= rule.displaced;
    std::map<std::string, const Measure*> of;
    for (const auto& m : data.measures)
      of[m.name] = &m;
    auto rest = data.measures;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(gone));
    for (const auto& [name, rate] : rates(rest)) {
      const auto& m = *of.at(name);
      const bool may_rise =
          contains(freed, m.group) || (m.all_in_with && contains(freed, *m.all_in_with));
      RC_ASSERT(may_rise || rate <= before.at(name) + 1e-6F);
    }
  }));
}
