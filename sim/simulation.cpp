#include "sim/simulation.hpp"

#include "agents/arithmetic.hpp"
#include "agents/candidates.hpp"
#include "agents/capacity.hpp"
#include "agents/claims.hpp"
#include "agents/entry.hpp"
#include "agents/origin.hpp"
#include "agents/prices.hpp"
#include "agents/random.hpp"
#include "agents/sourcing.hpp"
#include "sim/closure.hpp"
#include "sim/config/paths.hpp"

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

MonthRecord empty_record(std::size_t R, std::size_t S, std::size_t P, std::size_t A) {
  MonthRecord r;
  r.claims.resize(R * R * S);
  r.claim_change.resize(R * R);
  r.claim_change_recorded.resize(R * R);
  r.trade.resize(R * R * S * 2 * P);
  r.duty.resize(R * R * S * A);
  r.exports_content.resize(R * S * R);
  r.rvc_exports.resize(R * S * kRvcBins);
  r.gross_output.resize(R * S);
  r.employment.resize(R * S);
  r.price_index.resize(R * S);
  r.capacity_utilisation.resize(R * S);
  r.active_firms.resize(R * S);
  r.final_spending.resize(R);
  return r;
}

} // namespace

Simulation::Simulation(const Scenario& scenario, bool check)
    : run_settings(scenario.run), switches(scenario.switches), parameters(scenario.parameters),
      checking(check), regime_data(scenario.regime), law(*regime_data), world_data(scenario.world),
      table(*world_data),
      sector_data(read_sector_behaviour(find_input("configs/data/sector_behaviour.csv"), table)),
      lines(law.lines().begin(), law.lines().end()), workers(scenario.run.threads),
      base_policy(law.compile(scenario.run.start)), lanes(table.R(), base_policy.agreements),
      population([&] {
        sourcing_tables.set_origins(table.R(), table.S(), table.inputs);
        return lay_out_firms({run_settings.firms, run_settings.seed, &table, &lines, &lanes,
                              &sector_data, &parameters},
                             targets);
      }()),
      economy(table.R(), table.S()), markets(workers, table.R(), table.S(), population.firms()),
      accounts(workers, table.R(), table.S(), law.programmes(), law.data().authorities.size()),
      record(empty_record(table.R(), table.S(), law.programmes(), law.data().authorities.size())),
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

  place_matches();
  for (std::size_t f = 0; f < population.firms(); ++f) {
    population.duty_borne[f] = 1;
    population.final_base[f * table.R()] = 0;
    population.content[f * table.R() + population.region[f]] = 1;
  }
  scale_to_table(month, table, population, targets);
  lay_first_claims();
  rebase();
  found();
}

/// The best of a link's matches is the one its base-year supplier has.
void Simulation::place_matches() {
  workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
    const auto places = static_cast<std::uint32_t>(parameters.candidates);
    for (std::size_t f = begin; f < end; ++f)
      for (std::size_t l = population.link_begin(f); l < population.link_end(f); ++l)
        population.position[l] =
            best_place(run_settings.seed, f, l - population.link_begin(f), places);
  });
}

/// Originating status and value-added content that are consistent along the chain, with suppliers
/// as they are.
void Simulation::settle_status() {
  // Supply chains are shorter than this; content converges by about a half each tier.
  constexpr int kTiers = 40;
  constexpr float kSettled = 1e-6F; // of value: the resolution of the content's 32-bit numbers
  const auto blocks = (population.firms() + kBlock - 1) / kBlock;
  std::vector<float> moved(blocks);
  std::vector<std::uint8_t> turned(blocks);
  population.next_card = population.card;
  for (int tier = 0; tier < kTiers; ++tier) {
    workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
      update_origin(month, population, begin, end);
    });
    accounts.update_content(population);
    workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
      bool status = false;
      for (std::size_t f = begin; f < end; ++f) {
        status = status || population.card[f].origin != population.next_card[f].origin;
        population.card[f].origin = population.next_card[f].origin;
      }
      float most = 0;
      for (std::size_t i = begin * table.R(); i < end * table.R(); ++i)
        most = std::max(most, std::abs(population.next_content[i] - population.content[i]));
      turned[begin / kBlock] = status;
      moved[begin / kBlock] = most;
    });
    population.content.swap(population.next_content);
    const auto any = [](const auto& column) {
      return *std::max_element(column.begin(), column.end());
    };
    if (any(turned) == 0 && any(moved) < kSettled) break;
  }
}

/// Claims to start from: made wherever they pay. The spin-up finds the state that lasts.
void Simulation::lay_first_claims() {
  for (std::size_t f = 0; f < population.firms(); ++f) {
    auto& card = population.card[f];
    for (std::size_t a = 0; a < policy.agreements.size(); ++a)
      if (contains(policy.agreements[a].members, population.region[f]))
        card.origin = static_cast<std::uint8_t>(card.origin | bit(a));
  }
  settle_status();
  for (std::size_t f = 0; f < population.firms(); ++f) {
    auto& card = population.card[f];
    card.claims = 0;
    const std::int64_t all = population.sales(f);
    for (std::size_t k = population.first_desk[f]; k < population.first_desk[f + 1]; ++k) {
      const std::size_t importer = population.desk_importer[k];
      const auto sales = population.sales(f, importer);
      const auto agreement = lanes.programme(population.region[f], importer).index() - 1;
      population.desk_state[k] = static_cast<std::uint8_t>(DeskState::idle);
      if (sales <= 0 || !contains(card.origin, agreement)) continue;
      const double annual = static_cast<double>(population.real_sales[f]) *
                            static_cast<double>(sales) / static_cast<double>(all);
      const auto surplus = claim_surplus(month, population, f, importer, annual);
      if (surplus.saving <= surplus.running + surplus.set_up) continue;
      population.desk_state[k] = static_cast<std::uint8_t>(DeskState::claiming);
      population.desk_timer[k] =
          static_cast<std::uint8_t>(1 + random_bits(run_settings.seed, Purpose::base_certificate,
                                                    static_cast<std::uint32_t>(k)) %
                                            12);
      card.claims =
          static_cast<std::uint16_t>(card.claims | bit(lanes.slot(population.region[f], importer)));
    }
  }
}

/// Makes the present network the base year: scaled to the table, prices 1, claims of the base year.
void Simulation::rebase() {
  const std::size_t R = table.R();
  for (auto& card : population.card)
    card.base_claims = card.claims;
  for (std::size_t f = 0; f < population.firms(); ++f) {
    targets.home[f] = targets.abroad[f] = 0;
    for (std::size_t d = 0; d < R; ++d)
      (d == population.region[f] ? targets.home : targets.abroad)[f] +=
          static_cast<double>(population.sales(f, d));
  }
  scaling_report = scale_to_table(month, table, population, targets);
  settle_status();
  for (std::size_t f = 0; f < population.firms(); ++f) { // status may have moved with the scaling
    auto& card = population.card[f];
    std::uint16_t claims = 0;
    for (std::size_t k = population.first_desk[f]; k < population.first_desk[f + 1]; ++k) {
      const std::size_t d = population.desk_importer[k];
      if (population.desk_state[k] == static_cast<std::uint8_t>(DeskState::claiming) &&
          contains(card.origin, lanes.programme(population.region[f], d).index() - 1))
        claims = static_cast<std::uint16_t>(claims | bit(lanes.slot(population.region[f], d)));
    }
    card.claims = card.base_claims = claims;
  }
  restate_value_added(month, population); // with the duties of those claims
  population.next_card = population.card;
  entrant_models = models_of_entrants(population);
  refresh_sellers();
  economy = Economy(table.R(), table.S());
  markets.measure_base(month, population, economy);
}

/// Firms suit their bundles to the base year's preferences, and the table is met again, in turns.
void Simulation::found() {
  for (int round = 0; round < static_cast<int>(parameters.founding_rounds); ++round) {
    price_floor.update(month, population);
    workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
      found_bundles(month, population, begin, end);
    });
    ++month.month; // other firms are met in the next round
    rebase();
    lay_first_claims();
    rebase();
  }
}

/// Sellers are met in proportion to capacity, apart for home and foreign buyers.
void Simulation::refresh_sellers() {
  const std::size_t R = table.R(), n = population.firms();
  std::vector<double> home(n, 0), abroad(n, 0);
  for (std::size_t f = 0; f < n; ++f) {
    if (!population.active[f]) continue;
    double here = 0, there = 0;
    for (std::size_t d = 0; d < R; ++d)
      (d == population.region[f] ? here : there) += static_cast<double>(population.sales(f, d));
    const double share = here + there > 0 ? here / (here + there) : 0.5;
    home[f] = population.capacity[f] * share;
    abroad[f] = population.capacity[f] * (1 - share);
  }
  sourcing_tables.set_sellers(population, home, abroad);
}

void Simulation::set_policy(MonthPolicy&& now) {
  policy = std::move(now);
  rules = rules_of_lines(policy.agreements, lines);
  landed.update(policy, lanes, lines, table.R());
}

void Simulation::run_month(Month when, bool spinning_up) {
  Stopwatch watch;
  std::size_t pass = 0;
  const auto done = [&] { pass_seconds[pass++] += watch.lap(); };
  const auto over_firms = [&](auto&& decision) {
    workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
      decision(month, population, begin, end);
    });
  };
  month.month = static_cast<std::uint32_t>(when.count);
  record.month = when;
  record.spin_up = spinning_up;

  if (!spinning_up) set_policy(law.compile(when, &policy));
  done();
  over_firms(update_prices);
  done();
  over_firms(update_origin);
  done();
  over_firms(update_claims);
  done();
  price_floor.update(month, population);
  over_firms(review_suppliers);
  done();
  markets.trade(month, population, economy);
  done();
  over_firms(update_capacity);
  if (month.switches.capacity)
    over_firms([&](const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
      enter_and_exit(m, firms, economy.pressure, entrant_models, begin, end);
    });
  done();
  accounts.update_content(population);
  accounts.record(month, population, markets, economy, record);
  if (checking) check_accounts(record, population, markets);
  update_factor_cost(run_settings.closure, parameters, record, economy);
  population.card.swap(population.next_card);
  population.content.swap(population.next_content);
  done();
  if (!spinning_up && when == run_settings.reference) decomposition.remember(month, population);
  decomposition.explain(month, population, record);
  done();
  record.firms = 0;
  for (const auto n : record.active_firms)
    record.firms += n;
  if (when.count % kSellerRefresh == 0) refresh_sellers();
}

void Simulation::spin_up(Observer* observer) {
  const int months = run_settings.spin_up;
  for (int t = 0; t < months; ++t) {
    if (t > 0 && t == months / 2) rebase();
    run_month(run_settings.start + (t - months), true);
    if (observer != nullptr) observer->on_month(record);
  }
  if (months > 0) rebase();
  // An experiment starts from the same base year as the run with which it is compared.
  month.switches = switches;
  if (!switches.resourcing) { // suppliers that are being qualified are given up
    population.pending = population.supplier;
    std::fill(population.lead.begin(), population.lead.end(), std::uint8_t{0});
  }
  if (run_settings.reference < run_settings.start) decomposition.remember(month, population);
}

const MonthRecord& Simulation::step() {
  run_month(next, false);
  next = next + 1;
  return record;
}

void Simulation::run(Observer& observer, bool show_spin_up) {
  spin_up(show_spin_up ? &observer : nullptr);
  while (next <= run_settings.end)
    observer.on_month(step());
}

} // namespace nearshore
