#include "sim/accounts.hpp"

#include "agents/arithmetic.hpp"
#include "policy/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace nearshore {
namespace {

/// Columns of a (region, sector) tally.
enum CellSum : std::size_t {
  kOutput,
  kDemand,
  kCapacity,
  kReal,
  kPrice,
  kWeight,
  kFirms,
  kPressure,
  kDelivered,
  kCellSums
};
/// Duty base of a (row, programme): whole value and value of other than own content, by use.
enum BaseSum : std::size_t { kFullInput, kOtherInput, kFullFinal, kOtherFinal, kBaseSums };
enum ClaimSum : std::size_t {
  kTrade,
  kQualifying,
  kClaimed,
  kRecorded,
  kDutiable,
  kDutiableClaimed,
  kClaimSums
};

} // namespace

Accounts::Accounts(const Workers& w, std::size_t regions, std::size_t sectors,
                   std::size_t programmes, std::size_t authorities)
    : workers(&w), R(regions), S(sectors), P(programmes), A(authorities),
      trade(w.threads(), R * R * S * 2 * P), claims(w.threads(), R * R * S * kClaimSums),
      content(w.threads(), R * S * R), cells(w.threads(), R * S * kCellSums),
      regional(w.threads(), R * S * kRvcBins + R) {}

namespace {

/// Content of the firms of a block. The number of regions is a constant of the compiler's, which
/// keeps the sums in registers: the pass is a gather over all links.
template <std::size_t kRegions>
void content_of_block(Population& firms, std::size_t begin, std::size_t end) {
  typedef float Quad __attribute__((vector_size(16)));
  constexpr std::size_t kQuads = kRegions / 4, kRest = kRegions % 4;
  for (std::size_t f = begin; f < end; ++f) {
    std::array<Quad, kQuads + 1> quads{};
    std::array<float, kRest + 1> rest{};
    const float price = firms.next_card[f].price;
    float inputs = 0;
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l) {
      const auto s = firms.supplier[l];
      const float share = firms.units[l] * firms.next_card[s].price / price;
      inputs += share;
      const float* from = firms.content.data() + s * kRegions;
      for (std::size_t q = 0; q < kQuads; ++q) {
        Quad four;
        std::memcpy(&four, from + 4 * q, sizeof four);
        quads[q] += share * four;
      }
      for (std::size_t r = 0; r < kRest; ++r)
        rest[r] += share * from[4 * kQuads + r];
    }
    float* to = firms.next_content.data() + f * kRegions;
    std::memcpy(to, quads.data(), 16 * kQuads);
    std::copy_n(rest.begin(), kRest, to + 4 * kQuads);
    if (inputs > 1) { // sold below the cost of its inputs: no value of its own
      for (std::size_t r = 0; r < kRegions; ++r)
        to[r] /= inputs;
      inputs = 1;
    }
    to[firms.region[f]] += 1 - inputs; // value added, margin and duty
  }
}

using ContentOfBlock = void (*)(Population&, std::size_t, std::size_t);

template <std::size_t... kLess>
constexpr std::array<ContentOfBlock, sizeof...(kLess)>
content_kernels(std::index_sequence<kLess...>) {
  return {content_of_block<kLess + 1>...};
}
/// By number of regions, from 1.
constexpr auto kContentOfBlock = content_kernels(std::make_index_sequence<kMaxRegions>{});

} // namespace

void Accounts::update_content(Population& firms) const {
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
    kContentOfBlock[R - 1](firms, begin, end);
  });
}

void Accounts::record(const MonthContext& m, const Population& firms, const Markets& markets,
                      Economy& economy, MonthRecord& out) {
  const auto& duties = m.policy->duties;
  const std::size_t rows = duties.rows();
  if (duty_base.of(0).size() != rows * P * kBaseSums)
    duty_base = Tally(workers->threads(), rows * P * kBaseSums);
  for (auto* tally : {&trade, &duty_base, &claims, &content, &cells, &regional})
    tally->clear();

  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    auto by_trade = trade.of(worker), by_row = duty_base.of(worker), by_claim = claims.of(worker),
         by_content = content.of(worker), by_cell = cells.of(worker),
         by_region = regional.of(worker);
    for (std::size_t f = begin; f < end; ++f) {
      const Card& card = firms.next_card[f];
      const std::size_t o = firms.region[f], s = firms.sector[f], cell = o * S + s;
      const auto& line = (*m.lines)[card.line];
      std::int64_t sold = 0, exported = 0, to_members = 0;
      for (std::size_t d = 0; d < R; ++d) {
        const std::array<std::int64_t, 2> value{firms.orders[f * R + d],
                                                firms.final_sales[f * R + d]};
        const auto both = value[0] + value[1];
        if (both == 0) continue;
        sold += both;
        const auto programme = m.lanes->used(card.claims, o, d);
        const std::size_t lane = (o * R + d) * S + s;
        for (std::size_t use = 0; use < 2; ++use)
          by_trade[(lane * 2 + use) * P + programme.index()] += value[use];
        if (o == d) continue;
        exported += both;
        const auto row = duties.row(RegionId{d}, line.origin, line.sector, LineId{card.line});
        const double other = 1 - static_cast<double>(firms.next_content[f * R + d]);
        auto* base = &by_row[(row * P + programme.index()) * kBaseSums];
        base[kFullInput] += value[0];
        base[kOtherInput] += round_to_int(static_cast<double>(value[0]) * other);
        base[kFullFinal] += value[1];
        base[kOtherFinal] += round_to_int(static_cast<double>(value[1]) * other);
        const auto slot = m.lanes->slot(o, d);
        auto* claim = &by_claim[lane * kClaimSums];
        claim[kTrade] += both;
        const bool free = line.mfn_free;
        if (!free) claim[kDutiable] += both;
        if (slot == Lanes::kNone) continue;
        to_members += both;
        const auto agreement = m.lanes->programme(o, d).index() - 1;
        if (contains(card.origin, agreement)) claim[kQualifying] += both;
        if (programme.index() == 0) continue;
        claim[kClaimed] += both;
        if (!free) claim[kDutiableClaimed] += both;
        const double shown =
            free && m.switches.observation ? static_cast<double>(m.policy->recorded_free[d]) : 1;
        claim[kRecorded] += round_to_int(static_cast<double>(both) * shown);
      }
      auto* sum = &by_cell[cell * kCellSums];
      sum[kOutput] += sold;
      sum[kDemand] += round_to_int(firms.demand[f]);
      sum[kCapacity] += round_to_int(firms.capacity[f]);
      sum[kReal] += round_to_int(firms.output[f] * static_cast<double>(firms.value_added[f]) /
                                 static_cast<double>(firms.productivity[f]));
      sum[kPrice] +=
          round_to_int(firms.base_output[f] * static_cast<double>(card.price) * firms.active[f]);
      sum[kWeight] += round_to_int(firms.base_output[f] * firms.active[f]);
      sum[kDelivered] += round_to_int(std::min(firms.output[f], firms.demand[f]));
      sum[kFirms] += firms.active[f];
      sum[kPressure] += round_to_int(static_cast<double>(firms.pressure[f]) * firms.capacity[f]);
      if (exported > 0)
        for (std::size_t r = 0; r < R; ++r)
          by_content[cell * R + r] += round_to_int(
              static_cast<double>(exported) * static_cast<double>(firms.next_content[f * R + r]));
      if (to_members > 0) {
        const auto bin = std::min(
            kRvcBins - 1, static_cast<std::size_t>(static_cast<double>(firms.regional_content[f]) *
                                                   static_cast<double>(kRvcBins)));
        by_region[cell * kRvcBins + bin] += to_members;
      }
      // Income: sales less inputs at cost, duty included.
      const double own =
          static_cast<double>(firms.value_added[f]) / static_cast<double>(firms.productivity[f]);
      const double margin =
          static_cast<double>(card.price) - static_cast<double>(firms.unit_cost[f]);
      by_region[R * S * kRvcBins + o] +=
          round_to_int(firms.output[f] * (own * (*m.factor_cost)[o] + margin));
    }
  });

  out.trade = trade.total();
  const auto& claim = claims.total();
  for (std::size_t lane = 0; lane < R * R * S; ++lane) {
    const auto* c = &claim[lane * kClaimSums];
    out.claims[lane] = {c[kTrade],    c[kQualifying], c[kClaimed],
                        c[kRecorded], c[kDutiable],   c[kDutiableClaimed]};
  }
  out.exports_content = content.total();
  const auto& region_sums = regional.total();
  std::copy_n(region_sums.begin(), R * S * kRvcBins, out.rvc_exports.begin());
  add_duties(m, markets, out, duty_base.total());

  const auto& cell_sums = cells.total();
  for (std::size_t cell = 0; cell < R * S; ++cell) {
    const auto* c = &cell_sums[cell * kCellSums];
    const auto ratio = [](std::int64_t a, std::int64_t b) {
      return b != 0 ? static_cast<double>(a) / static_cast<double>(b) : 0;
    };
    out.gross_output[cell] = c[kOutput];
    auto& base = economy.base_value_added[cell];
    if (base <= 0) base = static_cast<double>(c[kReal]);
    out.employment[cell] = base > 0 ? static_cast<double>(c[kReal]) / base : 0;
    out.price_index[cell] = c[kWeight] > 0 ? ratio(c[kPrice], c[kWeight]) : 1;
    out.capacity_utilisation[cell] = ratio(c[kDemand], c[kCapacity]);
    out.active_firms[cell] = c[kFirms];
    economy.pressure[cell] = ratio(c[kPressure], c[kCapacity]);
    economy.delivery[cell] = c[kDemand] > 0 ? ratio(c[kDelivered], c[kDemand]) : 1;
  }
  // Spending at delivered prices, income, revenue.
  for (std::size_t r = 0; r < R; ++r) {
    std::int64_t collected = 0, spent = 0;
    for (std::size_t o = 0; o < R; ++o)
      for (std::size_t s = 0; s < S; ++s) {
        const std::size_t lane = (o * R + r) * S + s;
        for (std::size_t p = 0; p < P; ++p)
          spent += out.trade[(lane * 2 + 1) * P + p];
        for (std::size_t a = 0; a < A; ++a)
          collected += out.duty[lane * A + a];
      }
    out.final_spending[r] = spent;
    const auto income = static_cast<double>(region_sums[R * S * kRvcBins + r]);
    double base_final = 0;
    for (std::size_t s = 0; s < S; ++s)
      base_final += economy.base_final[r * S + s];
    if (economy.base_income[r] <= 0) { // the month after the base year was set
      economy.base_income[r] = income;
      economy.base_duty[r] = static_cast<double>(collected);
      economy.base_balance[r] = balance(out, r) / income;
    }
    economy.income_ratio[r] = income / economy.base_income[r];
    economy.revenue_ratio[r] =
        base_final > 0 ? (static_cast<double>(collected) - economy.base_duty[r]) / base_final : 0;
    economy.balance[r] = balance(out, r) / income;
  }
}

/// Exports less imports of a region, cents.
double Accounts::balance(const MonthRecord& out, std::size_t region) const {
  std::int64_t sum = 0;
  for (std::size_t other = 0; other < R; ++other) {
    if (other == region) continue;
    for (std::size_t s = 0; s < S; ++s)
      for (std::size_t k = 0; k < 2 * P; ++k)
        sum += out.trade[((region * R + other) * S + s) * 2 * P + k] -
               out.trade[((other * R + region) * S + s) * 2 * P + k];
  }
  return static_cast<double>(sum);
}

/// Duty of every (row, programme, authority) is its rate times the base, rounded once. Relief of
/// exporters on their inputs lowers the base of intermediate trade by the lane's mean share borne.
void Accounts::add_duties(const MonthContext& m, const Markets& markets, MonthRecord& out,
                          const std::vector<std::int64_t>& base) {
  std::fill(out.duty.begin(), out.duty.end(), 0);
  const auto& duties = m.policy->duties;
  for (std::size_t d = 0; d < R; ++d) {
    const auto add_row = [&](std::size_t row, std::size_t o, std::size_t s) {
      const std::size_t lane = (o * R + d) * S + s;
      const double borne = markets.borne(lane);
      for (std::size_t p = 0; p < P; ++p) {
        const auto* b = &base[(row * P + p) * kBaseSums];
        if (b[kFullInput] == 0 && b[kFullFinal] == 0) continue;
        const double full =
            static_cast<double>(b[kFullFinal]) + borne * static_cast<double>(b[kFullInput]);
        const double other =
            static_cast<double>(b[kOtherFinal]) + borne * static_cast<double>(b[kOtherInput]);
        const auto rates = duties.by_authority(row, ProgrammeId{p});
        for (std::size_t a = 0; a < A; ++a)
          out.duty[lane * A + a] += round_to_int(static_cast<double>(rates[a].full) * full +
                                                 static_cast<double>(rates[a].content) * other);
      }
    };
    if (duties.rates_by_line(RegionId{d})) {
      for (std::size_t l = 0; l < m.lines->size(); ++l) {
        const auto& line = (*m.lines)[l];
        add_row(duties.row(RegionId{d}, line.origin, line.sector, LineId{l}), line.origin.index(),
                line.sector.index());
      }
    } else {
      for (std::size_t o = 0; o < R; ++o)
        for (std::size_t s = 0; s < S; ++s)
          add_row(duties.row(RegionId{d}, RegionId{o}, SectorId{s}, LineId{0}), o, s);
    }
  }
}

void check_accounts(const MonthRecord& month, const Population& firms, const Markets& markets) {
  const auto fail = [&](const std::string& what) {
    throw Error(ErrorKind::invariant, what, "month " + month.month.text());
  };
  const std::size_t R = firms.R, S = firms.S;
  const std::size_t P = month.trade.size() / (R * R * S * 2), A = month.duty.size() / (R * R * S);
  for (std::size_t o = 0; o < R; ++o)
    for (std::size_t s = 0; s < S; ++s) {
      std::int64_t sold = 0;
      for (std::size_t d = 0; d < R; ++d) {
        const std::size_t lane = (o * R + d) * S + s;
        std::int64_t inputs = 0, all = 0;
        for (std::size_t p = 0; p < P; ++p) {
          inputs += month.trade[lane * 2 * P + p];
          all += month.trade[lane * 2 * P + p] + month.trade[(lane * 2 + 1) * P + p];
        }
        if (inputs != markets.purchases()[lane])
          fail("sellers booked " + std::to_string(inputs) + " cents of inputs, buyers " +
               std::to_string(markets.purchases()[lane]) + ", lane " + std::to_string(lane));
        const auto& c = month.claims[lane];
        if (c.claimed > c.qualifying || c.qualifying > c.trade || c.recorded > c.claimed ||
            c.dutiable > c.trade || c.dutiable_claimed > c.dutiable || (o != d && c.trade != all))
          fail("claims are no part of trade, lane " + std::to_string(lane));
        for (std::size_t a = 0; a < A; ++a)
          if (month.duty[lane * A + a] < 0)
            fail("a duty is negative, lane " + std::to_string(lane));
        sold += all;
      }
      if (sold != month.gross_output[o * S + s])
        fail("output of " + std::to_string(month.gross_output[o * S + s]) + " cents, uses of " +
             std::to_string(sold) + ", cell " + std::to_string(o * S + s));
    }
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    float sum = 0;
    for (std::size_t r = 0; r < R; ++r)
      sum += firms.next_content[f * R + r];
    const bool sane = firms.demand[f] >= 0 && firms.capacity[f] >= 0 &&
                      firms.next_card[f].price > 0 && firms.next_card[f].price < 1e6F &&
                      std::isfinite(firms.demand[f]);
    if (!sane || !(std::abs(sum - 1) < 1e-4F))
      fail("firm " + std::to_string(f) + " has a state out of range");
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
      if (firms.supplier[l] >= firms.firms() || !(firms.units[l] >= 0))
        fail("link " + std::to_string(l) + " of firm " + std::to_string(f) + " has no seller");
  }
}

} // namespace nearshore
