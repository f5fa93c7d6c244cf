#include "agents/plan.hpp"

#include <algorithm>
#include <limits>

namespace nearshore {
namespace {

using Options = std::array<std::uint8_t, kMaxPlanLinks>;

bool counts(const PlanProblem& problem, const Ceiling& ceiling, const PlanOption& option) {
  return option.originates && contains(ceiling.counting_regions, option.region) &&
         contains(problem.members, option.region) &&
         (!problem.domestic_accumulation || option.region == problem.own_region);
}

/// What an option adds to the left side of a ceiling, written so that the limit is a constant.
double amount(const PlanProblem& problem, const Ceiling& ceiling, const PlanLink& link,
              const PlanOption& option) {
  const double weight = static_cast<double>(ceiling.weight[link.sector]);
  const double looked_at = weight * option.value;
  return (counts(problem, ceiling, option) ? looked_at * (1 - option.counting) : looked_at) -
         static_cast<double>(ceiling.of_group_value) * looked_at;
}

} // namespace

double limit(const OriginBasis& problem, const Ceiling& ceiling) {
  double allowed =
      std::max(static_cast<double>(ceiling.of_transaction_value) * problem.transaction_value,
               static_cast<double>(ceiling.of_net_cost) * problem.net_cost);
  if (ceiling.includes_own_value && !contains(ceiling.counting_regions, problem.own_region))
    // Own value is what the base of the limit leaves: of net cost, the margin is no part of it.
    allowed -=
        std::max(0.0, problem.own_value - (ceiling.of_transaction_value > 0
                                               ? 0
                                               : problem.transaction_value - problem.net_cost));
  return allowed - problem.slack * problem.transaction_value;
}

namespace {

/// One route as a small covering problem over the links where another option helps.
class RouteSearch {
public:
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): see `room`
  RouteSearch(const PlanProblem& p, const Route& route)
      : problem(p), ceilings(route.all_of.size()) {
    for (std::size_t c = 0; c < ceilings; ++c)
      room[c] = limit(p, route.all_of[c]);
    for (std::size_t i = 0; i < p.count; ++i) {
      const auto& link = p.links[i];
      base_cost += link.options[0].cost;
      bool useful = false;
      for (std::size_t c = 0; c < ceilings; ++c) {
        const double at_0 = amount(p, route.all_of[c], link, link.options[0]);
        room[c] -= at_0;
        for (std::size_t o = 1; o < kPlanOptions; ++o) {
          relief[i][o][c] = link.options[o].available
                                ? at_0 - amount(p, route.all_of[c], link, link.options[o])
                                : 0;
          useful = useful || relief[i][o][c] > 0;
        }
      }
      if (useful) order[size++] = static_cast<std::uint8_t>(i);
    }
    sort_by_price_of_relief();
    // What the links from place i on can free at most.
    std::fill_n(can_free[size].begin(), ceilings, 0);
    for (std::size_t i = size; i-- > 0;)
      for (std::size_t c = 0; c < ceilings; ++c) {
        double best = 0;
        for (std::size_t o = 1; o < kPlanOptions; ++o)
          best = std::max(best, relief[order[i]][o][c]);
        can_free[i][c] = can_free[i + 1][c] + best;
      }
  }

  /// Improves `best` if this route allows a cheaper plan.
  void run(Plan& best) {
    bound = best.feasible ? best.cost - base_cost : std::numeric_limits<double>::infinity();
    descend(0, 0);
    if (!found) return;
    best.feasible = true;
    best.cost = base_cost + bound;
    best.option = best_options;
  }

private:
  const PlanProblem& problem;
  std::size_t ceilings, size{0};
  double base_cost{0}, bound{0};
  bool found{false};
  int nodes{0};
  static constexpr int kNodeLimit = 4096; // beyond, the best plan so far is kept
  // Not cleared: that would take as long as the search. Only what was written is read.
  std::array<double, kMaxCeilings> room;
  std::array<std::array<std::array<double, kMaxCeilings>, kPlanOptions>, kMaxPlanLinks> relief;
  std::array<std::array<double, kMaxCeilings>, kMaxPlanLinks + 1> can_free;
  std::array<std::uint8_t, kMaxPlanLinks> order;
  Options options{}, best_options{};

  [[nodiscard]] double extra(std::size_t link, std::size_t option) const {
    const auto& o = problem.links[link].options;
    return o[option].cost - o[0].cost;
  }

  void sort_by_price_of_relief() {
    std::array<double, kMaxPlanLinks> price; // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (std::size_t i = 0; i < size; ++i) {
      double best = std::numeric_limits<double>::infinity();
      for (std::size_t o = 1; o < kPlanOptions; ++o) {
        double freed = 0;
        for (std::size_t c = 0; c < ceilings; ++c)
          if (room[c] < 0) freed += std::max(0.0, relief[order[i]][o][c]) / -room[c];
        if (freed > 0) best = std::min(best, extra(order[i], o) / freed);
      }
      price[order[i]] = best;
    }
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(size),
              [&](auto a, auto b) { return price[a] != price[b] ? price[a] < price[b] : a < b; });
  }

  void descend(std::size_t place, double spent) {
    if (spent >= bound) return;
    bool met = true;
    for (std::size_t c = 0; c < ceilings; ++c) {
      if (room[c] < -1e-12) met = false;
      if (room[c] + can_free[place][c] < -1e-12) return;
    }
    if (met) {
      bound = spent;
      found = true;
      best_options = options;
      return;
    }
    if (place == size || ++nodes > kNodeLimit) return;
    const auto link = order[place];
    for (std::size_t o = 1; o < kPlanOptions; ++o) { // switching first: a plan is found early
      if (!problem.links[link].options[o].available) continue;
      for (std::size_t c = 0; c < ceilings; ++c)
        room[c] += relief[link][o][c];
      options[link] = static_cast<std::uint8_t>(o);
      descend(place + 1, spent + extra(link, o));
      for (std::size_t c = 0; c < ceilings; ++c)
        room[c] -= relief[link][o][c];
    }
    options[link] = 0;
    descend(place + 1, spent);
  }
};

} // namespace

double cheapest_cost(const PlanProblem& problem) {
  double sum = 0;
  for (std::size_t i = 0; i < problem.count; ++i)
    sum += problem.links[i].options[0].cost;
  return sum;
}

bool plan_originates(const PlanProblem& problem, const RuleOfOrigin& rule, const Options& options) {
  return std::any_of(rule.any_of.begin(), rule.any_of.end(), [&](const Route& route) {
    return std::all_of(route.all_of.begin(), route.all_of.end(), [&](const Ceiling& ceiling) {
      double sum = 0;
      for (std::size_t i = 0; i < problem.count; ++i)
        sum += amount(problem, ceiling, problem.links[i], problem.links[i].options[options[i]]);
      return sum <= limit(problem, ceiling) + 1e-12;
    });
  });
}

Plan cheapest_originating(const PlanProblem& problem, const RuleOfOrigin& rule) {
  Plan best;
  for (const auto& route : rule.any_of)
    RouteSearch{problem, route}.run(best);
  return best;
}

} // namespace nearshore
