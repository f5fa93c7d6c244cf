// Speed of the inner passes on a laid-out population, in firms a second.
// cmake --build build --target nearshore_bench && build/nearshore_bench
#include "agents/candidates.hpp"
#include "agents/origin.hpp"
#include "agents/plan.hpp"
#include "agents/prices.hpp"
#include "agents/sourcing.hpp"
#include "sim/simulation.hpp"

#include <benchmark/benchmark.h>

namespace nearshore {
namespace {

/// One month after the spin-up of a population of 10,000 firms, on one thread.
struct World {
  Simulation simulation;
  Population firms;
  MonthContext month;
  MonthRecord record;
  Workers workers{1};

  static const Scenario& scenario() {
    static const Scenario s = load_scenario(
        "configs/history.toml",
        std::vector<std::string>{"run.threads=1", "run.spin_up=6", "run.end=2025-06"});
    return s;
  }
  World() : simulation(scenario()) {
    simulation.spin_up();
    for (int t = 0; t < 16; ++t) // to April 2025: duties have changed
      record = simulation.step();
    firms = simulation.firms();
    month = simulation.context();
  }
  static World& get() {
    static World world;
    return world;
  }
};

void count_firms(benchmark::State& state, const Population& firms) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(firms.firms()));
}

void candidates_and_match(benchmark::State& state) {
  auto& w = World::get();
  Places places;
  for (auto _ : state)
    for (std::size_t f = 0; f < w.firms.firms(); ++f) {
      const auto input = w.firms.first_input[f];
      look_around(w.month, w.firms, f, input, w.firms.first_link[input], places);
      float best = places.match[places.best];
      benchmark::DoNotOptimize(best);
    }
  count_firms(state, w.firms);
}
BENCHMARK(candidates_and_match)->Unit(benchmark::kMillisecond);

/// Every firm reviews every link; `meet_all`: without the price floor.
void review(benchmark::State& state, bool meet_all) {
  auto& w = World::get();
  auto parameters = *w.month.parameters;
  parameters.shortage_review = 1e9;
  auto month = w.month;
  month.parameters = &parameters;
  if (meet_all) month.floor = nullptr;
  for (auto _ : state) {
    state.PauseTiming();
    auto firms = w.firms;
    state.ResumeTiming();
    review_suppliers(month, firms, 0, firms.firms());
  }
  count_firms(state, w.firms);
}
BENCHMARK_CAPTURE(review, with_floor, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(review, meeting_all, true)->Unit(benchmark::kMillisecond);

/// A plan of twelve links under a regional value content of 75 %.
void plan_choice(benchmark::State& state) {
  PlanProblem problem;
  problem.count = 12;
  problem.own_value = 0.3;
  for (std::size_t i = 0; i < problem.count; ++i) {
    auto& options = problem.links[i].options;
    const double part = 0.7 * (1 + static_cast<double>(i % 4)) / 30;
    options[0] = {part, part, 1, 3, false, true};
    options[1] = {part * (1.02 + 0.01 * static_cast<double>(i * 7 % 5)), part, 1, 0, true, true};
  }
  RuleOfOrigin rule;
  Ceiling ceiling;
  ceiling.weight.fill(1);
  ceiling.of_transaction_value = 0.25F;
  rule.any_of.push_back({});
  rule.any_of.back().all_of.push_back(ceiling);
  for (auto _ : state) {
    auto plan = cheapest_originating(problem, rule);
    benchmark::DoNotOptimize(plan);
  }
}
BENCHMARK(plan_choice);

template <auto kPass> void pass(benchmark::State& state) {
  auto& w = World::get();
  for (auto _ : state)
    kPass(w.month, w.firms, 0, w.firms.firms());
  count_firms(state, w.firms);
}
BENCHMARK(pass<update_prices>)->Name("prices")->Unit(benchmark::kMillisecond);
BENCHMARK(pass<update_origin>)->Name("origin")->Unit(benchmark::kMillisecond);

void markets(benchmark::State& state) {
  auto& w = World::get();
  Markets markets(w.workers, *w.month.lanes, *w.month.lines, w.firms);
  auto firms = w.firms;
  for (auto _ : state)
    markets.trade(w.month, firms, w.simulation.state());
  count_firms(state, firms);
}
BENCHMARK(markets)->Unit(benchmark::kMillisecond);

void value_added_gather(benchmark::State& state) {
  auto& w = World::get();
  const auto& table = w.simulation.world();
  const auto& law = w.simulation.regime();
  const Accounts accounts(w.workers, table.R(), table.S(), law.programmes(),
                          law.data().authorities.size());
  for (auto _ : state)
    accounts.update_content(w.firms);
  count_firms(state, w.firms);
}
BENCHMARK(value_added_gather)->Unit(benchmark::kMillisecond);

void accounts_of_month(benchmark::State& state) {
  auto& w = World::get();
  const auto& table = w.simulation.world();
  const auto& law = w.simulation.regime();
  Accounts accounts(w.workers, table.R(), table.S(), law.programmes(),
                    law.data().authorities.size());
  Markets markets(w.workers, *w.month.lanes, *w.month.lines, w.firms);
  auto economy = w.simulation.state();
  auto firms = w.firms;
  markets.trade(w.month, firms, economy);
  auto record = w.record;
  for (auto _ : state)
    accounts.record(w.month, firms, markets, economy, record);
  count_firms(state, firms);
}
BENCHMARK(accounts_of_month)->Unit(benchmark::kMillisecond)->Iterations(50);

} // namespace
} // namespace nearshore

BENCHMARK_MAIN();
