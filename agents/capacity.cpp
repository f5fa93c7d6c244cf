#include "agents/capacity.hpp"

#include "agents/sourcing.hpp"

#include <algorithm>

namespace nearshore {

void update_capacity(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  const auto& p = *m.parameters;
  for (std::size_t f = begin; f < end; ++f) {
    auto& spare = firms.next_card[f].spare;
    if (!firms.active[f]) {
      spare = kGone;
      continue;
    }
    const std::size_t cell = firms.region[f] * firms.S + firms.sector[f];
    const double usable = firms.capacity[f] * static_cast<double>(m.policy->levers.capacity[cell]);
    if (firms.capacity[f] <= 0) {
      spare = 0;
      continue;
    }
    const double lag =
        std::max(1.0, p.investment_lag * static_cast<double>(m.policy->levers.entry_lag[cell]));
    const double utilisation = std::min(firms.demand[f] / firms.capacity[f], 2.0);
    double pressure = static_cast<double>(firms.pressure[f]);
    pressure += (utilisation - pressure) / lag;
    firms.pressure[f] = static_cast<float>(pressure);
    if (m.switches.capacity) {
      const double above = pressure - (p.normal_utilisation + p.utilisation_band);
      const double below = p.normal_utilisation - p.utilisation_band - pressure;
      if (above > 0) firms.capacity[f] *= 1 + p.investment_speed * above;
      if (below > 0) firms.capacity[f] *= 1 - p.investment_speed * below;
    }
    spare = static_cast<float>(usable - firms.demand[f]);
  }
}

} // namespace nearshore
