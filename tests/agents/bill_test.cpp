// A bill of materials says what the plan without alternatives says, for every firm and agreement.
#include "agents/bill.hpp"
#include "agents/origin.hpp"
#include "agents/plan.hpp"
#include "sim/simulation.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace nearshore;

namespace {

/// The same bill as a plan problem with one option a link.
PlanProblem as_problem(const MonthContext& m, const Population& firms, std::size_t f,
                       std::size_t a) {
  const auto& agreement = m.policy->agreements[a];
  PlanProblem problem;
  problem.transaction_value = static_cast<double>(firms.card[f].price);
  problem.net_cost = problem.transaction_value / m.parameters->markup;
  problem.own_region = firms.region[f];
  problem.members = agreement.members;
  problem.domestic_accumulation = agreement.accumulation == Accumulation::domestic;
  double bought = 0;
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
    for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
      const auto s = firms.supplier[l];
      const Card& seller = firms.card[s];
      auto& link = problem.links[problem.count++];
      link.sector = firms.input_sector[i];
      auto& option = link.options[0];
      option.value = static_cast<double>(firms.units[l]) * static_cast<double>(seller.price);
      option.region = seller.region;
      option.originates = m.input_originates(seller, link.sector, a);
      option.counting =
          agreement.roll_up ? 1 : MonthContext::members_value(firms, s, agreement.members);
      option.available = true;
      bought += option.value;
    }
  problem.own_value = std::max(0.0, problem.transaction_value - bought);
  return problem;
}

} // namespace

TEST_CASE("a bill originates where the plan of what is bought does", "[origin]") {
  const std::vector<std::string> sets{"run.firms=3000", "run.spin_up=2", "run.end=2025-06",
                                      "run.threads=1"};
  Simulation simulation(load_scenario("configs/history.toml", sets));
  simulation.spin_up();
  std::size_t yes = 0, no = 0;
  for (int month = 0; month < 3; ++month) {
    simulation.step();
    const auto& m = simulation.context();
    const auto& firms = simulation.firms();
    for (std::size_t a = 0; a < m.policy->agreements.size(); ++a)
      for (std::size_t f = 0; f < firms.firms(); ++f) {
        const auto* rule = (*m.rules)[a * m.lines->size() + firms.line[f]];
        const std::size_t l = firms.link_begin(f), n = firms.link_end(f) - l;
        if (rule == nullptr || n > kMaxPlanLinks ||
            !contains(m.policy->agreements[a].members, firms.region[f]))
          continue;
        auto problem = as_problem(m, firms, f, a);
        for (const double slack : {0.0, 0.05}) {
          problem.slack = slack;
          const bool wanted = plan_originates(problem, *rule, {});
          REQUIRE(originates(m, firms, firms.card, f, a, {firms.supplier.data() + l, n},
                             {firms.units.data() + l, n}, slack) == wanted);
          ++(wanted ? yes : no);
        }
      }
  }
  CHECK(yes > 500);
  CHECK(no > 500);
}
