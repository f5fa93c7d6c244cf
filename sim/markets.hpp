#pragma once
// Pass "markets": final demand, orders, production, deliveries.
#include "agents/context.hpp"
#include "agents/parallel.hpp"
#include "sim/demand_response.hpp"
#include "sim/economy.hpp"
#include "sim/tally.hpp"

namespace nearshore {

class Markets {
public:
  Markets(const Workers&, std::size_t regions, std::size_t sectors, std::size_t firms);

  /// Base-year spending by market, at delivered prices, from final_base and base duties.
  void measure_base(const MonthContext&, const Population&, Economy&);
  /// One month of trade. Reads next_card and links; writes orders, final_sales, demand, output,
  /// fill, stocks, input_limit, planned.
  void trade(const MonthContext&, Population&, const Economy&);

  /// Of the month traded last: duty borne on intermediate trade over duty due,
  /// [origin][destination][sector].
  [[nodiscard]] double borne(std::size_t lane) const { return lane_borne[lane]; }
  /// Money that buyers paid, cents, intermediate trade [origin][destination][sector], counted on
  /// their side.
  [[nodiscard]] const std::vector<std::int64_t>& purchases() const { return bought; }

private:
  friend struct MarketSteps; // bench/ times them one by one
  const Workers* workers;
  std::size_t R, S;
  DemandResponse demand_response;
  Tally spending;            // [destination][sector] CES denominators, cents
  Tally purchase_sum;        // [origin][destination][sector]: money, then money times duty borne
  std::vector<double> scale; // [destination][sector] spending over denominator
  std::vector<std::int64_t> diverted; // [firm] base cents asked for after a shortage elsewhere
  std::vector<float> diverted_fill;   // [firm]
  std::vector<double> lane_borne;
  std::vector<std::int64_t> bought;

  void split_final_demand(const MonthContext&, Population&, const Economy&);
  void order_inputs(const MonthContext&, Population&);
  void produce(const MonthContext&, Population&);
  void settle(const MonthContext&, Population&);
  void fill_diverted(const MonthContext&, Population&);
  void receive_diverted(const MonthContext&, Population&);
  void finish(const std::vector<std::int64_t>& sums);
};

} // namespace nearshore
