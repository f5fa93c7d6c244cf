#include "agents/sourcing.hpp"

#include "agents/arithmetic.hpp"
#include "agents/candidates.hpp"
#include "agents/plan.hpp"
#include "agents/price_floor.hpp"
#include "agents/prices.hpp"
#include "agents/random.hpp"

#include <algorithm>
#include <limits>

namespace nearshore {
namespace {

/// What an option of a link means in terms of suppliers.
struct Choice {
  std::uint32_t supplier{0};
  std::uint8_t position{0};
};

struct LinkReview {
  std::size_t link{0};
  bool broken{false};
  std::array<Choice, kPlanOptions> choice;
};

/// Reviews of one firm, kept by each worker between firms.
struct Desk {
  PlanProblem problem;
  std::array<LinkReview, kMaxPlanLinks> review;
  Places places;
};

/// Probability that a contract under review is not renewed: relationships break mostly when young.
double break_probability(const Parameters& p, double age) {
  return std::min(1.0, p.break_settled + p.break_young * exp_of(-age / p.break_age));
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
  const double own = static_cast<double>(firms.content[f * firms.R + importer]);
  double sum = 0;
  for (std::size_t a = 0; a < without.size(); ++a)
    sum += (rate_of(without[a], own) - rate_of(with[a], own)) *
           static_cast<double>(m.policy->belief[a]);
  return sum;
}

/// What originating under an agreement is worth per unit of output: duty saved in each market times
/// the part that the firm bears, less documentation.
double worth_of_origin(const MonthContext& m, const Population& firms, std::size_t f,
                       std::size_t a) {
  const auto& p = *m.parameters;
  if (!m.policy->agreements[a].in_force) return 0;
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

class Review {
public:
  Review(const MonthContext& context, Population& population, Desk& scratch, std::size_t firm,
         bool founding = false)
      : m(context), firms(population), desk(scratch), f(firm), free_switching(founding) {}

  void run() {
    gather();
    for (std::size_t i = 0; i < desk.problem.count; ++i)
      taken[i] = 0;
    if (m.switches.resourcing) weigh_origin();
    adopt();
  }

private:
  const MonthContext& m;
  Population& firms;
  Desk& desk;
  std::size_t f;
  bool free_switching;
  std::array<std::uint8_t, kMaxPlanLinks> taken{};

  /// The agreement whose origin is worth most to the firm, if any.
  struct Aim {
    std::size_t agreement{0};
    double worth{0};
    const RuleOfOrigin* rule{nullptr};
    Bits counted{~Bits{0}}; ///< regions that every ceiling of the rule counts
  };

  Aim aim() const {
    Aim best;
    for (std::size_t a = 0; a < m.policy->agreements.size(); ++a) {
      if (!contains(m.policy->agreements[a].members, firms.region[f])) continue;
      const auto* rule = (*m.rules)[a * m.lines->size() + firms.line[f]];
      if (rule == nullptr) continue;
      const double worth = worth_of_origin(m, firms, f, a);
      if (worth <= best.worth) continue;
      best = {a, worth, rule, ~Bits{0}};
      for (const auto& route : rule->any_of)
        for (const auto& ceiling : route.all_of)
          best.counted &= ceiling.counting_regions;
    }
    return best;
  }

  Aim target;

  /// Fills the plan problem: for each link the cheapest supplier, the cheapest that originates, and
  /// the cheapest that originates where the rule counts it.
  void gather() {
    if (m.switches.resourcing) target = aim();
    auto& problem = desk.problem;
    problem.count = 0;
    double bought = 0;
    for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
      for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
        if (problem.count == kMaxPlanLinks) return;
        score(i, l);
        bought += problem.links[problem.count].options[0].value;
        ++problem.count;
      }
    problem.transaction_value = static_cast<double>(firms.next_card[f].price);
    problem.net_cost = problem.transaction_value / m.parameters->markup;
    problem.own_value = std::max(0.0, problem.transaction_value - bought);
    problem.own_region = firms.region[f];
    problem.slack = m.parameters->origin_slack;
    if (target.rule != nullptr) {
      const auto& agreement = m.policy->agreements[target.agreement];
      problem.members = agreement.members;
      problem.domestic_accumulation = agreement.accumulation == Accumulation::domestic;
    }
  }

  void score(std::size_t input, std::size_t link) {
    const auto& p = *m.parameters;
    const std::size_t region = firms.region[f], sector = firms.input_sector[input];
    const double theta = (*m.sectors)[sector].theta;
    const double borne = static_cast<double>(firms.duty_borne[f]);
    auto& places = desk.places;
    look_around(m, firms, f, input, link, places);

    auto& review = desk.review[desk.problem.count];
    const auto current = firms.supplier[link];
    const Card& now = firms.next_card[current];
    const double age = firms.age[link];
    review.link = link;
    review.broken =
        now.spare == kGone || uniform(m.seed, Purpose::link_break, static_cast<std::uint32_t>(f),
                                      static_cast<std::uint32_t>(link - firms.link_begin(f)),
                                      m.month) < break_probability(p, age);

    const auto log_relative = [&](std::uint32_t s, const Card& c) {
      return log_of(static_cast<double>(c.price) * delivery_factor(m, firms, c, s, region, borne) /
                    base_delivery_factor(m, firms, c, s, region, borne));
    };
    const auto current_origin = now.region;
    const double order = static_cast<double>(firms.units[link]) * firms.planned[f];
    const double current_factor = delivery_factor(m, firms, now, current, region, borne);
    const double current_cost =
        static_cast<double>(firms.units[link]) * static_cast<double>(now.price) * current_factor;
    const std::size_t held =
        firms.position[link] < places.count ? firms.position[link] : places.best;
    // What the firm does not get from its supplier counts like a dearer price.
    const double missing = 1 - static_cast<double>(firms.fill[current]);
    const double current_score =
        places.match(held) / theta - log_relative(current, now) - p.shortage_aversion * missing;

    auto& plan_link = desk.problem.links[desk.problem.count];
    plan_link = {};
    plan_link.sector = static_cast<std::uint8_t>(sector);
    std::array<double, kPlanOptions> best;
    best.fill(-std::numeric_limits<double>::infinity());

    const auto offer = [&](std::uint32_t s, std::size_t place, double score, double penalty,
                           std::size_t from_option = 0) {
      const Card& c = firms.next_card[s];
      const bool originating =
          target.rule != nullptr && m.input_originates(c, sector, target.agreement);
      for (std::size_t o = from_option; o < kPlanOptions; ++o) {
        if (o > 0 && !originating) break;
        if (o == 2 && !contains(target.counted, c.region)) break;
        if (score - penalty <= best[o]) continue;
        best[o] = score - penalty;
        auto& option = plan_link.options[o];
        option.available = true;
        option.originates = originating;
        option.region = c.region;
        option.cost = current_cost * exp_of(current_score - score + penalty);
        const double factor =
            s == current ? current_factor : delivery_factor(m, firms, c, s, region, borne);
        option.value = current_cost * exp_of(current_score - score) / factor;
        option.counting = target.rule != nullptr && !m.policy->agreements[target.agreement].roll_up
                              ? MonthContext::members_value(
                                    firms, s, m.policy->agreements[target.agreement].members)
                              : 1;
        review.choice[o] = {s, static_cast<std::uint8_t>(place)};
      }
    };

    if (!review.broken) offer(current, held, current_score, 0);
    if (!m.switches.resourcing) {
      // Only what breaks is replaced, in the origin where it was.
      if (!review.broken) return;
      const auto s = firm_at(m, firms, places, held, origin_of(m, places, held), f, order);
      offer(s, held, places.match(held) / theta - log_relative(s, firms.next_card[s]), 0);
      return;
    }

    const bool wants_origin = target.rule != nullptr && target.worth > 0;
    const auto penalty_in = [&](std::size_t origin) {
      return review.broken || free_switching ? 0
             : origin == current_origin      ? p.switching_cost_firm
                                             : p.switching_cost_origin;
    };
    /// Meets a seller at a place, and who wants origin looks on there for one that has it.
    const auto meet = [&](std::size_t k, std::size_t origin, double match, bool look_on) {
      const double undelivered = 1 - (*m.delivery)[origin * firms.S + sector];
      const double penalty = penalty_in(origin);
      auto s = firm_at(m, firms, places, k, origin, f, order);
      const auto consider = [&](std::size_t from_option) {
        const Card& c = firms.next_card[s];
        if (c.spare == kGone) return;
        const double score = match / theta - log_relative(s, c) - p.shortage_aversion * undelivered;
        offer(s, k, score, penalty, from_option);
      };
      consider(0);
      for (std::uint32_t again = 0; look_on && again < 2; ++again) {
        if (contains(firms.next_card[s].origin, target.agreement)) break;
        s = another_firm_at(m, firms, places, k, origin, f, again);
        if (contains(firms.next_card[s].origin, target.agreement)) consider(1);
      }
    };
    const auto is_member = [&](std::size_t origin) {
      return wants_origin && contains(m.policy->agreements[target.agreement].members, origin);
    };
    // Without the supplier it had, the firm measures the others by the one at its favourite place.
    std::size_t met = places.count;
    if (review.broken) {
      met = places.best;
      const auto origin = origin_of(m, places, met);
      meet(met, origin, places.match(met), is_member(origin));
    }
    // Origin is worth at most `target.worth`: a supplier dearer by more is in no plan.
    const double depth =
        wants_origin ? log_of(1 + target.worth / std::max(plan_link.options[0].cost, 1e-12)) : 0;
    double least_luck = 0;
    if (m.floor != nullptr && plan_link.options[0].available)
      least_luck =
          luck_of_match(theta * (best[0] - depth + m.floor->lowest(region, sector) +
                                 std::min(penalty_in(current_origin), p.switching_cost_origin)));
    for (std::size_t k = 0; k < places.count; ++k) {
      if (k == met || places.luck[k] < least_luck) continue;
      const auto origin = origin_of(m, places, k);
      const double match = places.match(k);
      bool in_plan = is_member(origin);
      if (m.floor != nullptr && plan_link.options[0].available) {
        const double highest =
            match / theta - m.floor->at(region, origin, sector) - penalty_in(origin);
        in_plan = in_plan && highest > best[0] - depth && highest > std::min(best[1], best[2]);
        if (highest <= best[0] && !in_plan) continue;
      }
      meet(k, origin, match, in_plan);
    }
    if (!plan_link.options[0].available) { // every seller met has left
      review.broken = false;
      offer(current, held, current_score, 0);
    }
  }

  /// The joint choice: the plan that originates is taken if it costs less than what origin is
  /// worth.
  void weigh_origin() {
    if (target.rule == nullptr || target.worth <= 0) return;
    const Plan plan = cheapest_originating(desk.problem, *target.rule);
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

/// Suppliers under qualification begin to deliver: units follow the match, since a worse match
/// costs more.
void complete(const MonthContext& m, Population& firms, std::size_t f, Places& places) {
  const double borne = static_cast<double>(firms.duty_borne[f]);
  const std::size_t region = firms.region[f];
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
    for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
      const auto from = firms.supplier[l], to = firms.pending[l];
      if (to == from) continue;
      firms.pending[l] = from;
      if (firms.next_card[to].spare == kGone) continue; // left while it was being qualified
      look_around(m, firms, f, i, l, places);
      const auto held = std::min<std::size_t>(firms.position[l], places.count - 1);
      const auto next = std::min<std::size_t>(firms.pending_position[l], places.count - 1);
      const double theta = (*m.sectors)[firms.input_sector[i]].theta;
      const double worse = (places.match(held) - places.match(next)) / theta;
      const double before =
          base_delivery_factor(m, firms, firms.next_card[from], from, region, borne);
      const double after = base_delivery_factor(m, firms, firms.next_card[to], to, region, borne);
      firms.units[l] =
          static_cast<float>(static_cast<double>(firms.units[l]) * exp_of(worse) * before / after);
      firms.supplier[l] = to;
      firms.pending[l] = to;
      firms.position[l] = static_cast<std::uint8_t>(next);
      firms.age[l] = 0;
    }
}

} // namespace

void found_bundles(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  Desk desk;
  for (std::size_t f = begin; f < end; ++f) {
    if (!firms.active[f]) continue;
    Review{m, firms, desk, f, true}.run();
    if (firms.lead[f] == 0) continue;
    firms.lead[f] = 0;
    complete(m, firms, f, desk.places);
  }
}

void review_suppliers(const MonthContext& m, Population& firms, std::size_t begin,
                      std::size_t end) {
  const auto& p = *m.parameters;
  Desk desk;
  for (std::size_t f = begin; f < end; ++f) {
    if (!firms.active[f]) continue;
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
      if (firms.age[l] < 255) ++firms.age[l];
    if (firms.lead[f] > 0) { // committed to the suppliers it is qualifying
      if (--firms.lead[f] == 0) complete(m, firms, f, desk.places);
      continue;
    }
    const double rate = p.review_rate * (*m.sectors)[firms.sector[f]].review_factor;
    const bool short_of_inputs = static_cast<double>(firms.input_limit[f]) < p.shortage_review;
    if (short_of_inputs ||
        uniform(m.seed, Purpose::review, static_cast<std::uint32_t>(f), 0, m.month) < rate)
      Review{m, firms, desk, f}.run();
  }
}

} // namespace nearshore
