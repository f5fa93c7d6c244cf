#include "policy/levers.hpp"

#include "policy/regime.hpp"

namespace nearshore {
namespace {

// Average factor of an entry over the days of a month; `neutral` where it is not in force.
double average(const LeverEntry& entry, Month month, double neutral) {
  double sum = neutral;
  for (std::size_t i = 0; i < entry.path.size(); ++i) {
    auto until = entry.until;
    if (i + 1 < entry.path.size() && (!until || entry.path[i + 1].from < *until))
      until = entry.path[i + 1].from;
    sum += (static_cast<double>(entry.path[i].factor) - neutral) *
           share_in_force(month, entry.path[i].from, until);
  }
  return sum;
}

} // namespace

void Regime::fill_levers(MonthPolicy& out) const {
  const auto regions = law.regions.size(), sectors = law.sectors.size();
  auto& l = out.levers;
  l.energy_cost.assign(regions, 1);
  l.border_cost.assign(regions * regions, 1);
  for (auto* per_cell : {&l.search_small, &l.entry_cost, &l.entry_lag, &l.capacity, &l.demand})
    per_cell->assign(regions * sectors, 1);
  l.entrant_home.assign(regions * sectors * regions, 0);
  for (const auto& e : law.levers) {
    const bool adds = e.kind == LeverKind::entrant_home;
    const auto factor = static_cast<float>(average(e, out.month, adds ? 0 : 1));
    std::vector<float>* cells = nullptr;
    switch (e.kind) {
    case LeverKind::energy_cost:
    case LeverKind::border_cost:
    case LeverKind::entrant_home:
      break;
    case LeverKind::search_small:
      cells = &l.search_small;
      break;
    case LeverKind::entry_cost:
      cells = &l.entry_cost;
      break;
    case LeverKind::entry_lag:
      cells = &l.entry_lag;
      break;
    case LeverKind::capacity:
      cells = &l.capacity;
      break;
    case LeverKind::demand:
      cells = &l.demand;
      break;
    }
    for (std::size_t r = 0; r < regions; ++r) {
      if (!contains(e.regions, r)) continue;
      if (e.kind == LeverKind::energy_cost) l.energy_cost[r] *= factor;
      for (std::size_t o = 0; e.kind == LeverKind::border_cost && o < regions; ++o)
        if (contains(e.origins, o) && o != r) l.border_cost[o * regions + r] *= factor;
      for (std::size_t s = 0; s < sectors; ++s) {
        if (!contains(e.sectors, s)) continue;
        if (cells != nullptr) (*cells)[r * sectors + s] *= factor;
        for (std::size_t home = 0; adds && home < regions; ++home)
          if (contains(e.homes, home)) l.entrant_home[(r * sectors + s) * regions + home] += factor;
      }
    }
  }
}

} // namespace nearshore
