#include "agents/landed.hpp"

namespace nearshore {
namespace {

constexpr std::uint8_t kNoBit = 16; // claims have 16 bits: a shift by this leaves none

} // namespace

void LandedCosts::build(const DutyTable& duties, const Lanes& lanes,
                        std::span<const TariffLine> tariff_lines, std::size_t regions,
                        std::span<const float> border_cost) {
  R = regions;
  lines = tariff_lines.size();
  cells.assign(R * lines * 2, {});
  slots.assign(R * R, kNoBit);
  content_markets.assign(R, 0);
  for (std::size_t d = 0; d < R; ++d) {
    for (std::size_t o = 0; o < R; ++o)
      if (o != d && lanes.slot(o, d) != Lanes::kNone) slots[d * R + o] = lanes.slot(o, d);
    for (std::size_t l = 0; l < lines; ++l) {
      const auto& line = tariff_lines[l];
      const std::size_t o = line.origin.index();
      if (o == d) continue; // nothing is due at home
      const float border = border_cost.empty() ? 1 : border_cost[o * R + d];
      const auto row = duties.row(RegionId{d}, line.origin, line.sector, LineId{l});
      for (std::size_t claimed = 0; claimed < 2; ++claimed) {
        const auto rate = duties.total(row, claimed == 1 ? lanes.programme(o, d) : ProgrammeId{});
        cells[(d * lines + l) * 2 + claimed] = {border, border * rate.full, border * rate.content};
        if (rate.content != 0) content_markets[d] = 1;
      }
    }
  }
}

void LandedCosts::update(const MonthPolicy& policy, const Lanes& lanes,
                         std::span<const TariffLine> tariff_lines, std::size_t regions) {
  if (duty_state == policy.duty_state && borders == policy.levers.border_cost) return;
  build(policy.duties, lanes, tariff_lines, regions, policy.levers.border_cost);
  duty_state = policy.duty_state;
  borders = policy.levers.border_cost;
}

} // namespace nearshore
