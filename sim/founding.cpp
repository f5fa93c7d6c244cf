// How the base year comes to be: firms laid out, the table met, claims laid, bundles suited to the
// base year's preferences; and how it is set anew from a running network.
#include "agents/candidates.hpp"
#include "agents/claims.hpp"
#include "agents/random.hpp"
#include "agents/sourcing.hpp"
#include "sim/settle.hpp"
#include "sim/simulation.hpp"

#include <algorithm>

namespace nearshore {
namespace {

// How exactly the base year is met. The change of sales per round of scaling falls to a fifth or
// less (with few firms some, whose orders exceed their target, settle more slowly), and that of
// content per tier to a third. While a spin-up follows, which rebases again and carries content on
// by a tier a month, and for the sales from which claims and reviews of the founding start, less is
// enough than at last.
constexpr ScalingEffort kForSales{4, 3e-4}, kForInterim{14, 1e-5}, kForBaseYear{14, 1e-7};
constexpr float kInterimContent = 0.03F, kBaseYearContent = 1e-6F; // largest move of a share
constexpr int kMostTiers = 40;
// Reviews of the founding draw the firms they meet in months of their own, far from any calendar.
constexpr std::uint32_t kFoundingMonth = 1U << 24;

} // namespace

/// From the laid-out firms to the base year.
void Simulation::found() {
  std::fill(population.duty_borne.begin(), population.duty_borne.end(), 1.0F);
  std::fill(population.position.begin(), population.position.end(), kBestPlace);
  content_of_table(workers, table, population);
  scale_to_table(workers, month, table, population, laid_out, kForSales, Restate::sales);
  assume_origin();
  settle_origin(workers, month, population, Settling::from_all);
  lay_claims();
  for (int round = 0; round < static_cast<int>(parameters.founding_rounds); ++round)
    suit_bundles(kFoundingMonth + static_cast<std::uint32_t>(round));
  rebase(run_settings.spin_up > 0);
}

/// Firms suit their bundles to the base year's preferences; status follows, then claims.
void Simulation::suit_bundles(std::uint32_t when) {
  month.month = when;
  refresh_sellers();
  price_floor.update(workers, month, population);
  FirmBits changed{population.firms()};
  workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
    const auto at = [&](std::size_t l) {
      return population.supplier.begin() + static_cast<std::ptrdiff_t>(l);
    };
    const std::size_t first = population.link_begin(begin);
    const std::vector<std::uint32_t> before(at(first), at(population.link_begin(end)));
    found_bundles(month, population, begin, end);
    for (std::size_t f = begin; f < end; ++f)
      if (!std::equal(at(population.link_begin(f)), at(population.link_end(f)),
                      before.begin() +
                          static_cast<std::ptrdiff_t>(population.link_begin(f) - first)))
        changed.set(f);
  });
  settle_origin(workers, month, population, Settling::from_present, &changed);
  lay_claims();
}

/// All goods of members originate: status from which the largest consistent set is settled.
void Simulation::assume_origin() {
  workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f) {
      auto& card = population.card[f];
      for (std::size_t a = 0; a < policy.agreements.size(); ++a)
        if (contains(policy.agreements[a].members, population.region[f]))
          card.origin = static_cast<std::uint8_t>(card.origin | bit(a));
    }
  });
}

/// Claims to start from: made wherever they pay. The spin-up finds the state that lasts.
void Simulation::lay_claims() {
  workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f) {
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
        card.claims = static_cast<std::uint16_t>(card.claims |
                                                 bit(lanes.slot(population.region[f], importer)));
      }
      card.base_claims = card.claims;
      population.next_card[f] = card;
    }
  });
}

/// Who would begin to deliver in the first month belongs to the base year, so that the first month
/// is the base year's.
void Simulation::begin_deliveries() {
  population.next_card = population.card;
  workers.for_blocks(population.firms(), [&](std::size_t begin, std::size_t end, int) {
    begin_deliveries_due(month, population, begin, end);
  });
}

/// Makes the present network the base year: scaled to the table, prices 1, claims of the base year.
/// Scaling starts from the sales of the layout, the first time, and from the present ones later.
/// While a spin-up follows, less exactly.
void Simulation::rebase(bool spin_up_follows) {
  const std::size_t n = population.firms();
  SalesTargets targets;
  std::swap(targets, laid_out);
  const bool first = !targets.home.empty();
  targets.home.resize(n, 0);
  targets.abroad.resize(n, 0);
  workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f) {
      population.card[f].base_claims = population.card[f].claims;
      if (first) continue;
      targets.home[f] = static_cast<double>(population.sales_at_home(f));
      targets.abroad[f] = static_cast<double>(population.sales(f)) - targets.home[f];
    }
  });
  scaling_report = scale_to_table(workers, month, table, population, targets,
                                  spin_up_follows ? kForInterim : kForBaseYear, Restate::units_too);
  settle_origin(workers, month, population, Settling::from_present);
  settle_content(workers, accounts, population, kMostTiers,
                 spin_up_follows ? kInterimContent : kBaseYearContent);
  workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f) { // status may have moved with the scaling
      auto& card = population.card[f];
      std::uint16_t claims = 0;
      for (std::size_t k = population.first_desk[f]; k < population.first_desk[f + 1]; ++k) {
        const std::size_t d = population.desk_importer[k];
        if (population.desk_state[k] == static_cast<std::uint8_t>(DeskState::claiming) &&
            contains(card.origin, lanes.programme(population.region[f], d).index() - 1))
          claims = static_cast<std::uint16_t>(claims | bit(lanes.slot(population.region[f], d)));
      }
      card.claims = card.base_claims = claims;
      population.next_card[f] = card;
    }
  });
  // With the duties of those claims.
  scaling_report.inputs_cut = restate_value_added(workers, month, population);
  entrant_models = models_of_entrants(population);
  refresh_sellers();
  economy = Economy(table.R(), table.S());
  markets.measure_base(month, population, economy);
}

/// Sellers are met in proportion to capacity, apart for home and foreign buyers.
void Simulation::refresh_sellers() {
  const std::size_t n = population.firms();
  std::vector<double> home(n, 0), abroad(n, 0);
  workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f) {
      if (population.active[f] == 0) continue;
      const auto here = static_cast<double>(population.sales_at_home(f));
      const auto all = static_cast<double>(population.sales(f));
      const double share = all > 0 ? here / all : 0.5;
      home[f] = population.capacity[f] * share;
      abroad[f] = population.capacity[f] * (1 - share);
    }
  });
  sourcing_tables.set_sellers(workers, population, home, abroad);
}

} // namespace nearshore
