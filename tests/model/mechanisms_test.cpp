// Each mechanism acts through its channel and only there; a world at rest stays as it is.
#include "agents/candidates.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;

namespace {

double cause(const MonthRecord& m, std::size_t lane, ClaimCause c) {
  return m.claim_change[lane][static_cast<std::size_t>(c)];
}

/// Imports of a lane over twelve months up to `last`.
double yearly(const std::vector<MonthRecord>& months, const WorldTable& w, std::size_t o,
              std::size_t d, std::size_t last) {
  double sum = 0;
  for (std::size_t t = last + 1 - 12; t <= last; ++t)
    sum += double(trade_between(months[t], w, o, d));
  return sum;
}

constexpr Span kShort{1500, {2025, 1}, {2025, 12}, 6};

} // namespace

TEST_CASE("observation off: every claim is recorded, and nothing else moves",
          "[model][mechanisms]") {
  auto s = over(shipped(kHistory), {1500, {2025, 5}, {2025, 8}, 3});
  const auto on = run_months(s);
  s.switches.observation = false;
  const auto off = run_months(s);
  std::int64_t hidden = 0;
  for (std::size_t t = 0; t < on.size(); ++t) {
    CHECK(on[t].trade == off[t].trade);
    for (std::size_t i = 0; i < on[t].claims.size(); ++i) {
      CHECK(off[t].claims[i].recorded == off[t].claims[i].claimed);
      CHECK(on[t].claims[i].claimed == off[t].claims[i].claimed);
      hidden += on[t].claims[i].claimed - on[t].claims[i].recorded;
      if (on[t].month >= Month{2025, 7}) CHECK(on[t].claims[i].recorded == on[t].claims[i].claimed);
    }
  }
  CHECK(hidden > 0);
}

TEST_CASE("claims off: desks stay as they were, with 2025's tariffs", "[model][mechanisms]") {
  auto s = over(shipped(kHistory), {1500, {2025, 1}, {2025, 8}, 6});
  const auto moved = [](const Scenario& scenario) {
    Simulation sim{scenario, true};
    sim.spin_up();
    const auto before = sim.firms().desk_state;
    for (int t = 0; t < 8; ++t)
      (void)sim.step();
    std::size_t n = 0;
    for (std::size_t k = 0; k < before.size(); ++k)
      n += before[k] != sim.firms().desk_state[k];
    return n;
  };
  CHECK(moved(s) > 20);
  s.switches.claims = false;
  CHECK(moved(s) == 0);
}

TEST_CASE("re-sourcing off: no link moves to another region", "[model][mechanisms]") {
  auto s = over(shipped(kHistory), {4000, {2025, 1}, {2026, 6}, 6});
  const auto& w = *s.world;
  const std::size_t mx = region_index(w, "MX"), ca = region_index(w, "CA"),
                    us = region_index(w, "US");
  const auto moved = [&](const Scenario& scenario, double& resourcing) {
    Simulation sim{scenario, true};
    sim.spin_up();
    const auto& firms = sim.firms();
    const auto suppliers = firms.supplier;
    for (int t = 0; t < 18; ++t) {
      const auto& month = sim.step();
      for (const auto o : {mx, ca})
        resourcing = std::max(resourcing, cause(month, o * w.R() + us, ClaimCause::resourcing));
    }
    int n = 0;
    for (std::size_t l = 0; l < suppliers.size(); ++l)
      n += firms.region[suppliers[l]] != firms.region[firms.supplier[l]];
    return n;
  };
  double on = 0, off = 0;
  CHECK(moved(s, on) > 50);
  CHECK(on > 0);
  // Contracts that end are still replaced in their origin, by sellers of another status perhaps:
  // the cause named re-sourcing is not zero.
  s.switches.resourcing = false;
  CHECK(moved(s, off) == 0);
  INFO("largest rise from re-sourcing: on " << on << ", off " << off);
  CHECK(off < 0.05);
}

TEST_CASE("dearer energy in a region raises its prices, most where energy weighs most",
          "[model][mechanisms]") {
  const auto live = extended(
      lever("energy_cost", "regions = [\"MX\"]\nfrom = 2025-02-01\nfactor = 1.5"), kNoTariffs);
  const auto still = run_months(over(shipped(kNoTariffs), kShort));
  const auto dear = run_months(over(live, kShort));
  const auto& w = *live.world;
  const std::size_t mx = region_index(w, "MX"), S = w.S();
  CHECK(difference(still[0], dear[0]) == "");
  const auto rise = [&](std::size_t sector) {
    return dear.back().price_index[mx * S + sector] / still.back().price_index[mx * S + sector] - 1;
  };
  const double metals = rise(sector_index(w, "metals")),
               electronics = rise(sector_index(w, "electronics"));
  INFO("metals " << metals << ", electronics " << electronics);
  CHECK(metals > 0.005);
  CHECK(metals > electronics);
  CHECK(dear.back().employment[mx * S + sector_index(w, "metals")] <
        still.back().employment[mx * S + sector_index(w, "metals")]);
}

TEST_CASE("a dearer border lowers trade across it and not the other lanes", "[model][mechanisms]") {
  const auto s =
      extended(lever("border_cost",
                     "origins = [\"MX\"]\nregions = [\"US\"]\nfrom = 2025-02-01\nfactor = 1.10"),
               kNoTariffs);
  const auto& w = *s.world;
  const std::size_t mx = region_index(w, "MX"), us = region_index(w, "US"),
                    eu = region_index(w, "EU"), cn = region_index(w, "CN");
  const auto still = run_months(over(shipped(kNoTariffs), {3000, {2025, 1}, {2026, 6}, 6}));
  const auto dear = run_months(over(s, {3000, {2025, 1}, {2026, 6}, 6}));
  const auto change = [&](std::size_t o, std::size_t d) {
    return yearly(dear, w, o, d, 17) / yearly(still, w, o, d, 17) - 1;
  };
  INFO("MX to US " << change(mx, us) << ", CN to EU " << change(cn, eu) << ", CN to US "
                   << change(cn, us));
  CHECK(change(mx, us) < -0.03);
  CHECK(std::abs(change(cn, eu)) < 0.01);
  CHECK(change(cn, us) > change(mx, us) + 0.03);
}

TEST_CASE("a wider search moves suppliers of small firms where it is offered",
          "[model][mechanisms]") {
  auto still = over(shipped(kNoTariffs), kShort);
  auto wide =
      over(extended(lever("search_small", "regions = [\"MX\"]\nfrom = 2025-02-01\nfactor = 3"),
                    kNoTariffs),
           kShort);
  const auto& w = *wide.world;
  const std::size_t mx = region_index(w, "MX");
  Simulation a{still, true}, b{wide, true};
  a.spin_up();
  b.spin_up();
  const bool same = a.firms().supplier == b.firms().supplier;
  REQUIRE(same);
  const auto before = a.firms().supplier;
  for (int t = 0; t < 12; ++t) {
    (void)a.step();
    (void)b.step();
  }
  const double small = b.context().parameters->small_firm_sales;
  std::array<int, 2> mexican_small{}, mexican_large{};
  const auto seen_by_all = static_cast<std::size_t>(b.context().parameters->candidates);
  int through_platform = 0, through_platform_abroad = 0;
  for (std::size_t f = 0; f < a.firms().firms(); ++f)
    if (a.firms().region[f] == mx)
      for (std::size_t l = a.firms().link_begin(f); l < a.firms().link_end(f); ++l) {
        auto& n = double(a.firms().real_sales[f]) < small ? mexican_small : mexican_large;
        n[0] += a.firms().supplier[l] != before[l];
        n[1] += b.firms().supplier[l] != before[l];
        const auto place = b.firms().position[l];
        if (place < seen_by_all || place == kBestPlace) continue;
        ++through_platform;
        through_platform_abroad += b.firms().region[b.firms().supplier[l]] != mx;
      }
  INFO("links moved: small firms " << mexican_small[0] << " and " << mexican_small[1] << ", large "
                                   << mexican_large[0] << " and " << mexican_large[1]);
  CHECK(mexican_small[1] > mexican_small[0]);
  CHECK(through_platform > 0);
  CHECK(through_platform_abroad == 0); // only Mexico runs it
  CHECK(std::abs(mexican_large[1] - mexican_large[0]) <= std::max(3, mexican_large[0] / 10));
}

TEST_CASE("cheap entry brings firms where demand presses", "[model][mechanisms]") {
  const std::string boom =
      lever("demand", "sectors = [\"electronics\"]\nfrom = 2025-02-01\nfactor = 1.6");
  const std::string cheap = "[[lever]]\nname = \"entry\"\nkind = \"entry_cost\"\nsource = "
                            "\"test\"\nregions = [\"MX\"]\nfrom = 2025-02-01\nfactor = 0.1\n";
  const Span span{3000, {2025, 1}, {2026, 6}, 6};
  const auto run = [&](const std::string& levers) {
    auto s = over(extended(levers, kNoTariffs), span);
    s.parameters.dormant_share = 0.3; // so that every group of firms has potential entrants
    return run_months(s);
  };
  const auto dear = run(boom), with = run(boom + cheap);
  const auto& w = *shipped(kNoTariffs).world;
  const std::size_t at = region_index(w, "MX") * w.S() + sector_index(w, "electronics");
  const auto gained = [&](const std::vector<MonthRecord>& m) {
    return m.back().active_firms[at] - m.front().active_firms[at];
  };
  INFO("entrants " << gained(dear) << " and with promotion " << gained(with));
  CHECK(gained(with) > gained(dear));
  CHECK(with.back().capacity_utilisation[at] > 0.5);
}

TEST_CASE("a supply stop stops its sector, those that depend on it, and ends",
          "[model][mechanisms]") {
  const auto s = extended(lever("capacity", "regions = [\"TW\"]\nsectors = [\"electronics\"]\nfrom "
                                            "= 2025-03-01\nfactor = 0\nuntil = 2025-09-01"),
                          kNoTariffs);
  const Span span{3000, {2025, 1}, {2026, 6}, 6};
  const auto still = run_months(over(shipped(kNoTariffs), span));
  const auto stop = run_months(over(s, span));
  const auto& w = *s.world;
  const std::size_t tw = region_index(w, "TW"), el = sector_index(w, "electronics"), S = w.S();
  const auto ratio = [&](std::size_t t, std::size_t region, std::size_t sector) {
    return double(stop[t].gross_output[region * S + sector]) /
           double(still[t].gross_output[region * S + sector]);
  };
  CHECK(difference(still[1], stop[1]) == "");
  for (std::size_t t = 2; t < 8; ++t)
    CHECK(stop[t].gross_output[tw * S + el] == 0);
  double worst = 1;
  std::string where;
  for (std::size_t r = 0; r < w.R(); ++r)
    if (r != tw && ratio(7, r, el) < worst) {
      worst = ratio(7, r, el);
      where = w.regions[r].code;
    }
  INFO("worst hit user: electronics of " << where << " " << worst);
  CHECK(worst < 0.97);
  INFO("Taiwan's electronics after a year: " << ratio(17, tw, el));
  INFO("two months after the stop: " << ratio(9, tw, el));
  CHECK(ratio(9, tw, el) > 0.5); // what lasts is the loss of customers who qualified others
  CHECK(ratio(17, tw, el) > 0.3);
  double world_stop = 0, world_still = 0;
  for (std::size_t r = 0; r < w.R(); ++r) {
    world_stop += double(stop[17].gross_output[r * S + el]);
    world_still += double(still[17].gross_output[r * S + el]);
  }
  CHECK(world_stop / world_still > 0.97);
}

TEST_CASE("closures run and differ", "[model][mechanisms]") {
  auto s = over(shipped(kHistory), kShort);
  std::vector<MonthRecord> last;
  for (const auto closure :
       {Closure::fixed_wage, Closure::labour_supply, Closure::balanced_trade}) {
    s.run.closure = closure;
    last.push_back(run_months(s).back());
  }
  CHECK_FALSE(same_bits(last[0].price_index, last[1].price_index));
  CHECK_FALSE(same_bits(last[0].price_index, last[2].price_index));
  CHECK_FALSE(same_bits(last[1].price_index, last[2].price_index));
}

namespace {

/// Largest distance of the claim share in the U.S. from its mean of 2024, to the end of 2026.
double distance_without_tariffs(const char* exporter, double& mean) {
  const auto s = over(shipped(kNoTariffs), {10'000, {2024, 1}, {2026, 12}, 24});
  const auto& w = *s.world;
  const auto months = run_months(s);
  const std::size_t us = region_index(w, "US"), o = region_index(w, exporter);
  mean = 0;
  for (std::size_t t = 0; t < 12; ++t)
    mean += claim_share(months[t], w, o, us) / 12;
  double worst = 0;
  for (const auto& m : months)
    worst = std::max(worst, std::abs(claim_share(m, w, o, us) - mean));
  return worst;
}

} // namespace

TEST_CASE("without the tariffs of 2025 Mexico's claim share stays near its mean of 2024",
          "[model][mechanisms]") {
  double mean = 0;
  const double worst = distance_without_tariffs("MX", mean);
  INFO("2024 " << 100 * mean << " %, largest distance " << 100 * worst << " points");
  CHECK(worst <= 0.03);
}

TEST_CASE("without the tariffs of 2025 Canada's claim share stays near its mean of 2024",
          "[long][model][mechanisms]") {
  double mean = 0;
  const double worst = distance_without_tariffs("CA", mean);
  INFO("2024 " << 100 * mean << " %, largest distance " << 100 * worst << " points");
  CHECK(worst <= 0.03);
}

namespace {

/// What drifts by more than 2 % in three years of frozen policy, one a line: flows between two
/// regions, or outputs of regions and sectors and claim shares.
std::string drifts_of_frozen_policy(bool between_regions) {
  const auto s = over(shipped(kFrozen), {10'000, {2024, 1}, {2026, 12}, 24});
  const auto& w = *s.world;
  const auto months = run_months(s);
  const auto drift = [&](const auto& of) {
    double first = 0, last = 0;
    for (std::size_t t = 0; t < 3; ++t) {
      first += of(months[t]);
      last += of(months[33 + t]);
    }
    return last / first - 1;
  };
  std::string table;
  const auto check = [&](const std::string& what, double d) {
    if (std::abs(d) > 0.02) table += what + " " + std::to_string(100 * d) + " %\n";
  };
  for (std::size_t o = 0; o < w.R(); ++o) {
    if (!between_regions)
      check("output " + w.regions[o].code,
            drift([&](const auto& m) { return double(output_of(m, w, o)); }));
    for (std::size_t d = 0; between_regions && d < w.R(); ++d)
      if (o != d && double(trade_between(months[0], w, o, d)) / kCentsPerMillion > 5000)
        check("trade " + w.regions[o].code + "-" + w.regions[d].code,
              drift([&](const auto& m) { return double(trade_between(m, w, o, d)); }));
  }
  if (between_regions) return table;
  for (std::size_t q = 0; q < w.S(); ++q)
    check("world output " + w.sectors[q].code, drift([&](const auto& m) {
            double sum = 0;
            for (std::size_t r = 0; r < w.R(); ++r)
              sum += double(m.gross_output[r * w.S() + q]);
            return sum;
          }));
  const std::size_t us = region_index(w, "US");
  for (const auto* from : {"MX", "CA"})
    check(std::string{"claim share "} + from,
          drift([&](const auto& m) { return claim_share(m, w, region_index(w, from), us); }));
  return table;
}

} // namespace

TEST_CASE("with frozen policy no output and no claim share drifts by more than 2 % in three years",
          "[long][model][mechanisms]") {
  CHECK(drifts_of_frozen_policy(false) == "");
}

// Open: flows that few links carry drift further.
TEST_CASE("with frozen policy no flow between regions drifts by more than 2 % in three years",
          "[.open][long][model][mechanisms]") {
  CHECK(drifts_of_frozen_policy(true) == "");
}

TEST_CASE("response to a permanent tariff of 10 % on one origin",
          "[long][model][mechanisms][elasticity]") {
  // The tariff begins a month after the start: what is in force at the start belongs to the base
  // year.
  const Span span{10'000, {2024, 12}, {2032, 1}, 24};
  const auto base = run_months(over(shipped(kNoTariffs), span), false);
  for (const auto& [from, to] : {std::pair{"EU", "US"}, {"JP", "US"}, {"CN", "US"}, {"CN", "EU"}}) {
    const auto taxed = run_months(
        over(extended(
                 std::string{"[[measure]]\nname=\"test "
                             "tariff\"\nauthority=\"section_122\"\ngroup=\"s122\"\nimporters=[\""} +
                     to + "\"]\norigins=[\"" + from +
                     "\"]\nfrom=2025-01-01\nrate=0.10\noriginating=\"none\"\nsource="
                     "\"test\"\nconfidence=\"L\"\n",
                 kNoTariffs),
             span),
        false);
    const auto& w = *shipped(kNoTariffs).world;
    const std::size_t o = region_index(w, from), d = region_index(w, to);
    const auto response = [&](std::size_t month) {
      double a = 0, b = 0;
      for (std::size_t t = month; t <= month + 2; ++t) {
        a += double(trade_between(taxed[t], w, o, d));
        b += double(trade_between(base[t], w, o, d));
      }
      return std::log(a / b) / std::log(1.10);
    };
    WARN(from << " to " << to << ": elasticity after 12 months " << response(12) << ", after 84 "
              << response(84));
    CHECK(response(12) < -0.3);
    CHECK(response(84) < response(12));
  }
}
