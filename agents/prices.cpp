#include "agents/prices.hpp"

#include "agents/parallel.hpp"
#include "agents/powers.hpp"

#include <algorithm>
#include <array>

namespace nearshore {

double duty_share_borne(const MonthContext& m, const Population& firms, std::size_t f) {
  const auto region = firms.region[f];
  const auto& relief = m.policy->relief[region * 2U + firms.type[f]];
  if (relief.share_of_exports == 0 && relief.share_of_all == 0) return 1;
  const std::int64_t all = firms.sales(f);
  if (all == 0) return 1 - static_cast<double>(relief.share_of_all);
  const std::int64_t others = firms.sold[f * firms.books + Population::kOtherMarkets];
  const std::int64_t members = all - firms.sales_at_home(f) - others;
  const double to_members = static_cast<double>(members) / static_cast<double>(all);
  const double to_others = static_cast<double>(others) / static_cast<double>(all);
  const double relieved =
      static_cast<double>(relief.share_of_all) +
      static_cast<double>(relief.share_of_exports) *
          (to_others + static_cast<double>(relief.limited_members_share) * to_members);
  return std::clamp(1 - relieved, 0.0, 1.0);
}

namespace {

/// Unit cost at this month's landed prices: own value added, and inputs.
float unit_cost(const MonthContext& m, const Population& firms, std::size_t f,
                LandedCosts::Market market) {
  const std::size_t region = firms.region[f];
  const float borne = firms.duty_borne[f];
  const float energy_share = static_cast<float>((*m.sectors)[firms.sector[f]].energy_share);
  float cost = firms.value_added[f] / firms.productivity[f] *
               ((1 - energy_share) * static_cast<float>((*m.factor_cost)[region]) +
                energy_share * m.policy->levers.energy_cost[region]);
  constexpr std::size_t kAhead = 32; // links: sellers lie anywhere in memory
  const std::size_t last_link = firms.links() - 1;
  for (std::size_t l = firms.link_begin(f), end = firms.link_end(f); l < end; ++l) {
    __builtin_prefetch(&firms.card[firms.supplier[std::min(l + kAhead, last_link)]]);
    const auto s = firms.supplier[l];
    const Card& seller = firms.card[s];
    cost += firms.units[l] * seller.price *
            landed_factor(firms, market.at(seller, seller.claims), s, region, borne);
  }
  return cost;
}

/// Prices of at most kGroup firms. Powers are worked out apart from the gathers, many at a time.
void update_group(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  const auto& p = *m.parameters;
  const auto adjustment = static_cast<float>(p.price_adjustment);
  const auto on_pressure = static_cast<float>(p.pressure_on_price);
  const auto normal = static_cast<float>(1 / p.normal_utilisation);
  std::array<float, kGroup> cost{}, power{};
  for (std::size_t f = begin; f < end; ++f) {
    if (firms.active[f]) {
      firms.duty_borne[f] = static_cast<float>(duty_share_borne(m, firms, f));
      firms.unit_cost[f] = unit_cost(m, firms, f, m.landed->market(firms.region[f]));
    }
    cost[f - begin] = std::max(firms.unit_cost[f], 1e-3F);
  }
  powers_of(cost.data(), end - begin, static_cast<float>(p.cost_pass_through), power.data());
  for (std::size_t f = begin; f < end; ++f) {
    const float price = firms.card[f].price;
    const float pressure = firms.pressure[f] * normal - 1;
    const float target =
        power[f - begin] * (1 + on_pressure * std::min(std::max(pressure, -0.5F), 0.5F));
    const float change = firms.active[f] != 0 ? adjustment : 0;
    firms.next_card[f].price = price + change * (target - price);
    firms.next_card[f].spare = firms.card[f].spare;
  }
}

} // namespace

void update_prices(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  for (; begin < end; begin += kGroup)
    update_group(m, firms, begin, std::min(end, begin + kGroup));
}

} // namespace nearshore
