#include "sim/simulation.hpp"

#include "agents/arithmetic.hpp"
#include "agents/candidates.hpp"
#include "agents/capacity.hpp"
#include "agents/claims.hpp"
#include "agents/entry.hpp"
#include "agents/origin.hpp"
#include "agents/prices.hpp"
#include "agents/random.hpp"
#include "agents/review.hpp"
#include "agents/sourcing.hpp"
#include "policy/error.hpp"
#include "sim/closure.hpp"
#include "sim/invariants.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace nearshore {
namespace {

constexpr int kSellerRefresh = 6; // months between rebuilds of the sellers' tables

class Stopwatch {
public:
  double lap() {
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - last).count();
    last = now;
    return seconds;
  }

private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point last{Clock::now()};
};

/// Shares out the time of a loop in which passes took turns, as the workers' own clocks say.
template <class Spent>
void share_time(double* seconds, const std::vector<Spent>& by_worker, double elapsed) {
  Spent sum{};
  double all = 0;
  for (const auto& spent : by_worker)
    for (std::size_t k = 0; k < sum.size(); ++k) {
      sum[k] += spent[k];
      all += spent[k];
    }
  for (std::size_t k = 0; k < sum.size() && all > 0; ++k)
    seconds[k] += elapsed * sum[k] / all;
}

/// Beyond the states of any one law (Regime).
constexpr std::uint64_t kNextLaw = std::uint64_t{1} << 40;

bool same_line(const TariffLine& a, const TariffLine& b) {
  return a.origin == b.origin && a.sector == b.sector && a.share == b.share &&
         a.mfn_rate == b.mfn_rate && a.mfn_free == b.mfn_free && a.lists == b.lists &&
         a.entry_value == b.entry_value && a.rule_draw == b.rule_draw;
}

/// What a change of law in the midst of a run must leave as it is.
void check_same_grounds(const RegimeData& now, const RegimeData& then) {
  const auto require = [](bool same, const char* what) {
    if (!same)
      throw Error{ErrorKind::input, std::string{"a law with other "} + what,
                  "change of policy in the midst of a run", "the same ones; measures may change"};
  };
  require(now.regions == then.regions, "regions");
  require(now.sectors == then.sectors, "sectors");
  require(now.lists == then.lists, "product lists");
  require(
      std::ranges::equal(now.authorities, then.authorities, {}, &Authority::key, &Authority::key),
      "authorities");
  require(std::ranges::equal(now.agreements, then.agreements,
                             [](const AgreementLaw& a, const AgreementLaw& b) {
                               return a.header.name == b.header.name &&
                                      a.header.members == b.header.members;
                             }),
          "agreements or members");
  require(now.lines_known == then.lines_known &&
              std::ranges::equal(now.lines, then.lines, same_line),
          "tariff lines");
}

} // namespace

Simulation::Simulation(const Scenario& scenario, bool check)
    : Simulation(scenario, check, nullptr) {}

Simulation::Simulation(const Scenario& scenario, bool check, SectionReader& saved)
    : Simulation(scenario, check, &saved) {}

Simulation::Simulation(const Scenario& scenario, bool check, SectionReader* saved)
    : run_settings(scenario.run), switches(scenario.switches), parameters(scenario.parameters),
      checking(check), law(scenario.regime), world_data(scenario.world), table(*world_data),
      sector_data(scaled(*scenario.sectors, scenario.parameters)),
      lines(law->lines().begin(), law->lines().end()), workers(scenario.run.threads),
      base_policy(law->compile(scenario.run.start)), lanes(table.R(), base_policy.agreements),
      population([&] {
        sourcing_tables.set_origins(table.R(), table.S(), table.inputs);
        if (saved != nullptr) return restore_population(*saved);
        return lay_out_firms({run_settings.firms, run_settings.seed, &table, &lines, &lanes,
                              &sector_data, &parameters, &workers},
                             laid_out);
      }()),
      economy(table.R(), table.S()), markets(workers, lanes, lines, population, check),
      accounts(workers, table.R(), table.S(), law->programmes(), law->data().authorities.size()),
      record(empty_record(table.R(), table.S(), law->programmes(), law->data().authorities.size())),
      next(scenario.run.start) {
  policy = base_policy;
  month.seed = run_settings.seed;
  month.month = static_cast<std::uint32_t>(run_settings.start.count - run_settings.spin_up);
  month.policy = &policy;
  month.base_duties = &base_policy.duties;
  month.lanes = &lanes;
  base_landed.build(base_policy.duties, lanes, lines, table.R(), {});
  landed.update(policy, lanes, lines, table.R());
  month.landed = &landed;
  month.base_landed = &base_landed;
  month.parameters = &parameters;
  month.sectors = &sector_data.traits;
  month.lines = &lines;
  month.tables = &sourcing_tables;
  month.factor_cost = &economy.factor_cost;
  month.delivery = &economy.delivery;
  rules = rules_of_lines(policy.agreements, lines);
  month.rules = &rules;
  month.floor = &price_floor;
  month.reviewed = &review_count;

  if (saved != nullptr)
    restore(*saved);
  else
    found();
}

void Simulation::set_policy(Month when) {
  const auto agreements = policy.agreement_state;
  policy.duty_state -= laws;
  policy.agreement_state -= laws;
  law->advance(when, policy);
  policy.duty_state += laws;
  policy.agreement_state += laws;
  if (policy.agreement_state != agreements) rules = rules_of_lines(policy.agreements, lines);
  landed.update(policy, lanes, lines, table.R());
}

void Simulation::run_month(Month when, bool spinning_up) {
  Stopwatch watch;
  std::size_t pass = 0;
  const auto done = [&] { pass_seconds[pass++] += watch.lap(); };
  const auto over_firms = [&](auto&& decision) {
    workers.for_blocks(
        population.firms(),
        [&](std::size_t begin, std::size_t end, int) { decision(month, population, begin, end); },
        kSmallBlock);
  };
  // Decisions in which no firm reads what another decides: they take turns on groups of firms, so
  // that the suppliers' cards that one gathered are at hand for the next.
  const auto over_groups = [&](auto&&... decisions) {
    std::vector<std::array<double, sizeof...(decisions)>> spent(
        static_cast<std::size_t>(workers.threads()));
    workers.for_blocks(
        population.firms(),
        [&](std::size_t begin, std::size_t end, int worker) {
          Stopwatch own;
          for (std::size_t first = begin; first < end; first += kGroup) {
            std::size_t k = 0;
            ((decisions(month, population, first, std::min(end, first + kGroup)),
              spent[static_cast<std::size_t>(worker)][k++] += own.lap()),
             ...);
          }
        },
        kSmallBlock);
    share_time(&pass_seconds[pass], spent, watch.lap());
    pass += sizeof...(decisions);
  };
  month.month = static_cast<std::uint32_t>(when.count);
  record.month = when;
  record.spin_up = spinning_up;

  if (!spinning_up) set_policy(when);
  done();
  over_groups(update_prices, update_origin, update_claims);
  price_floor.update(workers, month, population);
  over_firms(review_suppliers);
  if (month.watch != nullptr) month.watch->on_decisions(month, population);
  done();
  markets.trade(month, population, economy);
  done();
  over_firms(update_capacity);
  if (month.switches.capacity)
    over_firms([&](const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
      enter_and_exit(m, firms, economy.pressure, entrant_models, begin, end);
    });
  done();
  accounts.record(month, population, markets, economy, record);
  check_totals(record, table.R(), table.S());
  if (checking) {
    check_accounts(record, population, markets);
    check_duty_totals(month, markets.books(), record, table.R(), table.S());
  }
  update_factor_cost(run_settings.closure, parameters, record, economy);
  check_economy(economy, when);
  population.card.swap(population.next_card);
  population.content.swap(population.next_content);
  done();
  if (!spinning_up && when == run_settings.reference) decomposition.remember(month, population);
  decomposition.explain(workers, month, population, record);
  if (run_settings.structure) structure.look(month, population, record);
  done();
  record.firms = 0;
  for (const auto n : record.active_firms)
    record.firms += n;
  if (when.count % kSellerRefresh == 0) refresh_sellers();
  done();
}

/// The next month of the spin-up; half way the base year is founded again.
const MonthRecord& Simulation::spin() {
  const int months = run_settings.spin_up;
  if (spun > 0 && spun == months / 2) rebase(true);
  run_month(run_settings.start + (spun - months), true);
  ++spun;
  return record;
}

void Simulation::end_spin_up() {
  spinning = false;
  if (run_settings.spin_up > 0) {
    begin_deliveries();
    rebase(false);
    // Who began to deliver in the base year did not part in its first month.
    if (run_settings.structure) structure.look(month, population, record);
  }
  // An experiment starts from the same base year as the run with which it is compared.
  month.switches = switches;
  if (!switches.resourcing) { // suppliers that are being qualified are given up
    population.pending = population.supplier;
    std::fill(population.lead.begin(), population.lead.end(), std::uint8_t{0});
  }
  if (run_settings.reference < run_settings.start) decomposition.remember(month, population);
}

void Simulation::spin_up(Observer* observer) {
  while (spun < run_settings.spin_up) {
    const auto& spun_month = spin();
    if (observer != nullptr) observer->on_month(spun_month);
  }
  if (spinning) end_spin_up();
}

const MonthRecord& Simulation::advance() {
  if (spun < run_settings.spin_up) return spin();
  if (spinning) end_spin_up();
  return step();
}

const MonthRecord& Simulation::step() {
  run_month(next, false);
  next = next + 1;
  return record;
}

void Simulation::set_law(std::shared_ptr<const Regime> other) {
  check_same_grounds(law->data(), other->data());
  law = std::move(other);
  laws += kNextLaw;
  policy.duty_state = policy.agreement_state = laws; // of no month: nothing is taken over
}

void Simulation::run(Observer& observer, bool show_spin_up) {
  spin_up(show_spin_up ? &observer : nullptr);
  while (next <= run_settings.end)
    observer.on_month(step());
}

} // namespace nearshore
