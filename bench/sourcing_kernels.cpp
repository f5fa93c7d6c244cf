// Choosing suppliers: noise of matches, candidates of a link, whole reviews, the choice of a plan.
#include "agents/candidates.hpp"
#include "agents/plan.hpp"
#include "agents/sourcing.hpp"
#include "bench/settled_world.hpp"

namespace nearshore {
namespace {

/// Noise of K places of a link.
void match_noise(benchmark::State& state) {
  const auto places = static_cast<std::size_t>(state.range(0));
  alignas(64) std::array<float, kMaxCandidates> match{};
  std::size_t link = 0;
  for (auto _ : state) {
    draw_matches(key_of_link(key_of_firm(1, ++link), 0), places, match.data());
    benchmark::DoNotOptimize(match);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(match_noise)->Arg(16)->Arg(64);

/// Places of a firm's first link and the best match among them.
void candidates_and_match(benchmark::State& state) {
  auto& w = SettledWorld::get();
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

/// All candidates of a firm's first link: their origins and the firms met there.
void candidate_draw(benchmark::State& state) {
  auto& w = SettledWorld::get();
  Places places;
  std::int64_t drawn = 0;
  for (auto _ : state)
    for (std::size_t f = 0; f < w.firms.firms(); ++f) {
      const auto input = w.firms.first_input[f];
      look_around(w.month, w.firms, f, input, w.firms.first_link[input], places);
      for (std::size_t k = 0; k < places.count; ++k) {
        auto met = firm_at(w.month, w.firms, places, k, origin_of(w.month, places, k), f, 0);
        benchmark::DoNotOptimize(met);
      }
      drawn += static_cast<std::int64_t>(places.count);
    }
  state.SetItemsProcessed(drawn);
}
BENCHMARK(candidate_draw)->Unit(benchmark::kMillisecond);

/// Every firm reviews every link; `meet_all`: without the price floor.
void review(benchmark::State& state, bool meet_all) {
  auto& w = SettledWorld::get();
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
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(plan_choice);

} // namespace
} // namespace nearshore
