// What stops a run: a firm whose values are no numbers is named with its pass, in every run.
#include "sim/invariants.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

/// A month of the market run again on a copy of a run's firms, with one value changed before.
struct Again {
  Scenario scenario{over(shipped(kHistory), {1500, {2025, 5}, {2025, 6}, 0})};
  Simulation sim{scenario, true};
  Population firms;
  MonthRecord record;

  Again() {
    sim.spin_up();
    record = sim.step();
    firms = sim.firms();
    firms.next_card = firms.card;
    firms.next_content = firms.content;
  }
  template <class Change> std::string refusal(Change&& change) {
    const Workers workers{2};
    Markets markets{workers, *sim.context().lanes, *sim.context().lines, firms};
    Accounts accounts{workers, firms.R, firms.S, sim.regime().programmes(),
                      sim.regime().data().authorities.size()};
    auto economy = sim.state();
    markets.trade(sim.context(), firms, economy);
    change(firms);
    try {
      accounts.record(sim.context(), firms, markets, economy, record);
    } catch (const Error& e) {
      CHECK(e.kind == ErrorKind::invariant);
      return e.what();
    }
    return "accepted";
  }
};

const auto kNan = std::numeric_limits<float>::quiet_NaN();

template <class Check> std::string refusal_of(Check&& check) {
  try {
    check();
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::invariant);
    return e.what();
  }
  return "accepted";
}

} // namespace

TEST_CASE("a value that is no number stops every run, with month, pass and firm",
          "[model][invariants]") {
  CHECK(Again{}.refusal([](Population&) {}) == "accepted");
  CHECK_THAT(Again{}.refusal([](Population& f) { f.output[812] = static_cast<double>(kNan); }),
             Contains("month 2025-05") && Contains("pass markets") && Contains("firm 812 (") &&
                 Contains("output = nan"));
  CHECK_THAT(Again{}.refusal([](Population& f) { f.capacity[7] = 1.0 / 0.0; }),
             Contains("pass capacity") && Contains("firm 7 (") && Contains("capacity = inf"));
  CHECK_THAT(Again{}.refusal([](Population& f) { f.unit_cost[31] = kNan; }),
             Contains("pass prices") && Contains("firm 31 ("));
  // What a pass wrote wrong is told before what later ones made of it.
  CHECK_THAT(Again{}.refusal([](Population& f) {
    f.unit_cost[31] = f.fill[31] = kNan;
    f.output[31] = static_cast<double>(kNan);
  }),
             Contains("pass prices"));
  // The first firm, whichever thread meets its cell first.
  CHECK_THAT(Again{}.refusal([](Population& f) {
    for (const std::size_t firm : {1400U, 900U, 200U})
      f.demand[firm] = static_cast<double>(kNan);
  }),
             Contains("firm 200 ("));
}

TEST_CASE("totals that do not add up stop every run", "[model][invariants]") {
  Again again;
  const auto& good = again.record;
  const std::size_t R = again.firms.R, S = again.firms.S;
  CHECK(refusal_of([&] { check_totals(good, R, S); }) == "accepted");
  auto wrong = good;
  ++wrong.gross_output[3];
  CHECK_THAT(refusal_of([&] { check_totals(wrong, R, S); }),
             Contains("pass accounts: output of") && Contains("region 0, sector 3"));
  wrong = good;
  wrong.trade[5] = -1;
  CHECK_THAT(refusal_of([&] { check_totals(wrong, R, S); }), Contains("trade is negative"));
  wrong = good;
  wrong.claims[1 * S].claimed = wrong.claims[1 * S].qualifying + 1;
  CHECK_THAT(refusal_of([&] { check_totals(wrong, R, S); }), Contains("claims are no part"));
  auto economy = again.sim.state();
  CHECK(refusal_of([&] { check_economy(economy, good.month); }) == "accepted");
  economy.factor_cost[2] = 0;
  CHECK_THAT(refusal_of([&] { check_economy(economy, good.month); }),
             Contains("factor cost of region 2"));
}

TEST_CASE("--check: every firm's state and the ownership of every link", "[model][invariants]") {
  Again again;
  const Month month{2025, 5};
  CHECK(refusal_of([&] { check_states(again.firms, month); }) == "accepted");
  const auto refuse = [&](auto&& change) {
    auto firms = again.firms;
    change(firms);
    return refusal_of([&] { check_states(firms, month); });
  };
  CHECK_THAT(refuse([](Population& f) { f.fill[3] = 1.5F; }),
             Contains("firm 3 (") && Contains("fill = 1.5"));
  CHECK_THAT(refuse([](Population& f) { f.stock[0] = -1; }), Contains("stock = -1"));
  CHECK_THAT(refuse([](Population& f) { f.units.back() = kNan; }), Contains("pass sourcing"));
  CHECK_THAT(refuse([](Population& f) { f.content[f.content_row * 4] += 0.1F; }),
             Contains("firm 4 (") && Contains("adds up to"));
  CHECK_THAT(refuse([](Population& f) {
               for (std::uint32_t s = 0; s < f.firms(); ++s)
                 if (f.sector[s] != f.input_sector[0]) f.supplier[0] = s;
             }),
             Contains("is of sector"));
  CHECK_THAT(refuse([](Population& f) { f.supplier[0] = 4'000'000'000U; }),
             Contains("has no supplier"));
}

TEST_CASE("--check: what authorities collect is what the total rates ask for",
          "[model][invariants]") {
  Again again;
  auto& firms = again.firms;
  const std::size_t R = firms.R, S = firms.S, A = again.sim.regime().data().authorities.size();
  const Workers workers{2};
  Markets markets{workers, *again.sim.context().lanes, *again.sim.context().lines, firms};
  Accounts accounts{workers, R, S, again.sim.regime().programmes(), A};
  auto economy = again.sim.state();
  markets.trade(again.sim.context(), firms, economy);
  auto good = again.record;
  accounts.record(again.sim.context(), firms, markets, economy, good);
  const auto refused = [&](const MonthRecord& month) {
    return refusal_of(
        [&] { check_duty_totals(again.sim.context(), markets.books(), month, R, S); });
  };
  CHECK(refused(good) == "accepted");
  const auto most = std::max_element(good.duty.begin(), good.duty.end());
  const auto lane = static_cast<std::size_t>(most - good.duty.begin()) / A;
  REQUIRE(*most > 100'000);
  auto wrong = good; // a thousandth too much, by one authority
  wrong.duty[static_cast<std::size_t>(most - good.duty.begin())] += *most / 1000;
  CHECK_THAT(refused(wrong), Contains("month 2025-05") && Contains("pass accounts") &&
                                 Contains("authorities collect") &&
                                 Contains("from region " + std::to_string(lane / (R * S)) + " to"));
  wrong = good; // one authority's duty lost
  wrong.duty[static_cast<std::size_t>(most - good.duty.begin())] = 0;
  CHECK_THAT(refused(wrong), Contains("the total rates ask for"));
}
