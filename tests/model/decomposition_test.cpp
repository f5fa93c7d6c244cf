// Why a claim share changed: each cause where it must stand.
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

using namespace nearshore;
using namespace nearshore::test;

TEST_CASE("paperwork is what those claim who could have claimed before, or could still",
          "[model][decomposition]") {
  Simulation sim{over(shipped(kHistory), {6000, {2025, 1}, {2026, 6}, 3})};
  sim.spin_up();
  sim.step(); // the reference month
  const auto then = sim.firms();
  for (int t = 0; t < 16; ++t)
    sim.step();
  const auto& month = sim.step();
  const auto& now = sim.firms();
  const auto& m = sim.context();
  const std::size_t us = region_index(sim.world(), "US");
  double others = 0;
  for (const char* exporter : {"MX", "CA"}) {
    const std::size_t o = region_index(sim.world(), exporter), slot = m.lanes->slot(o, us),
                      agreement = m.lanes->programme(o, us).index() - 1;
    double all_then = 0, all_now = 0, hand = 0;
    const auto each_desk = [&](auto&& visit) {
      for (std::size_t f = 0; f < now.firms(); ++f)
        for (std::size_t k = now.first_desk[f]; k < now.first_desk[f + 1]; ++k)
          if (now.region[f] == o && now.desk_importer[k] == us) visit(f);
    };
    each_desk([&](std::size_t f) {
      all_then += double(then.sales(f, us));
      all_now += double(now.sales(f, us));
    });
    each_desk([&](std::size_t f) {
      const double w0 = double(then.sales(f, us)) / all_then,
                   w1 = double(now.sales(f, us)) / all_now;
      const bool c0 = contains(then.card[f].claims, slot), c1 = contains(now.card[f].claims, slot);
      if (w0 == 0 || w1 == 0 || c0 == c1) return;
      if (contains((c1 ? then : now).card[f].origin, agreement))
        hand += (w0 + w1) / 2 * (double(c1) - double(c0));
    });
    const auto& causes = month.claim_change[o * now.R + us];
    CHECK(causes[static_cast<std::size_t>(ClaimCause::paperwork)] == Approx(hand).margin(1e-12));
    others += std::abs(causes[static_cast<std::size_t>(ClaimCause::inherited)]) +
              std::abs(causes[static_cast<std::size_t>(ClaimCause::resourcing)]);
  }
  CHECK(others > 0); // else the distinction would not matter
}

TEST_CASE("what firms that begin or cease to sell bring is entry and exit",
          "[model][decomposition]") {
  const std::string boom =
      lever("demand", "sectors = [\"electronics\"]\nfrom = 2025-02-01\nfactor = 1.6");
  const std::string cheap = "[[lever]]\nname = \"entry\"\nkind = \"entry_cost\"\nsource = "
                            "\"test\"\nregions = [\"MX\"]\nfrom = 2025-02-01\nfactor = 0.1\n";
  auto s = over(extended(boom + cheap, kNoTariffs), {3000, {2025, 1}, {2026, 6}, 6});
  s.parameters.dormant_share = 0.3;
  Simulation sim{s};
  sim.spin_up();
  sim.step(); // the reference month
  const auto then = sim.firms();
  for (int t = 0; t < 15; ++t)
    sim.step();
  const auto& month = sim.step();
  const auto& now = sim.firms();
  const auto& m = sim.context();
  const std::size_t mx = region_index(sim.world(), "MX"), us = region_index(sim.world(), "US"),
                    slot = m.lanes->slot(mx, us);
  struct Sums {
    double all{0}, claimed{0};
  } before, after;
  const auto each_seller = [&](auto&& visit) {
    for (std::size_t f = 0; f < now.firms(); ++f)
      for (std::size_t k = now.first_desk[f]; k < now.first_desk[f + 1]; ++k)
        if (now.region[f] == mx && now.desk_importer[k] == us) visit(f);
  };
  each_seller([&](std::size_t f) {
    before.all += double(then.sales(f, us));
    before.claimed += contains(then.card[f].claims, slot) ? double(then.sales(f, us)) : 0;
    after.all += double(now.sales(f, us));
    after.claimed += contains(now.card[f].claims, slot) ? double(now.sales(f, us)) : 0;
  });
  const double mean = (before.claimed / before.all + after.claimed / after.all) / 2;
  double hand = 0;
  int in_one_month = 0;
  each_seller([&](std::size_t f) {
    const double w0 = double(then.sales(f, us)) / before.all,
                 w1 = double(now.sales(f, us)) / after.all;
    if ((w0 == 0) == (w1 == 0)) return;
    ++in_one_month;
    hand += w1 * (double(contains(now.card[f].claims, slot)) - mean) -
            w0 * (double(contains(then.card[f].claims, slot)) - mean);
  });
  const auto& causes = month.claim_change[mx * now.R + us];
  INFO(in_one_month << " firms, " << hand);
  CHECK(in_one_month > 0);
  CHECK(hand != 0);
  CHECK(causes[static_cast<std::size_t>(ClaimCause::entry_exit)] == Approx(hand).margin(1e-12));
  CHECK(std::accumulate(causes.begin(), causes.end(), 0.0) ==
        Approx(after.claimed / after.all - before.claimed / before.all).margin(1e-12));
}
