#include "agents/prices.hpp"

#include "agents/arithmetic.hpp"

#include <algorithm>

namespace nearshore {

double duty_share_borne(const MonthContext& m, const Population& firms, std::size_t f) {
  const auto region = firms.region[f];
  const auto& relief = m.policy->relief[region * 2U + firms.type[f]];
  if (relief.share_of_exports == 0 && relief.share_of_all == 0) return 1;
  std::int64_t all = 0, abroad = 0, members = 0;
  for (std::size_t d = 0; d < firms.R; ++d) {
    const auto sales = firms.sales(f, d);
    all += sales;
    if (d == region) continue;
    abroad += sales;
    if (m.lanes->slot(region, d) != Lanes::kNone) members += sales;
  }
  if (all == 0) return 1 - static_cast<double>(relief.share_of_all);
  const double to_members = static_cast<double>(members) / static_cast<double>(all);
  const double to_others = static_cast<double>(abroad - members) / static_cast<double>(all);
  const double relieved =
      static_cast<double>(relief.share_of_all) +
      static_cast<double>(relief.share_of_exports) *
          (to_others + static_cast<double>(relief.limited_members_share) * to_members);
  return std::clamp(1 - relieved, 0.0, 1.0);
}

void update_prices(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  const auto& p = *m.parameters;
  for (std::size_t f = begin; f < end; ++f) {
    firms.next_card[f].spare = firms.card[f].spare;
    if (!firms.active[f]) {
      firms.next_card[f].price = firms.card[f].price;
      continue;
    }
    const std::size_t region = firms.region[f];
    const auto& traits = (*m.sectors)[firms.sector[f]];
    const double borne = duty_share_borne(m, firms, f);
    firms.duty_borne[f] = static_cast<float>(borne);

    const double energy = static_cast<double>(m.policy->levers.energy_cost[region]);
    const double own =
        static_cast<double>(firms.value_added[f]) / static_cast<double>(firms.productivity[f]) *
        ((1 - traits.energy_share) * (*m.factor_cost)[region] + traits.energy_share * energy);
    double cost = own;
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l) {
      const auto s = firms.supplier[l];
      const Card& seller = firms.card[s];
      cost += static_cast<double>(firms.units[l]) * static_cast<double>(seller.price) *
              delivery_factor(m, firms, seller, s, region, borne);
    }
    firms.unit_cost[f] = static_cast<float>(cost);

    const double pressure = static_cast<double>(firms.pressure[f]) / p.normal_utilisation - 1;
    const double target = power_of(std::max(cost, 1e-3), p.cost_pass_through) *
                          (1 + p.pressure_on_price * std::clamp(pressure, -0.5, 0.5));
    const double price = static_cast<double>(firms.card[f].price);
    firms.next_card[f].price = static_cast<float>(price + p.price_adjustment * (target - price));
  }
}

} // namespace nearshore
