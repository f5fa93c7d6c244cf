#pragma once
// Pass "markets": final demand, orders, production, deliveries.
#include "agents/arithmetic.hpp"
#include "agents/context.hpp"
#include "agents/firm_bits.hpp"
#include "agents/parallel.hpp"
#include "sim/demand_response.hpp"
#include "sim/economy.hpp"
#include "sim/tally.hpp"
#include "sim/trade_books.hpp"

#include <atomic>

namespace nearshore {

/// Sales of every firm by market and use, cents [firm * R + market]: kept only where accounts are
/// checked.
struct SellersLedger {
  std::vector<std::int64_t> inputs, final_goods;
  [[nodiscard]] bool kept() const { return !inputs.empty(); }
};

class Markets {
public:
  /// For the firms of a population; `ledger`: sellers keep one for check_accounts.
  Markets(const Workers&, const Lanes&, std::span<const TariffLine>, const Population&,
          bool ledger = false);

  /// Base-year spending by market, at delivered prices, from final_base and base duties.
  void measure_base(const MonthContext&, const Population&, Economy&);
  /// One month of trade. Reads next_card, links and last month's content; writes sales, demand,
  /// output, fill, stocks, input_limit, planned, and the value-added origin of next month.
  void trade(const MonthContext&, Population&, const Economy&);

  /// Trade of the month traded last, as buyers of inputs and sellers of final goods counted it.
  [[nodiscard]] const TradeBooks& books() const { return trade_books; }
  [[nodiscard]] const SellersLedger& ledger() const { return sellers_ledger; }

private:
  friend struct MarketSteps; // bench/ times them one by one
  const Workers* workers;
  std::size_t R, S;
  bool shared; ///< more than one thread books sales
  DemandResponse demand_response;
  TradeBooks trade_books;
  SellersLedger sellers_ledger;
  Tally spending;            // [destination][sector] CES denominators, cents
  std::vector<double> scale; // [sector][destination] spending over denominator
  FirmBits shortage;         // who could not fill its orders
  FirmBits affected;         // who buys from one of them
  std::atomic<bool> any_shortage{false};
  std::vector<std::int64_t> diverted; // [firm] base cents asked for after a shortage elsewhere
  std::vector<float> diverted_fill;   // [firm]
  /// Of one worker, by link of a group of firms.
  struct OrderRoom {
    std::vector<double> orders; ///< base cents, of one firm
    std::vector<float> costs;   ///< per unit of output
  };
  std::vector<OrderRoom> order_rooms; // [worker]

  /// Buyers of one region, as one worker books what they buy.
  struct Buyers {
    std::size_t region;
    TradeBooks::Purchases purchases;
    LandedCosts::Market market;
    bool on_content;
  };
  [[nodiscard]] Buyers buyers(const MonthContext& m, std::size_t region, int worker) {
    return {region, trade_books.purchases(worker, region), m.landed->market(region),
            m.landed->pays_on_content(region)};
  }
  void add(std::int64_t& cell, std::int64_t amount) const;
  void buy(Population&, const Buyers&, std::uint32_t seller, const Card&, std::int64_t money,
           double relief, int sign = 1);
  void split_final_demand(const MonthContext&, Population&, std::size_t begin, std::size_t end,
                          int worker);
  void plan_orders(const MonthContext&, Population&, std::size_t f, double cover, double* order);
  template <bool kShared>
  void book_orders(Population&, const Buyers&, std::size_t f, const double* order, float* cost);
  void order_inputs(const MonthContext&, Population&, std::size_t begin, std::size_t end,
                    int worker);
  void set_budgets(const MonthContext&, const Economy&);
  void produce(const MonthContext&, Population&, std::size_t begin, std::size_t end, int worker);
  void sell_final_goods(const MonthContext&, Population&, std::size_t f, std::int64_t* sales,
                        int worker);
  // sim/shortage.cpp
  void find_affected(const Population&, std::size_t begin, std::size_t end);
  template <class Visit> void each_short_link(Population&, bool first_time, Visit&&);
  void divert(const MonthContext&, Population&);
  void fill_diverted(const MonthContext&, Population&, std::size_t begin, std::size_t end);
};

inline void Markets::add(std::int64_t& cell, std::int64_t amount) const {
  if (shared)
    std::atomic_ref<std::int64_t>{cell}.fetch_add(amount, std::memory_order_relaxed);
  else
    cell += amount;
}

/// Foreign content of goods worth `value` cents, for a buyer in `region`.
inline std::int64_t foreign_part(const Population& firms, std::size_t seller, std::size_t region,
                                 std::int64_t value) {
  return round_to_int(static_cast<double>(value) *
                      (1 - static_cast<double>(firms.content_of(seller)[region])));
}

/// Books a purchase with its seller, and counts it as trade; `relief`: the part of the duty that
/// the buyer does not bear; `sign` -1: gives it back.
inline void Markets::buy(Population& firms, const Buyers& buyer, std::uint32_t s,
                         const Card& seller, std::int64_t money, double relief, int sign) {
  const std::size_t book = firms.book_of_market[seller.region * R + buyer.region];
  add(firms.sold[s * firms.books + book], sign * money);
  if (sellers_ledger.kept()) add(sellers_ledger.inputs[s * R + buyer.region], sign * money);
  const auto entry = buyer.purchases.entry(seller);
  const auto relieved = relief != 0 ? round_to_int(static_cast<double>(money) * relief) : 0;
  buyer.purchases.money[entry] += sign * money;
  buyer.purchases.relieved[entry] += sign * relieved;
  if (buyer.on_content && buyer.market.at(seller, seller.claims).content != 0)
    buyer.purchases.foreign[entry] += sign * foreign_part(firms, s, buyer.region, money - relieved);
}

} // namespace nearshore
