#include "agents/review.hpp"

#include "agents/arithmetic.hpp"
#include "agents/price_floor.hpp"
#include "agents/prices.hpp"
#include "agents/random.hpp"
#include "agents/sourcing.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace nearshore {
namespace {

/// Probability that a contract under review is not renewed: relationships break mostly when young.
/// Customers that are large for their supplier are kept longer.
float break_probability(const Parameters& p, float age, float share_of_capacity) {
  const float hazard =
      static_cast<float>(p.break_settled) +
      static_cast<float>(p.break_young) * exp_of_float(-age / static_cast<float>(p.break_age));
  return std::min(1.0F, hazard / (1 + share_of_capacity / static_cast<float>(p.break_share)));
}

/// Belief-weighted rate that a claim saves in a market.
double expected_saving(const MonthContext& m, const Population& firms, std::size_t f,
                       std::size_t importer, ProgrammeId programme) {
  const Card& card = firms.next_card[f];
  const auto& line = (*m.lines)[card.line];
  const auto& duties = m.policy->duties;
  const auto row = duties.row(RegionId{importer}, line.origin, line.sector, LineId{card.line});
  const auto without = duties.by_authority(row, ProgrammeId{});
  const auto with = duties.by_authority(row, programme);
  const double own = static_cast<double>(firms.content_of(f)[importer]);
  double sum = 0;
  for (std::size_t a = 0; a < without.size(); ++a)
    sum += (rate_of(without[a], own) - rate_of(with[a], own)) *
           static_cast<double>(m.policy->belief[a]);
  return sum;
}

/// Whether four matches are all below what is asked, as most are.
bool none_reaches(const float* match, float least) {
  typedef float Floats __attribute__((vector_size(16)));
  Floats four;
  std::memcpy(&four, match, sizeof four);
  const auto reached = four >= least;
  std::array<std::uint64_t, 2> halves{};
  std::memcpy(halves.data(), &reached, sizeof halves);
  return (halves[0] | halves[1]) == 0;
}

class Review {
public:
  Review(const MonthContext& context, Population& population, ReviewDesk& scratch, std::size_t firm,
         bool founding)
      : m(context), p(*context.parameters), firms(population), desk(scratch), f(firm),
        free_switching(founding), region(population.region[firm]),
        borne(population.duty_borne[firm]), market(context.landed->market(region)),
        base_market(context.base_landed->market(region)) {}

  void run() {
    if (m.switches.resourcing) set_aim();
    gather();
    if (aims()) weigh_origin();
    if (m.watch != nullptr && !free_switching)
      m.watch->on_review(
          m, firms, {f, desk, target.rule, target.agreement, target.worth, plan, taken.data()});
    adopt();
  }

private:
  const MonthContext& m;
  const Parameters& p;
  Population& firms;
  ReviewDesk& desk;
  std::size_t f;
  bool free_switching;
  std::size_t region;
  float borne;
  LandedCosts::Market market, base_market;
  std::array<std::uint8_t, kMaxPlanLinks> taken{};
  Plan plan; ///< the cheapest that originates

  /// The agreement whose origin is worth most to the firm, if any.
  struct Aim {
    std::size_t agreement{0};
    double worth{0};
    const RuleOfOrigin* rule{nullptr};
    Bits counted{~Bits{0}}; ///< regions that every ceiling of the rule counts
  };
  Aim target;
  [[nodiscard]] bool aims() const { return target.rule != nullptr; }

  void set_aim() {
    for (std::size_t a = 0; a < m.policy->agreements.size(); ++a) {
      if (!contains(m.policy->agreements[a].members, region)) continue;
      const auto* rule = (*m.rules)[a * m.lines->size() + firms.line[f]];
      if (rule == nullptr) continue;
      const double worth = worth_of_origin(m, firms, f, a);
      if (worth <= target.worth) continue;
      target = {a, worth, rule, ~Bits{0}};
      for (const auto& route : rule->any_of)
        for (const auto& ceiling : route.all_of)
          target.counted &= ceiling.counting_regions;
    }
  }

  /// Fills the plan problem: for each link the cheapest supplier, the cheapest that originates, and
  /// the cheapest that originates where the rule counts it.
  void gather() {
    auto& problem = desk.problem;
    problem.count = 0;
    double bought = 0;
    for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
      for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
        if (problem.count == kMaxPlanLinks) return;
        score(i, l);
        if (aims()) bought += problem.links[problem.count].options[0].value;
        ++problem.count;
      }
    if (!aims()) return;
    problem.transaction_value = static_cast<double>(firms.next_card[f].price);
    problem.net_cost = problem.transaction_value / p.markup;
    problem.own_value = std::max(0.0, problem.transaction_value - bought);
    problem.own_region = static_cast<std::uint8_t>(region);
    problem.slack = p.origin_slack;
    const auto& agreement = m.policy->agreements[target.agreement];
    problem.members = agreement.members;
    problem.domestic_accumulation = agreement.accumulation == Accumulation::domestic;
  }

  /// What is weighed for one link: the best score of each option so far.
  struct Scoring {
    std::size_t sector{0};
    float inverse_theta{0};
    std::size_t current_origin{0};
    float current_cost{0}, current_score{0};
    std::uint32_t current{0};
    std::array<float, kPlanOptions> best{};
  };

  [[nodiscard]] float landed(const Card& c, std::uint32_t s) const {
    return landed_factor(firms, market.at(c, c.claims), s, region, borne);
  }
  /// Log of landed price relative to the base year.
  [[nodiscard]] float log_relative(const Card& c, std::uint32_t s, float landed_now) const {
    return log_of_float(c.price * landed_now /
                        landed_factor(firms, base_market.at(c, c.base_claims), s, region, borne));
  }

  /// Puts a supplier where it is the best of an option. Costs are worked out only for who plans for
  /// origin.
  void offer(Scoring& w, std::uint32_t s, const Card& c, std::size_t place, float gross,
             float penalty, float landed_now, std::size_t from_option) {
    const float net = gross - penalty;
    auto& choice = desk.review[desk.problem.count].choice;
    const Choice chosen{s, static_cast<std::uint8_t>(place)};
    if (!aims()) {
      if (net <= w.best[0]) return;
      w.best[0] = net;
      choice[0] = chosen;
      return;
    }
    const bool originating = m.input_originates(c, w.sector, target.agreement);
    PlanOption option; // worked out where the supplier is the best of some option
    for (std::size_t o = from_option; o < kPlanOptions; ++o) {
      if (o > 0 && !originating) break;
      if (o == 2 && !contains(target.counted, c.region)) break;
      if (net <= w.best[o]) continue;
      if (!option.available) option = option_of(w, s, c, gross, net, landed_now, originating);
      w.best[o] = net;
      choice[o] = chosen;
      desk.problem.links[desk.problem.count].options[o] = option;
    }
  }

  [[nodiscard]] PlanOption option_of(const Scoring& w, std::uint32_t s, const Card& c, float gross,
                                     float net, float landed_now, bool originating) const {
    const auto& agreement = m.policy->agreements[target.agreement];
    return {
        static_cast<double>(w.current_cost * exp_of_float(w.current_score - net)),
        static_cast<double>(w.current_cost * exp_of_float(w.current_score - gross) / landed_now),
        agreement.roll_up ? 1 : MonthContext::members_value(firms, s, agreement.members),
        c.region,
        originating,
        true};
  }

  void score(std::size_t input, std::size_t link) {
    Scoring w;
    w.sector = firms.input_sector[input];
    const float theta = static_cast<float>((*m.sectors)[w.sector].theta);
    w.inverse_theta = 1 / theta;
    w.best.fill(-std::numeric_limits<float>::infinity());
    auto& places = desk.places;
    look_around(m, firms, f, input, link, places);
    desk.review[desk.problem.count].link = link;
    if (aims()) {
      auto& plan_link = desk.problem.links[desk.problem.count];
      plan_link.sector = static_cast<std::uint8_t>(w.sector);
      for (auto& option : plan_link.options)
        option.available = false;
    }

    w.current = firms.supplier[link];
    const Card& now = firms.next_card[w.current];
    w.current_origin = now.region;
    const float age = static_cast<float>(firms.age[link]);
    const double order =
        static_cast<double>(firms.units[link]) * static_cast<double>(firms.planned[f]);
    const float share = static_cast<float>(order / std::max(firms.capacity[w.current], 1.0));
    const bool broken =
        now.spare == kGone ||
        (!free_switching && to_unit(hashed(~places.key, m.month)) <
                                static_cast<double>(break_probability(p, age, share)));
    const float current_landed = landed(now, w.current);
    w.current_cost = firms.units[link] * now.price * current_landed;
    const std::size_t held =
        firms.position[link] < places.count ? firms.position[link] : places.best;
    // What the firm does not get from its supplier counts like a dearer price.
    const float aversion = static_cast<float>(p.shortage_aversion);
    w.current_score = places.match[held] * w.inverse_theta -
                      log_relative(now, w.current, current_landed) -
                      aversion * (1 - firms.fill[w.current]);
    const auto keep = [&] {
      offer(w, w.current, now, held, w.current_score, 0, current_landed, 0);
    };
    if (!broken) keep();
    if (!m.switches.resourcing) {
      // Only what breaks is replaced, in the origin where it was.
      if (!broken) return;
      const auto s = firm_at(m, firms, places, held, origin_of(m, places, held), f, order);
      const Card& c = firms.next_card[s];
      const float l = landed(c, s);
      offer(w, s, c, held, places.match[held] * w.inverse_theta - log_relative(c, s, l), 0, l, 0);
      return;
    }
    look_elsewhere(w, theta, aversion, order, broken);
    if (w.best[0] == -std::numeric_limits<float>::infinity()) keep(); // every seller met has left
  }

  void look_elsewhere(Scoring& w, float theta, float aversion, double order, bool broken) {
    const auto& places = desk.places;
    const bool free = broken || free_switching;
    const float firm_penalty = free ? 0 : static_cast<float>(p.switching_cost_firm);
    const float origin_penalty = free ? 0 : static_cast<float>(p.switching_cost_origin);
    const auto penalty_in = [&](std::size_t origin) {
      return origin == w.current_origin ? firm_penalty : origin_penalty;
    };
    /// Meets a seller at a place, and who wants origin looks on there for one that has it.
    const auto meet = [&](std::size_t k, std::size_t origin, bool look_on) {
      const float undelivered = static_cast<float>(1 - (*m.delivery)[origin * firms.S + w.sector]);
      const float penalty = penalty_in(origin);
      auto s = firm_at(m, firms, places, k, origin, f, order);
      const auto consider = [&](std::size_t from_option) {
        const Card& c = firms.next_card[s];
        if (c.spare == kGone) return;
        const float l = landed(c, s);
        const float gross =
            places.match[k] * w.inverse_theta - log_relative(c, s, l) - aversion * undelivered;
        offer(w, s, c, k, gross, penalty, l, from_option);
      };
      consider(0);
      for (std::uint32_t again = 0; look_on && again < 2; ++again) {
        if (contains(firms.next_card[s].origin, target.agreement)) break;
        s = another_firm_at(m, firms, places, k, origin, f, again);
        if (contains(firms.next_card[s].origin, target.agreement)) consider(1);
      }
    };
    const auto is_member = [&](std::size_t origin) {
      return aims() && contains(m.policy->agreements[target.agreement].members, origin);
    };
    const float nothing = -std::numeric_limits<float>::infinity();
    // Without the supplier it had, the firm measures the others by the one at its favourite place.
    std::size_t met = places.count;
    if (broken) {
      met = places.best;
      const auto origin = origin_of(m, places, met);
      meet(met, origin, is_member(origin));
    }
    const bool prunes = m.floor != nullptr && w.best[0] > nothing;
    // Origin is worth at most `target.worth`: a supplier dearer by more is in no plan.
    const float depth =
        aims() && w.best[0] > nothing
            ? log_of_float(
                  1 + static_cast<float>(
                          target.worth /
                          std::max(desk.problem.links[desk.problem.count].options[0].cost, 1e-12)))
            : 0;
    const float least_match = prunes
                                  ? theta * (w.best[0] - depth + m.floor->lowest(region, w.sector) +
                                             std::min(firm_penalty, origin_penalty)) -
                                        kRoundingOfMatch
                                  : nothing;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): the first `near` are written and read
    std::array<std::uint8_t, kMaxCandidates> place, origin_at;
    std::size_t near = 0;
    for (std::size_t k = 0; k < places.count; ++k) {
      if (k % 4 == 0 && none_reaches(&places.match[k], least_match)) {
        k += 3;
        continue;
      }
      if (places.match[k] < least_match || k == met) continue;
      place[near] = static_cast<std::uint8_t>(k);
      origin_at[near] = static_cast<std::uint8_t>(origin_of(m, places, k));
      expect_firm_at(m, firms, places, k, origin_at[near], f);
      ++near;
    }
    for (std::size_t i = 0; i < near; ++i) {
      const std::size_t k = place[i], origin = origin_at[i];
      bool in_plan = is_member(origin);
      if (prunes) {
        const float highest = places.match[k] * w.inverse_theta -
                              m.floor->at(region, origin, w.sector) - penalty_in(origin);
        in_plan =
            in_plan && highest > w.best[0] - depth && highest > std::min(w.best[1], w.best[2]);
        if (highest <= w.best[0] && !in_plan) continue;
      }
      meet(k, origin, in_plan);
    }
  }
  static constexpr float kRoundingOfMatch = 1e-4F; ///< kept below the bound

  /// The joint choice: the plan that originates is taken if it costs less than what origin is
  /// worth.
  void weigh_origin() {
    plan = cheapest_originating(desk.problem, *target.rule);
    if (plan.feasible && plan.cost - cheapest_cost(desk.problem) < target.worth)
      std::copy_n(plan.option.begin(), desk.problem.count, taken.begin());
  }

  /// Turns the plan into pending changes; new origins take the sector's lead time to qualify.
  void adopt() {
    const auto& traits = (*m.sectors)[firms.sector[f]];
    bool any = false, new_origin = false;
    for (std::size_t i = 0; i < desk.problem.count; ++i) {
      const auto& review = desk.review[i];
      const auto& choice = review.choice[taken[i]];
      const auto l = review.link;
      if (choice.supplier == firms.supplier[l]) continue;
      firms.pending[l] = choice.supplier;
      firms.pending_position[l] = choice.position;
      any = true;
      new_origin = new_origin || firms.next_card[choice.supplier].region !=
                                     firms.next_card[firms.supplier[l]].region;
    }
    if (!any) return;
    double months = 1;
    if (new_origin && !free_switching) {
      const double u =
          uniform(m.seed, Purpose::lead_time, static_cast<std::uint32_t>(f), 0, m.month);
      months = traits.lead_low + u * (traits.lead_high - traits.lead_low + 1);
    }
    firms.lead[f] = static_cast<std::uint8_t>(std::clamp(months, 1.0, 60.0));
  }
};

} // namespace

double worth_of_origin(const MonthContext& m, const Population& firms, std::size_t f,
                       std::size_t a) {
  const auto& p = *m.parameters;
  if (!m.policy->agreements[a].in_force) return 0;
  if (firms.first_desk[f] == firms.first_desk[f + 1]) return 0;
  const std::int64_t all = firms.sales(f);
  if (all <= 0) return 0;
  double worth = 0;
  for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k) {
    const std::size_t importer = firms.desk_importer[k];
    const auto programme = m.lanes->programme(firms.region[f], importer);
    if (programme.index() != a + 1) continue;
    const auto sales = firms.sales(f, importer);
    if (sales <= 0) continue;
    const double share = static_cast<double>(sales) / static_cast<double>(all);
    const double annual = static_cast<double>(firms.real_sales[f]) * share;
    const double net = expected_saving(m, firms, f, importer, programme) * p.duty_incidence -
                       static_cast<double>(firms.documentation_cost[f]) -
                       p.claim_fixed_cost / annual;
    worth += share * std::max(0.0, net);
  }
  return worth * static_cast<double>(firms.next_card[f].price);
}

void review_contracts(const MonthContext& m, Population& firms, std::size_t firm, ReviewDesk& desk,
                      bool founding) {
  Review{m, firms, desk, firm, founding}.run();
}

} // namespace nearshore
