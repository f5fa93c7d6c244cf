// Money: every identity of a month, recomputed from firms and policy.
#include "agents/arithmetic.hpp"
#include "tests/model/model_fixture.hpp"

#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;

namespace {

enum class Use { input, final, both };

/// Duty of every (lane, authority) from firms' sales and the policy table; nothing relieved.
/// `content`: of the firms at the start of the month.
std::vector<double> duty_by_hand(const Simulation& sim, const Gathered<float>& content,
                                 Use use = Use::both) {
  const auto& firms = sim.firms();
  const auto& ledger = sim.market().ledger();
  const auto& m = sim.context();
  const std::size_t R = firms.R, S = firms.S, A = m.policy->duties.authorities();
  std::vector<double> out(R * R * S * A, 0);
  for (std::size_t f = 0; f < firms.firms(); ++f)
    for (std::size_t d = 0; d < R; ++d) {
      const std::size_t o = firms.region[f];
      const auto value = (use != Use::final ? ledger.inputs[f * R + d] : 0) +
                         (use != Use::input ? ledger.final_goods[f * R + d] : 0);
      if (o == d || value == 0) continue;
      const bool claims = m.lanes->slot(o, d) != Lanes::kNone &&
                          contains(firms.card[f].claims, m.lanes->slot(o, d));
      const auto& line = (*m.lines)[firms.line[f]];
      const auto& duties = m.policy->duties;
      const auto rates = duties.by_authority(
          duties.row(RegionId{d}, line.origin, line.sector, LineId{firms.line[f]}),
          claims ? m.lanes->programme(o, d) : ProgrammeId{});
      for (std::size_t a = 0; a < A; ++a)
        out[((o * R + d) * S + firms.sector[f]) * A + a] +=
            double(value) *
            (double(rates[a].full) +
             double(rates[a].content) * (1 - double(content[f * firms.content_row + d])));
    }
  return out;
}

double share_of_changes(const std::array<double, kClaimCauses>& causes) {
  double sum = 0;
  for (const double c : causes)
    sum += c;
  return sum;
}

} // namespace

TEST_CASE("fourteen months with the tariffs of 2025 keep every identity", "[model][accounts]") {
  const auto s = over(shipped(kHistory), {2500, {2024, 12}, {2026, 1}, 6});
  Simulation sim{s, true}; // check_accounts throws at the first month that does not balance
  sim.spin_up();
  const auto& w = sim.world();
  const auto& firms = sim.firms();
  const std::size_t R = w.R(), S = w.S(), P = sim.regime().programmes();
  double collected = 0;
  for (int t = 0; t < 14; ++t) {
    const auto& month = sim.step();
    const auto& ledger = sim.market().ledger();
    INFO(month.month.text());
    std::vector<std::int64_t> sold(R * R * S * 2, 0), bought(R * R * S, 0), output(R * S, 0);
    for (std::size_t f = 0; f < firms.firms(); ++f)
      for (std::size_t d = 0; d < R; ++d) {
        const std::size_t lane = (firms.region[f] * R + d) * S + firms.sector[f];
        sold[lane * 2] += ledger.inputs[f * R + d];
        sold[lane * 2 + 1] += ledger.final_goods[f * R + d];
        output[firms.region[f] * S + firms.sector[f]] +=
            ledger.inputs[f * R + d] + ledger.final_goods[f * R + d];
      }
    bool trade_is_sales = true, output_is_uses = true;
    for (std::size_t i = 0; i < sold.size(); ++i) {
      std::int64_t sum = 0;
      for (std::size_t p = 0; p < P; ++p)
        sum += month.trade[i * P + p];
      trade_is_sales = trade_is_sales && sum == sold[i];
    }
    for (std::size_t i = 0; i < output.size(); ++i)
      output_is_uses = output_is_uses && output[i] == month.gross_output[i];
    CHECK(trade_is_sales);
    CHECK(output_is_uses);
    for (const auto d : month.duty)
      collected += double(d);
    float worst = 0;
    for (std::size_t f = 0; f < firms.firms(); ++f) {
      float sum = 0;
      for (std::size_t r = 0; r < R; ++r)
        sum += firms.content_of(f)[r];
      worst = std::max(worst, std::abs(sum - 1));
    }
    CHECK(worst < 1e-5F);
  }
  CHECK(collected > 0);
}

TEST_CASE("the check of accounts finds a cent", "[model][accounts]") {
  Simulation sim{over(shipped(kHistory), {1500, {2025, 3}, {2025, 3}, 2}), true};
  sim.spin_up();
  const MonthRecord good = sim.step();
  // The check needs the buyers' side of the same month: run the market again on a copy.
  auto firms = sim.firms();
  firms.next_card = firms.card;
  firms.next_content = firms.content;
  Workers workers{1};
  Markets markets{workers, *sim.context().lanes, *sim.context().lines, firms, true};
  Accounts accounts{workers, firms.R, firms.S, sim.regime().programmes(),
                    sim.regime().data().authorities.size()};
  auto economy = sim.state();
  markets.trade(sim.context(), firms, economy);
  auto month = good;
  accounts.record(sim.context(), firms, markets, economy, month);
  CHECK_NOTHROW(check_accounts(month, firms, markets));
  const auto kind_of = [&](const MonthRecord& record) {
    try {
      check_accounts(record, firms, markets);
    } catch (const Error& e) {
      return e.kind;
    }
    return ErrorKind::internal;
  };
  const std::size_t P = sim.regime().programmes();
  for (std::size_t i = 0; i < month.trade.size(); ++i)
    if (month.trade[i] > 0) {
      auto wrong = month; // inputs and final goods alike
      ++wrong.trade[i];
      CHECK(kind_of(wrong) == ErrorKind::invariant);
      if (i / P % 2 == 1) break;
    }
  ++firms.sold[0]; // a seller's books against its ledger
  CHECK(kind_of(month) == ErrorKind::invariant);
  --firms.sold[0];
  CHECK_NOTHROW(check_accounts(month, firms, markets));
  auto wrong = month;
  ++wrong.gross_output[0];
  CHECK(kind_of(wrong) == ErrorKind::invariant);
  wrong = month;
  wrong.duty[0] = -1;
  CHECK(kind_of(wrong) == ErrorKind::invariant);
}

TEST_CASE("without relief, duty is rate times base in every lane and authority",
          "[model][accounts]") {
  auto s = over(shipped(kHistory), {2000, {2025, 5}, {2025, 6}, 3});
  auto law = s.regime->data();
  law.relief.clear();
  s.regime = std::make_shared<const Regime>(law);
  Simulation sim{s, true};
  sim.spin_up();
  for (int t = 0; t < 2; ++t) {
    const auto before = sim.firms().content;
    const auto& month = sim.step();
    const auto hand = duty_by_hand(sim, before);
    REQUIRE(hand.size() == month.duty.size());
    double worst = 0, all = 0, content = 0;
    for (std::size_t i = 0; i < hand.size(); ++i) {
      // Money is rounded once a tariff line and once a content part of a firm's sales.
      worst = std::max(worst, std::abs(double(month.duty[i]) - hand[i]));
      all += hand[i];
    }
    for (std::size_t l = 0; l < sim.regime().lines().size(); ++l)
      content += double(
          sim.context()
              .policy->duties
              .total(sim.context().policy->duties.row(RegionId{region_index(sim.world(), "US")},
                                                      sim.regime().lines()[l].origin,
                                                      sim.regime().lines()[l].sector, LineId{l}),
                     ProgrammeId{1})
              .content);
    INFO("largest difference " << worst << " cents of " << all);
    CHECK(content > 0); // some goods pay on what is not American in them
    CHECK(all > 1e11);
    CHECK(worst <= 40);
  }
}

TEST_CASE("relief of exporters lowers duty on inputs by the share that buyers bear",
          "[model][accounts]") {
  Simulation sim{over(shipped(kHistory), {2000, {2025, 6}, {2025, 6}, 3}), true};
  sim.spin_up();
  const auto before = sim.firms().content;
  const auto& month = sim.step();
  const auto& firms = sim.firms();
  const auto& m = sim.context();
  const std::size_t R = firms.R, S = firms.S, A = m.policy->duties.authorities();
  // Duty that buyers bear on their orders; only where every supplier delivered in full.
  std::vector<double> paid(R * R * S, 0), borne(R * R * S * A, 0);
  std::vector<bool> whole(R * R * S, true);
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    if (!firms.active[f]) continue;
    for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
      double units = 0;
      for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l)
        units += double(firms.units[l]);
      for (std::size_t l = firms.first_link[i]; units > 0 && l < firms.first_link[i + 1]; ++l) {
        const auto s = firms.supplier[l];
        const std::size_t lane =
            (firms.region[s] * R + firms.region[f]) * S + firms.input_sector[i];
        const double money =
            double(firms.ordered[i]) * double(firms.units[l]) / units * double(firms.card[s].price);
        paid[lane] += money;
        if (firms.fill[s] < 1) whole[lane] = false;
        const std::size_t o = firms.region[s], d = firms.region[f];
        if (o == d) continue;
        const auto& line = (*m.lines)[firms.line[s]];
        const auto slot = m.lanes->slot(o, d);
        const bool claims = slot != Lanes::kNone && contains(firms.card[s].claims, slot);
        const auto rates = m.policy->duties.by_authority(
            m.policy->duties.row(RegionId{d}, line.origin, line.sector, LineId{firms.line[s]}),
            claims ? m.lanes->programme(o, d) : ProgrammeId{});
        const double foreign = 1 - double(before[s * firms.content_row + d]);
        for (std::size_t a = 0; a < A; ++a)
          borne[lane * A + a] += money * double(firms.duty_borne[f]) *
                                 (double(rates[a].full) + double(rates[a].content) * foreign);
      }
    }
  }
  // Diverted orders stay in the lane of the supplier that fell short.
  const auto on_inputs = duty_by_hand(sim, before, Use::input),
             on_final = duty_by_hand(sim, before, Use::final);
  int lanes = 0, below = 0;
  double worst = 0;
  for (std::size_t lane = 0; lane < R * R * S; ++lane)
    for (std::size_t a = 0; a < A; ++a) {
      const std::size_t at = lane * A + a;
      const double duty = double(month.duty[at]), full = on_inputs[at] + on_final[at];
      CHECK(duty <= full + 40);
      below += duty < full - 40;
      if (!whole[lane] || paid[lane] <= 0 || full < 1e6) continue;
      ++lanes;
      const double expected = on_final[at] + borne[at];
      worst = std::max(worst, std::abs(duty / expected - 1));
    }
  CHECK(lanes > 300);
  INFO("largest relative difference " << worst);
  CHECK(worst < 1e-5); // buyers' payments are rounded to cents one by one
  CHECK(below > 100);
}

TEST_CASE("causes add up to the change of the claim share in every month", "[model][accounts]") {
  auto s = over(shipped(kHistory), {2500, {2024, 12}, {2026, 1}, 6});
  s.run.reference = {2025, 1};
  const auto& w = *s.world;
  const auto months = run_months(s);
  REQUIRE(months.size() == 14);
  const auto& then = months[1];
  CHECK(std::isnan(months[0].claim_change[0][0])); // nothing to compare with yet
  double worst = 0, worst_recorded = 0, moved = 0;
  int lanes = 0;
  for (std::size_t t = 1; t < months.size(); ++t)
    for (std::size_t o = 0; o < w.R(); ++o)
      for (std::size_t d = 0; d < w.R(); ++d) {
        const auto& causes = months[t].claim_change[o * w.R() + d];
        const auto& recorded = months[t].claim_change_recorded[o * w.R() + d];
        const double before = claim_share(then, w, o, d), now = claim_share(months[t], w, o, d);
        if (o == d || before + now == 0 || std::isnan(before + now)) {
          CHECK(share_of_changes(causes) == 0);
          continue;
        }
        ++lanes;
        worst = std::max(worst, std::abs(share_of_changes(causes) - (now - before)));
        moved = std::max(moved, std::abs(now - before));
        worst_recorded = std::max(worst_recorded,
                                  std::abs(share_of_changes(recorded) -
                                           (claim_share(months[t], w, o, d, &LaneClaims::recorded) -
                                            claim_share(then, w, o, d, &LaneClaims::recorded))));
        CHECK(causes[static_cast<std::size_t>(ClaimCause::recording)] == 0);
      }
  INFO("worst " << worst << ", recorded " << worst_recorded << ", largest change " << moved);
  CHECK(lanes >= 13 * 6); // three members, each two markets
  CHECK(moved > 0.05);
  CHECK(worst <= 1e-12);
  CHECK(worst_recorded <= 1e-12);
}

TEST_CASE("value-added vectors converge to the Leontief answer of the firm network",
          "[model][accounts]") {
  Simulation sim{over(shipped(kHistory), {2000, {2025, 2}, {2025, 5}, 6}), true};
  sim.spin_up();
  for (int t = 0; t < 3; ++t) // prices, claims and some suppliers have moved
    (void)sim.step();
  auto firms = sim.firms();
  firms.next_card = firms.card;
  const std::size_t n = firms.firms(), R = firms.R;
  Workers workers{2};
  const Accounts accounts{workers, R, firms.S, sim.regime().programmes(),
                          sim.regime().data().authorities.size()};
  for (int round = 0; round < 100; ++round) {
    accounts.update_content(firms);
    firms.content.swap(firms.next_content);
  }
  // v = va + A v in double precision; a firm that sells below the cost of its inputs adds nothing.
  std::vector<Eigen::Triplet<double>> cells;
  Eigen::MatrixXd own = Eigen::MatrixXd::Zero(Eigen::Index(n), Eigen::Index(R));
  for (std::size_t f = 0; f < n; ++f) {
    double inputs = 0;
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
      inputs += double(firms.units[l]) * double(firms.card[firms.supplier[l]].price) /
                double(firms.card[f].price);
    const double scale = std::max(1.0, inputs);
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
      cells.emplace_back(int(f), int(firms.supplier[l]),
                         -double(firms.units[l]) * double(firms.card[firms.supplier[l]].price) /
                             double(firms.card[f].price) / scale);
    cells.emplace_back(int(f), int(f), 1.0);
    own(Eigen::Index(f), firms.region[f]) = 1 - inputs / scale;
  }
  Eigen::SparseMatrix<double> system{Eigen::Index(n), Eigen::Index(n)};
  system.setFromTriplets(cells.begin(), cells.end());
  Eigen::SparseLU<Eigen::SparseMatrix<double>> solver{system};
  REQUIRE(solver.info() == Eigen::Success);
  const Eigen::MatrixXd v = solver.solve(own);
  double worst = 0, worst_live = 0, foreign = 0;
  for (std::size_t f = 0; f < n; ++f)
    for (std::size_t r = 0; r < R; ++r) {
      const double exact = v(Eigen::Index(f), Eigen::Index(r));
      worst = std::max(worst, std::abs(double(firms.content_of(f)[r]) - exact));
      worst_live = std::max(worst_live, std::abs(double(sim.firms().content_of(f)[r]) - exact));
      if (r != firms.region[f]) foreign = std::max(foreign, exact);
    }
  INFO("largest difference from the Leontief solve: converged " << worst << ", in a moving month "
                                                                << worst_live);
  CHECK(foreign > 0.1);
  CHECK(worst <= 1e-6);
}
