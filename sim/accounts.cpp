#include "sim/accounts.hpp"

#include "agents/arithmetic.hpp"
#include "agents/content.hpp"
#include "policy/error.hpp"
#include "sim/invariants.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

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
  kIncome,
  kCellSums
};

} // namespace

Accounts::Accounts(const Workers& w, std::size_t regions, std::size_t sectors,
                   std::size_t programmes, std::size_t authorities)
    : workers(&w), R(regions), S(sectors), P(programmes), A(authorities),
      content(w.threads(), R * S * R), cells(w.threads(), R * S * kCellSums),
      rvc(w.threads(), R * S * kRvcBins) {}

void Accounts::update_content(Population& firms) const {
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
    nearshore::update_content(firms, begin, end);
  });
}

/// Sums over the firms of a block. Those of a run of firms of one cell are rounded once, so that
/// they do not depend on threads.
void Accounts::sum_firms(const MonthContext& m, const Population& firms, std::size_t begin,
                         std::size_t end, int worker) {
  for (std::size_t first = begin; first < end;) {
    const std::size_t o = firms.region[first], cell = firms.sellers(o, firms.sector[first]);
    const std::size_t last = std::min<std::size_t>(end, firms.first_seller[cell + 1]);
    std::array<double, kCellSums> run{};
    std::array<double, kMaxRegions> abroad{};
    std::int64_t sold = 0, active = 0;
    auto* by_bin = rvc.of(worker).data() + cell * kRvcBins;
    for (std::size_t f = first; f < last; ++f) {
      const std::int64_t* books = firms.sold.data() + f * firms.books;
      const std::int64_t all = firms.sales(f), exported = all - books[Population::kHome];
      sold += all;
      active += firms.active[f];
      const double price = static_cast<double>(firms.next_card[f].price);
      const double real =
          static_cast<double>(firms.value_added[f]) / static_cast<double>(firms.productivity[f]);
      const double base = firms.active[f] != 0 ? firms.base_output[f] : 0;
      const double output = firms.output[f], demand = firms.demand[f];
      run[kDemand] += demand;
      run[kCapacity] += firms.capacity[f];
      run[kReal] += output * real;
      run[kPrice] += base * price;
      run[kWeight] += base;
      run[kDelivered] += std::min(output, demand);
      run[kPressure] += static_cast<double>(firms.pressure[f]) * firms.capacity[f];
      // Income: sales less inputs at cost, duty included.
      run[kIncome] +=
          output * (real * (*m.factor_cost)[o] + price - static_cast<double>(firms.unit_cost[f]));
      const float* from = firms.next_content.data() + f * firms.content_row;
      const double export_value = static_cast<double>(exported);
      for (std::size_t r = 0; r < R; ++r)
        abroad[r] += export_value * static_cast<double>(from[r]);
      const std::int64_t to_members = exported - books[Population::kOtherMarkets];
      if (to_members > 0)
        by_bin[std::min(kRvcBins - 1,
                        static_cast<std::size_t>(static_cast<double>(firms.regional_content[f]) *
                                                 static_cast<double>(kRvcBins)))] += to_members;
    }
    // A value that is no number makes its sum none.
    bool numbers = true;
    for (const double x : run)
      numbers &= std::isfinite(x);
    for (const double x : abroad)
      numbers &= std::isfinite(x);
    if (!numbers) {
      note_suspects(first, last);
      first = last;
      continue;
    }
    auto* sum = cells.of(worker).data() + cell * kCellSums;
    for (std::size_t k = 0; k < kCellSums; ++k)
      sum[k] += round_to_int(run[k]);
    sum[kOutput] += sold;
    sum[kFirms] += active;
    auto* by_source = content.of(worker).data() + cell * R;
    for (std::size_t r = 0; r < R; ++r)
      by_source[r] += round_to_int(abroad[r]);
    first = last;
  }
}

/// Keeps the first firms whose sums are no numbers, whichever thread meets them first.
void Accounts::note_suspects(std::size_t first, std::size_t last) {
  const std::scoped_lock held{suspecting};
  if (first < suspects.first) suspects = {first, last};
}

/// Trade by programme, claims and duties of an importer.
void Accounts::record_imports(const MonthContext& m, const TradeBooks& books, std::size_t d,
                              MonthRecord& out) {
  const auto& duties = m.policy->duties;
  for (std::size_t o = 0; o < R; ++o) {
    const std::size_t lane = (o * R + d) * S;
    std::fill_n(out.trade.begin() + static_cast<std::ptrdiff_t>(lane * 2 * P), S * 2 * P, 0);
    std::fill_n(out.claims.begin() + static_cast<std::ptrdiff_t>(lane), S, LaneClaims{});
    std::fill_n(out.duty.begin() + static_cast<std::ptrdiff_t>(lane * A), S * A, 0);
  }
  const double shown = m.switches.observation ? static_cast<double>(m.policy->recorded_free[d]) : 1;
  for (std::size_t l = 0; l < m.lines->size(); ++l) {
    const auto& line = (*m.lines)[l];
    const std::size_t o = line.origin.index(), lane = (o * R + d) * S + line.sector.index();
    const std::size_t row = duties.row(RegionId{d}, line.origin, line.sector, LineId{l});
    for (std::size_t k = 0; k < books.standings(d, o); ++k) {
      const auto standing = static_cast<Standing>(k);
      const auto& sum = books.sum(d, l, standing);
      const std::int64_t all = sum.all();
      if (all == 0) continue;
      const auto programme =
          standing == Standing::claiming ? m.lanes->programme(o, d) : ProgrammeId{};
      out.trade[lane * 2 * P + programme.index()] += sum.inputs;
      out.trade[(lane * 2 + 1) * P + programme.index()] += sum.final_goods;
      if (o == d) continue;
      auto& base = bases[row * P + programme.index()];
      base.whole += all - sum.relieved;
      base.foreign += sum.foreign;
      auto& claim = out.claims[lane];
      claim.trade += all;
      if (!line.mfn_free) claim.dutiable += all;
      if (standing != Standing::none) claim.qualifying += all;
      if (standing != Standing::claiming) continue;
      claim.claimed += all;
      if (!line.mfn_free) claim.dutiable_claimed += all;
      claim.recorded += line.mfn_free ? round_to_int(static_cast<double>(all) * shown) : all;
    }
  }
  collect_duties(m, d, out);
}

/// Duty of every (row, programme, authority) is its rate times the base, rounded once. Relief of
/// exporters on their inputs lowers the base.
void Accounts::collect_duties(const MonthContext& m, std::size_t d, MonthRecord& out) {
  const auto& duties = m.policy->duties;
  const auto collect = [&](LineId line, RegionId origin, SectorId sector) {
    if (origin.index() == d) return;
    const std::size_t row = duties.row(RegionId{d}, origin, sector, line);
    auto* lane = &out.duty[((origin.index() * R + d) * S + sector.index()) * A];
    for (std::size_t p = 0; p < P; ++p) {
      auto& base = bases[row * P + p];
      if (base.whole == 0) continue;
      const auto whole = static_cast<double>(base.whole),
                 foreign = static_cast<double>(base.foreign);
      const auto rates = duties.by_authority(row, ProgrammeId{p});
      for (std::size_t a = 0; a < A; ++a)
        lane[a] += round_to_int(static_cast<double>(rates[a].full) * whole +
                                static_cast<double>(rates[a].content) * foreign);
      base = {};
    }
  };
  if (duties.rates_by_line(RegionId{d})) {
    for (std::size_t l = 0; l < m.lines->size(); ++l)
      collect(LineId{l}, (*m.lines)[l].origin, (*m.lines)[l].sector);
  } else {
    for (std::size_t o = 0; o < R; ++o)
      for (std::size_t s = 0; s < S; ++s)
        collect(LineId{0}, RegionId{o}, SectorId{s});
  }
}

void Accounts::record(const MonthContext& m, const Population& firms, const Markets& markets,
                      Economy& economy, MonthRecord& out) {
  for (auto* tally : {&content, &cells, &rvc})
    tally->clear();
  bases.resize(m.policy->duties.rows() * P);
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    sum_firms(m, firms, begin, end, worker);
  });
  if (suspects.first < suspects.second)
    refuse_firms(firms, out.month, suspects.first, suspects.second);
  workers->for_each(
      R, [&](std::size_t importer, int) { record_imports(m, markets.books(), importer, out); });
  out.exports_content = content.total();
  out.rvc_exports = rvc.total();

  const auto& cell_sums = cells.total();
  std::vector<double> incomes(R, 0);
  for (std::size_t cell = 0; cell < R * S; ++cell) {
    const auto* c = &cell_sums[cell * kCellSums];
    const auto ratio = [](std::int64_t a, std::int64_t b) {
      return b != 0 ? static_cast<double>(a) / static_cast<double>(b) : 0;
    };
    out.gross_output[cell] = c[kOutput];
    incomes[cell / S] += static_cast<double>(c[kIncome]);
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
    const double income = incomes[r];
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

namespace {

/// Sales by (lane, use) from the ledger that sellers keep, each firm's held against its books.
template <class Fail>
std::vector<std::int64_t> booked_by_sellers(const Population& firms, const SellersLedger& ledger,
                                            Fail&& fail) {
  const std::size_t R = firms.R, S = firms.S;
  if (!ledger.kept()) throw std::logic_error("accounts are checked against no ledger");
  std::vector<std::int64_t> sold(R * R * S * 2, 0), books(firms.books);
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    std::fill(books.begin(), books.end(), 0);
    for (std::size_t d = 0; d < R; ++d) {
      const std::size_t lane = (firms.region[f] * R + d) * S + firms.sector[f];
      sold[lane * 2] += ledger.inputs[f * R + d];
      sold[lane * 2 + 1] += ledger.final_goods[f * R + d];
      books[firms.book(f, d) - f * firms.books] +=
          ledger.inputs[f * R + d] + ledger.final_goods[f * R + d];
    }
    for (std::size_t b = 0; b < firms.books; ++b)
      if (books[b] != firms.sold[f * firms.books + b])
        fail("firm " + std::to_string(f) + " booked " +
             std::to_string(firms.sold[f * firms.books + b]) + " cents and sold " +
             std::to_string(books[b]));
  }
  return sold;
}

} // namespace

void check_accounts(const MonthRecord& month, const Population& firms, const Markets& markets) {
  const auto fail = [&](const std::string& what) {
    throw Error(ErrorKind::invariant, "pass markets: " + what, "month " + month.month.text());
  };
  const std::size_t R = firms.R, S = firms.S, P = month.trade.size() / (R * R * S * 2);
  const auto sellers = booked_by_sellers(firms, markets.ledger(), fail);
  for (std::size_t cell = 0; cell < sellers.size(); ++cell) {
    std::int64_t recorded = 0;
    for (std::size_t p = 0; p < P; ++p)
      recorded += month.trade[cell * P + p];
    if (recorded != sellers[cell])
      fail("sellers booked " + std::to_string(sellers[cell]) + " cents of " +
           (cell % 2 == 0 ? "inputs, buyers " : "final goods, trade is ") +
           std::to_string(recorded) + ", from region " + std::to_string(cell / (2 * R * S)) +
           " to region " + std::to_string(cell / (2 * S) % R) + ", sector " +
           std::to_string(cell / 2 % S));
  }
  check_totals(month, R, S);
  check_states(firms, month.month);
}

} // namespace nearshore
