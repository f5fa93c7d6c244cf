// What every firm does every month: prices, originating status, orders and deliveries, accounts.
#include "agents/origin.hpp"
#include "agents/prices.hpp"
#include "bench/settled_world.hpp"

namespace nearshore {

/// The way to single steps of the markets.
struct MarketSteps {
  static void order_inputs(Markets& markets, const MonthContext& month, Population& firms) {
    for (std::size_t f = 0; f < firms.firms(); f += kGroup)
      markets.order_inputs(month, firms, f, std::min(f + kGroup, firms.firms()), 0);
  }
};

namespace {

template <auto kPass> void pass(benchmark::State& state) {
  auto& w = SettledWorld::get();
  for (auto _ : state)
    kPass(w.month, w.firms, 0, w.firms.firms());
  count_firms(state, w.firms);
}
BENCHMARK(pass<update_prices>)->Name("prices")->Unit(benchmark::kMillisecond);
BENCHMARK(pass<update_origin>)->Name("origin")->Unit(benchmark::kMillisecond);

/// All steps of the markets: demand, orders, production, deliveries.
void markets(benchmark::State& state) {
  auto& w = SettledWorld::get();
  Markets trading(w.workers, *w.month.lanes, *w.month.lines, w.firms);
  auto firms = w.firms;
  for (auto _ : state)
    trading.trade(w.month, firms, w.simulation.state());
  count_firms(state, firms);
}
BENCHMARK(markets)->Unit(benchmark::kMillisecond);

/// Every firm's orders to all its suppliers, added up by seller and market.
void orders(benchmark::State& state) {
  auto& w = SettledWorld::get();
  Markets trading(w.workers, *w.month.lanes, *w.month.lines, w.firms);
  auto firms = w.firms;
  trading.trade(w.month, firms, w.simulation.state());
  for (auto _ : state)
    MarketSteps::order_inputs(trading, w.month, firms);
  count_firms(state, firms);
}
BENCHMARK(orders)->Unit(benchmark::kMillisecond)->Iterations(100); // orders pile up: no more

Accounts accounts_of(SettledWorld& w) {
  const auto& table = w.simulation.world();
  const auto& law = w.simulation.regime();
  return {w.workers, table.R(), table.S(), law.programmes(), law.data().authorities.size()};
}

void value_added_gather(benchmark::State& state) {
  auto& w = SettledWorld::get();
  const auto accounts = accounts_of(w);
  for (auto _ : state)
    accounts.update_content(w.firms);
  count_firms(state, w.firms);
}
BENCHMARK(value_added_gather)->Unit(benchmark::kMillisecond);

void accounts_of_month(benchmark::State& state) {
  auto& w = SettledWorld::get();
  auto accounts = accounts_of(w);
  Markets trading(w.workers, *w.month.lanes, *w.month.lines, w.firms);
  auto economy = w.simulation.state();
  auto firms = w.firms;
  trading.trade(w.month, firms, economy);
  auto record = w.record;
  for (auto _ : state)
    accounts.record(w.month, firms, trading, economy, record);
  count_firms(state, firms);
}
BENCHMARK(accounts_of_month)->Unit(benchmark::kMillisecond)->Iterations(50);

} // namespace
} // namespace nearshore
