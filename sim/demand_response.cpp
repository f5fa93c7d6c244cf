#include "sim/demand_response.hpp"

#include "agents/arithmetic.hpp"

namespace nearshore {

void DemandResponse::update(const MonthContext& m, std::size_t R, std::size_t S) {
  const auto& now = m.policy->duties;
  const auto& base = *m.base_duties;
  const auto& borders = m.policy->levers.border_cost;
  if (duty_state && *duty_state == m.policy->duty_state && border_cost == borders) return;
  duty_state = m.policy->duty_state;
  border_cost = borders;
  cells.assign(now.rows() * 4, {});

  const auto fill = [&](std::size_t d, RegionId o, SectorId s, LineId line) {
    const auto programme = m.lanes->programme(o.index(), d);
    const double border = static_cast<double>(borders[o.index() * R + d]);
    const double sigma = (*m.sectors)[s.index()].demand_elasticity;
    const auto row = now.row(RegionId{d}, o, s, line), row_base = base.row(RegionId{d}, o, s, line);
    for (std::size_t claim = 0; claim < 4; ++claim) {
      const auto rate = now.total(row, claim >= 2 ? programme : ProgrammeId{});
      const auto rate_then = base.total(row_base, claim % 2 == 1 ? programme : ProgrammeId{});
      const double delivered = border * (1 + static_cast<double>(rate.full));
      const double then = 1 + static_cast<double>(rate_then.full);
      auto& cell = cells[row * 4 + claim];
      cell.delivered = static_cast<float>(delivered);
      cell.response =
          delivered == then ? 1 : static_cast<float>(power_of(delivered / then, -sigma));
      if (rate.content != 0 || rate_then.content != 0) cell.response = -1;
    }
  };
  for (std::size_t d = 0; d < R; ++d) {
    if (now.rates_by_line(RegionId{d})) {
      for (std::size_t l = 0; l < m.lines->size(); ++l)
        fill(d, (*m.lines)[l].origin, (*m.lines)[l].sector, LineId{l});
    } else {
      for (std::size_t o = 0; o < R; ++o)
        for (std::size_t s = 0; s < S; ++s)
          fill(d, RegionId{o}, SectorId{s}, LineId{0});
    }
  }
}

} // namespace nearshore
