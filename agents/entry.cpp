#include "agents/entry.hpp"

#include "agents/arithmetic.hpp"
#include "agents/random.hpp"
#include "agents/sourcing.hpp"

#include <algorithm>

namespace nearshore {
namespace {

/// Home of an investor: the region itself with weight 1, others by the regime's promotion.
std::size_t home_of_entrant(const MonthContext& m, const Population& firms, std::size_t f,
                            std::size_t cell) {
  const auto& weights = m.policy->levers.entrant_home;
  double sum = 1;
  for (std::size_t r = 0; r < firms.R; ++r)
    sum += static_cast<double>(weights[cell * firms.R + r]);
  double u =
      sum * uniform(m.seed, Purpose::entrant_home, static_cast<std::uint32_t>(f), 0, m.month) - 1;
  for (std::size_t r = 0; r < firms.R && u > 0; ++r) {
    u -= static_cast<double>(weights[cell * firms.R + r]);
    if (u <= 0) return r;
  }
  return firms.region[f];
}

void enter(const MonthContext& m, Population& firms, std::size_t f, std::size_t cell,
           const EntrantModels& models) {
  const auto& p = *m.parameters;
  if (models.output[cell] <= 0) return;
  const bool affiliate = home_of_entrant(m, firms, f, cell) != firms.region[f];
  firms.active[f] = 1;
  firms.productivity[f] = static_cast<float>(affiliate ? p.affiliate_productivity : 1);
  firms.capacity[f] = models.output[cell] / p.normal_utilisation;
  firms.base_output[f] = models.output[cell];
  firms.planned[f] = firms.demand[f] = firms.output[f] = 0;
  firms.pressure[f] = static_cast<float>(p.normal_utilisation); // time to find customers
  firms.next_card[f].price = 1;
  firms.next_card[f].spare = static_cast<float>(firms.capacity[f]);
  for (std::size_t d = 0; d < firms.R; ++d) {
    firms.final_base[f * firms.R + d] =
        static_cast<float>((affiliate ? p.affiliate_customers : p.entrant_customers) *
                           static_cast<double>(models.final_base[cell * firms.R + d]));
    firms.final_shift[f * firms.R + d] = 1;
  }
}

void leave(Population& firms, std::size_t f) {
  firms.active[f] = 0;
  firms.capacity[f] = firms.planned[f] = firms.demand[f] = firms.output[f] = 0;
  firms.next_card[f].spare = kGone;
  for (std::size_t d = 0; d < firms.R; ++d)
    firms.final_base[f * firms.R + d] = 0;
}

} // namespace

EntrantModels models_of_entrants(const Population& firms) {
  const std::size_t cells = firms.first_seller.size() - 1;
  EntrantModels models{std::vector<double>(cells, 0), std::vector<float>(cells * firms.R, 0)};
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const std::size_t begin = firms.first_seller[cell], end = firms.first_seller[cell + 1];
    std::size_t like = begin + (end - begin) / 3; // sellers are sorted by size inside a type
    while (like > begin && (!firms.active[like] || firms.base_output[like] <= 0))
      --like;
    if (begin == end || firms.base_output[like] <= 0) continue;
    models.output[cell] = firms.base_output[like];
    for (std::size_t d = 0; d < firms.R; ++d)
      models.final_base[cell * firms.R + d] = firms.final_base[like * firms.R + d];
  }
  return models;
}

void enter_and_exit(const MonthContext& m, Population& firms,
                    const std::vector<double>& cell_pressure, const EntrantModels& models,
                    std::size_t begin, std::size_t end) {
  const auto& p = *m.parameters;
  for (std::size_t f = begin; f < end; ++f) {
    const std::size_t cell = firms.region[f] * firms.S + firms.sector[f];
    const auto who = static_cast<std::uint32_t>(f);
    if (firms.active[f]) {
      if (static_cast<double>(firms.pressure[f]) < p.exit_utilisation &&
          static_cast<double>(m.policy->levers.capacity[cell]) > 0 &&
          uniform(m.seed, Purpose::exit_firm, who, 0, m.month) < p.exit_rate)
        leave(firms, f);
      continue;
    }
    const double cost = p.entry_cost * static_cast<double>(m.policy->levers.entry_cost[cell]);
    const double reached = (cell_pressure[cell] - p.normal_utilisation) / std::max(cost, 1e-6);
    if (reached <= 1) continue;
    if (uniform(m.seed, Purpose::entry, who, 0, m.month) < std::min(1.0, p.entry_rate * reached))
      enter(m, firms, f, cell, models);
  }
}

} // namespace nearshore
