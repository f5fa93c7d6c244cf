// A month's books and stocks, recomputed firm by firm from what was ordered, made and sold.
#include "agents/content.hpp"
#include "agents/prices.hpp"
#include "agents/sourcing.hpp"
#include "sim/closure.hpp"
#include "sim/production.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;

namespace {

Scenario tariffs_of_2025() {
  return over(shipped(kHistory), {2000, {2025, 5}, {2025, 6}, 3});
}

} // namespace

TEST_CASE("claims of a lane are sums over its firms and tariff lines", "[model][accounts]") {
  Simulation sim{tariffs_of_2025(), true};
  sim.spin_up();
  const auto& month = sim.step();
  const auto& firms = sim.firms();
  const auto& ledger = sim.market().ledger();
  const auto& m = sim.context();
  const std::size_t R = firms.R, S = firms.S, L = m.lines->size();
  CHECK(m.policy->month == month.month); // the law of the month itself
  std::vector<LaneClaims> hand(R * R * S);
  std::vector<std::int64_t> claimed_of_line(L * R, 0);
  for (std::size_t f = 0; f < firms.firms(); ++f)
    for (std::size_t d = 0; d < R; ++d) {
      const std::size_t o = firms.region[f];
      const auto value = ledger.inputs[f * R + d] + ledger.final_goods[f * R + d];
      if (o == d || value == 0) continue;
      auto& lane = hand[(o * R + d) * S + firms.sector[f]];
      const bool free = (*m.lines)[firms.line[f]].mfn_free;
      lane.trade += value;
      if (!free) lane.dutiable += value;
      const auto slot = m.lanes->slot(o, d);
      if (slot == Lanes::kNone) continue;
      const bool claims = contains(firms.card[f].claims, slot);
      if (claims || contains(firms.card[f].origin, m.lanes->programme(o, d).index() - 1))
        lane.qualifying += value;
      if (!claims) continue;
      lane.claimed += value;
      if (!free) lane.dutiable_claimed += value;
      claimed_of_line[firms.line[f] * R + d] += value;
    }
  bool some_hidden = false;
  for (std::size_t l = 0; l < L; ++l)
    for (std::size_t d = 0; d < R; ++d) {
      const auto& line = (*m.lines)[l];
      const auto claimed = claimed_of_line[l * R + d];
      const double shown = line.mfn_free ? double(m.policy->recorded_free[d]) : 1;
      some_hidden = some_hidden || (claimed > 0 && shown < 1);
      hand[(line.origin.index() * R + d) * S + line.sector.index()].recorded +=
          std::llround(double(claimed) * shown);
    }
  CHECK(some_hidden); // else nothing would tell lines apart
  CHECK(same_bits(hand, month.claims));
}

TEST_CASE("what sellers book is what they make, short deliveries and diverted orders too",
          "[model][accounts]") {
  const auto stop = extended("[[lever]]\nname = \"stop\"\nkind = \"capacity\"\n"
                             "regions = [\"CN\"]\nsectors = [\"electronics\"]\n"
                             "from = 2025-05-01\nfactor = 0.5\nsource = \"exercise\"\n");
  Simulation sim{over(stop, {2000, {2025, 5}, {2025, 6}, 3}), true};
  sim.spin_up();
  sim.step();
  const auto& firms = sim.firms();
  int fell_short = 0;
  double worst = 0;
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    const double made = firms.output[f] * double(firms.card[f].price);
    fell_short += firms.fill[f] < 1;
    if (made > 1e7) worst = std::max(worst, std::abs(double(firms.sales(f)) / made - 1));
  }
  CHECK(fell_short > 0);
  CHECK(worst < 1e-5); // each order is rounded to a cent
}

TEST_CASE("stocks: what was there, less what was used, and what was ordered", "[model][accounts]") {
  Simulation sim{tariffs_of_2025(), true};
  sim.spin_up();
  const auto before = sim.firms().stock;
  sim.step();
  const auto& firms = sim.firms();
  int looked_at = 0;
  double worst = 0;
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    // Without deliveries that fell short, and without orders of others' customers.
    bool plain = firms.active[f] != 0 && firms.fill[f] == 1 && firms.output[f] == firms.demand[f];
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
      plain = plain && firms.fill[firms.supplier[l]] == 1;
    if (!plain) continue;
    for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
      const double used = units_of_input(firms, i) * firms.output[f];
      const double expected = std::max(0.0, double(before[i]) - used) + double(firms.ordered[i]);
      worst = std::max(worst, std::abs(double(firms.stock[i]) - expected) / (1 + expected));
      ++looked_at;
    }
  }
  CHECK(looked_at > 1000);
  CHECK(worst < 1e-6);
}

TEST_CASE("content: that of suppliers by their share of the price, own value to the own region",
          "[model][accounts]") {
  Simulation sim{tariffs_of_2025()};
  sim.spin_up();
  auto firms = sim.firms();
  firms.next_card = firms.card;
  update_content(firms, 0, firms.firms());
  double worst = 0;
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    std::vector<double> hand(firms.R, 0);
    double inputs = 0;
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l) {
      const auto s = firms.supplier[l];
      const double share =
          double(firms.units[l]) * double(firms.card[s].price) / double(firms.card[f].price);
      inputs += share;
      for (std::size_t r = 0; r < firms.R; ++r)
        hand[r] += share * double(firms.content[s * firms.content_row + r]);
    }
    const double scale = std::max(1.0, inputs); // sold below cost: nothing of its own
    hand[firms.region[f]] += std::max(0.0, 1 - inputs) * scale;
    for (std::size_t r = 0; r < firms.R; ++r)
      worst = std::max(
          worst, std::abs(double(firms.next_content[f * firms.content_row + r]) - hand[r] / scale));
  }
  CHECK(worst < 1e-5);
}

TEST_CASE("a supplier delivers when its lead time is over, not before", "[model][decisions]") {
  Simulation sim{tariffs_of_2025()};
  sim.spin_up();
  sim.step();
  auto firms = sim.firms();
  firms.next_card = firms.card;
  firms.pending = firms.supplier;
  std::fill(firms.lead.begin(), firms.lead.end(), std::uint8_t{0});
  auto m = sim.context();
  auto parameters = *m.parameters;
  parameters.review_rate = parameters.shortage_review = 0; // nobody looks for others
  m.parameters = &parameters;
  // An active firm with a supplier beside which there is another active seller of its kind.
  std::size_t f = 0, l = 0;
  std::uint32_t other = 0;
  for (; f < firms.firms() && other == 0; ++f)
    for (l = firms.link_begin(f); firms.active[f] && l < firms.link_end(f); ++l) {
      const auto s = firms.supplier[l];
      if (s + 1 >= firms.firms() || firms.region[s + 1] != firms.region[s] ||
          firms.sector[s + 1] != firms.sector[s] || !firms.active[s + 1])
        continue;
      other = s + 1;
      break;
    }
  REQUIRE(other > 0);
  --f;
  const auto first = firms.supplier[l];
  firms.position[l] = 0; // the same match before and after
  const float units = firms.units[l];
  firms.lead[f] = 2;
  firms.pending[l] = other;
  firms.pending_position[l] = 0;
  review_suppliers(m, firms, 0, firms.firms());
  CHECK(firms.supplier[l] == first);
  CHECK(firms.lead[f] == 1);
  review_suppliers(m, firms, 0, firms.firms());
  CHECK(firms.supplier[l] == other);
  CHECK(firms.pending[l] == other);
  CHECK(firms.lead[f] == 0);
  CHECK(firms.age[l] == 0);
  const auto factor = [&](std::uint32_t s) {
    return base_delivery_factor(m, firms, firms.next_card[s], s, firms.region[f],
                                firms.duty_borne[f]);
  };
  CHECK(firms.units[l] == Approx(units * factor(first) / factor(other)));
}

TEST_CASE("factor cost by closure, by hand", "[model][closure]") {
  Parameters p;
  p.labour_supply_elasticity = 0.5;
  p.balance_response = 2;
  p.factor_cost_adjustment = 0.25;
  auto month = empty_record(2, 2, 1, 1);
  month.employment = {1.1, 1.2, 0.9, 0.9};
  Economy economy{2, 2};
  economy.base_value_added = {3, 1, 2, 2};
  economy.balance = {0.05, -0.05};
  economy.base_balance = {0.02, 0.01};
  auto fixed = economy;
  update_factor_cost(Closure::fixed_wage, p, month, fixed);
  CHECK(fixed.factor_cost == std::vector<double>{1, 1});
  // Use of factors 4.5 / 4 and 0.9 of the base: squared, and a quarter of the way.
  auto supply = economy;
  update_factor_cost(Closure::labour_supply, p, month, supply);
  CHECK(supply.factor_cost[0] == Approx(1 + 0.25 * (1.125 * 1.125 - 1)));
  CHECK(supply.factor_cost[1] == Approx(1 + 0.25 * (0.81 - 1)));
  // A surplus 3 points above the base year's makes factors 6 % dearer; a deficit, cheaper.
  auto balanced = economy;
  update_factor_cost(Closure::balanced_trade, p, month, balanced);
  CHECK(balanced.factor_cost[0] == Approx(1 + 0.25 * 0.06));
  CHECK(balanced.factor_cost[1] == Approx(1 - 0.25 * 0.12));
  balanced.balance[0] = 100; // bounded: five times the base
  balanced.factor_cost[0] = 1;
  update_factor_cost(Closure::balanced_trade, p, month, balanced);
  CHECK(balanced.factor_cost[0] == Approx(2));
}
