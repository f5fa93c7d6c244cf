#include "agents/plan.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <random>

using namespace nearshore;

namespace {

/// A rule and links at random; sectors 0 to 4, regions 0 to 3 of which 0 to 2 are members.
struct Case {
  PlanProblem problem;
  RuleOfOrigin rule;
};

Case random_case(std::mt19937& luck) {
  const auto u = [&] { return std::uniform_real_distribution<double>{}(luck); };
  Case c;
  c.problem.count = 1 + luck() % 9;
  c.problem.members = 0b0111;
  c.problem.own_region = static_cast<std::uint8_t>(luck() % 3);
  c.problem.slack = u() < 0.5 ? 0 : 0.01;
  double bought = 0;
  for (std::size_t i = 0; i < c.problem.count; ++i) {
    auto& link = c.problem.links[i];
    link.sector = static_cast<std::uint8_t>(luck() % 5);
    const double cost = u() / static_cast<double>(c.problem.count);
    for (std::size_t o = 0; o < kPlanOptions; ++o) {
      auto& option = link.options[o];
      option.available = o == 0 || u() < 0.7;
      option.cost = o == 0 ? cost : cost * (1 + u());
      option.value = option.cost * (0.8 + 0.2 * u());
      option.region = static_cast<std::uint8_t>(luck() % 4);
      option.originates = option.region < 3 && (o > 0 || u() < 0.4);
      option.counting = u() < 0.8 ? 1 : u();
    }
    bought += cost;
  }
  c.problem.own_value = std::max(0.1, 1 - bought);
  c.problem.net_cost = 0.9;
  const std::size_t routes = 1 + luck() % 3;
  for (std::size_t r = 0; r < routes; ++r) {
    Route route;
    const std::size_t ceilings = 1 + luck() % 3;
    for (std::size_t k = 0; k < ceilings; ++k) {
      Ceiling ceiling;
      for (std::size_t s = 0; s < 5; ++s)
        ceiling.weight[s] = u() < 0.3 ? 0 : static_cast<float>(u());
      if (u() < 0.7)
        ceiling.of_transaction_value = static_cast<float>(0.1 + 0.4 * u());
      else if (u() < 0.5)
        ceiling.of_net_cost = static_cast<float>(0.1 + 0.4 * u());
      else
        ceiling.of_group_value = static_cast<float>(0.3 * u());
      if (u() < 0.3) ceiling.counting_regions = 0b0011;
      ceiling.includes_own_value = u() < 0.1;
      route.all_of.push_back(ceiling);
    }
    c.rule.any_of.push_back(route);
  }
  return c;
}

/// Written from the text of the rule, without the solver's algebra: every ceiling's left and right
/// side.
bool satisfied(const PlanProblem& p, const RuleOfOrigin& rule,
               const std::vector<std::size_t>& taken) {
  for (const auto& route : rule.any_of) {
    bool all = true;
    for (const auto& ceiling : route.all_of) {
      double not_counting = 0, group = 0;
      for (std::size_t i = 0; i < p.count; ++i) {
        const auto& o = p.links[i].options[taken[i]];
        const double looked_at = static_cast<double>(ceiling.weight[p.links[i].sector]) * o.value;
        group += looked_at;
        const bool counts = o.originates && ((ceiling.counting_regions >> o.region) & 1U) != 0 &&
                            ((p.members >> o.region) & 1U) != 0;
        not_counting += counts ? looked_at * (1 - o.counting) : looked_at;
      }
      if (ceiling.includes_own_value && ((ceiling.counting_regions >> p.own_region) & 1U) == 0)
        not_counting += std::max(0.0, ceiling.of_transaction_value > 0
                                          ? p.own_value
                                          : p.own_value - p.transaction_value + p.net_cost);
      const double limit =
          std::max(static_cast<double>(ceiling.of_transaction_value) * p.transaction_value,
                   static_cast<double>(ceiling.of_net_cost) * p.net_cost) +
          static_cast<double>(ceiling.of_group_value) * group - p.slack * p.transaction_value;
      if (not_counting > limit + 1e-12) all = false;
    }
    if (all) return true;
  }
  return false;
}

/// Cheapest cost over all combinations; infinity if none originates.
double brute_force(const PlanProblem& p, const RuleOfOrigin& rule) {
  double best = std::numeric_limits<double>::infinity();
  std::vector<std::size_t> taken(p.count, 0);
  for (;;) {
    double cost = 0;
    bool possible = true;
    for (std::size_t i = 0; i < p.count; ++i) {
      possible = possible && p.links[i].options[taken[i]].available;
      cost += p.links[i].options[taken[i]].cost;
    }
    if (possible && cost < best && satisfied(p, rule, taken)) best = cost;
    std::size_t i = 0;
    while (i < p.count && ++taken[i] == kPlanOptions)
      taken[i++] = 0;
    if (i == p.count) return best;
  }
}

} // namespace

TEST_CASE("the plan that originates is the cheapest of all combinations") {
  std::mt19937 luck{12345};
  int feasible = 0, optimal = 0, verdicts = 0;
  double excess = 0;
  constexpr int kCases = 10'000;
  for (int n = 0; n < kCases; ++n) {
    const Case c = random_case(luck);
    const double best = brute_force(c.problem, c.rule);
    const Plan plan = cheapest_originating(c.problem, c.rule);
    verdicts += plan.feasible == (best < 1e300);
    if (!plan.feasible || best > 1e300) continue;
    ++feasible;
    CHECK(plan_originates(c.problem, c.rule, plan.option));
    double cost = 0;
    for (std::size_t i = 0; i < c.problem.count; ++i)
      cost += c.problem.links[i].options[plan.option[i]].cost;
    CHECK(cost == Approx(plan.cost).epsilon(1e-9));
    optimal += plan.cost <= best * (1 + 1e-9);
    excess += plan.cost / best - 1;
  }
  INFO("feasible " << feasible << ", optimal " << optimal << ", mean excess " << excess / feasible);
  CHECK(verdicts == kCases);
  CHECK(feasible > kCases / 4);
  CHECK(optimal >= 0.99 * feasible);
  CHECK(excess / feasible <= 0.001);
}

TEST_CASE("a product that originates with its cheapest suppliers changes none") {
  PlanProblem p;
  p.count = 2;
  for (std::size_t i = 0; i < 2; ++i) {
    p.links[i].options[0] = {0.3, 0.3, 1, 0, i == 0, true};
    p.links[i].options[1] = {0.4, 0.4, 1, 0, true, true};
  }
  RuleOfOrigin rule;
  Ceiling rvc; // RVC 60 % by transaction value: at most 0.40 of non-originating materials
  rvc.weight.fill(1);
  rvc.of_transaction_value = 0.40F;
  rule.any_of = {Route{{rvc}}};
  CHECK(cheapest_originating(p, rule).cost == Approx(0.6));
  rule.any_of[0].all_of[0].of_transaction_value = 0.25F; // RVC 75 %: the second input must change
  const Plan plan = cheapest_originating(p, rule);
  CHECK(plan.cost == Approx(0.7));
  CHECK(plan.option[1] == 1);
  rule.any_of.clear();
  CHECK_FALSE(cheapest_originating(p, rule).feasible);
}
