#include "sim/demand_response.hpp"

#include "agents/arithmetic.hpp"
#include "agents/prices.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace nearshore {
float DemandResponse::LastPower::of(double base_now, double exponent_now) {
  if (base_now != base || exponent_now != exponent) {
    base = base_now;
    exponent = exponent_now;
    value = static_cast<float>(power_of(base, exponent));
  }
  return value;
}

DemandResponse::Cell DemandResponse::cell(const MonthContext& m, const TariffLine& line, LineId l,
                                          std::size_t market, bool claims, bool base_claims,
                                          LastPower& last) const {
  const std::size_t o = line.origin.index();
  const auto& now = m.policy->duties;
  const auto& base = *m.base_duties;
  const RegionId importer{market};
  const auto programme = m.lanes->programme(o, market);
  const auto rate =
      now.total(now.row(importer, line.origin, line.sector, l), claims ? programme : ProgrammeId{});
  const auto rate_then = base.total(base.row(importer, line.origin, line.sector, l),
                                    base_claims ? programme : ProgrammeId{});
  const double factor =
      static_cast<double>(border_cost[o * R + market]) * (1 + static_cast<double>(rate.full));
  const double then = 1 + static_cast<double>(rate_then.full);
  const double sigma = (*m.sectors)[line.sector.index()].demand_elasticity;
  return {static_cast<float>(factor), factor == then ? 1 : last.of(factor / then, -sigma)};
}

void DemandResponse::update(const MonthContext& m, std::size_t regions) {
  const auto& borders = m.policy->levers.border_cost;
  if (duty_state && *duty_state == m.policy->duty_state && border_cost == borders) return;
  duty_state = m.policy->duty_state;
  border_cost = borders;
  R = regions;
  slots = 0;
  for (std::size_t o = 0; o < R; ++o)
    slots = std::max(slots, m.lanes->markets(o));
  const std::size_t lines = m.lines->size();
  delivered.assign(lines * R, 1);
  response.assign(lines * R, 1);
  claimed.assign(lines * slots * 4, {});
  pays_content.assign(lines, 0);
  const auto content_counts = [&](const DutyTable& duties, std::size_t d, const TariffLine& line,
                                  LineId l) {
    const auto row = duties.row(RegionId{d}, line.origin, line.sector, l);
    return duties.total(row, ProgrammeId{}).content != 0 ||
           duties.total(row, m.lanes->programme(line.origin.index(), d)).content != 0;
  };
  std::vector<std::array<LastPower, 5>> last(R);
  std::vector<std::size_t> all(R), by_line; // importers
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::copy_if(all.begin(), all.end(), std::back_inserter(by_line), [&](std::size_t d) {
    return m.policy->duties.rates_by_line(RegionId{d}) || m.base_duties->rates_by_line(RegionId{d});
  });
  std::uint8_t pays_content_in_lanes = 0; // of the lane's lines, where rates do not differ by line
  for (std::size_t l = 0; l < lines; ++l) {
    const auto& line = (*m.lines)[l];
    const std::size_t o = line.origin.index();
    const bool same_lane =
        l > 0 && (*m.lines)[l - 1].origin == line.origin && (*m.lines)[l - 1].sector == line.sector;
    if (same_lane) { // what does not differ by line
      std::copy_n(&delivered[(l - 1) * R], R, &delivered[l * R]);
      std::copy_n(&response[(l - 1) * R], R, &response[l * R]);
      std::copy_n(&claimed[(l - 1) * slots * 4], slots * 4, &claimed[l * slots * 4]);
      pays_content[l] = pays_content_in_lanes;
    } else {
      pays_content_in_lanes = 0;
    }
    for (const std::size_t d : same_lane ? by_line : all) {
      if (o == d) continue;
      if (content_counts(m.policy->duties, d, line, LineId{l}) ||
          content_counts(*m.base_duties, d, line, LineId{l})) {
        pays_content[l] = 1;
        if (!m.policy->duties.rates_by_line(RegionId{d}) &&
            !m.base_duties->rates_by_line(RegionId{d}))
          pays_content_in_lanes = 1;
      }
      const auto slot = m.lanes->slot(o, d);
      const std::size_t at = l * R + d, cells = slot == Lanes::kNone ? 0 : 4;
      Cell* own = claimed.data() + (l * slots + (cells == 0 ? 0 : slot)) * 4;
      const Cell plain = cell(m, line, LineId{l}, d, false, false, last[d][4]);
      delivered[at] = plain.delivered;
      response[at] = plain.response;
      for (std::size_t claim = 0; claim < cells; ++claim)
        own[claim] = cell(m, line, LineId{l}, d, claim >= 2, claim % 2 == 1, last[d][claim]);
    }
  }
}

DemandResponse::Row DemandResponse::of(const MonthContext& m, const Population& firms,
                                       std::size_t f, Scratch& own) const {
  const Card& card = firms.next_card[f];
  const std::size_t first = std::size_t{card.line} * R;
  if ((card.claims | card.base_claims) == 0 && pays_content[card.line] == 0)
    return {delivered.data() + first, response.data() + first};
  std::copy_n(delivered.begin() + static_cast<std::ptrdiff_t>(first), R, own.delivered.begin());
  std::copy_n(response.begin() + static_cast<std::ptrdiff_t>(first), R, own.response.begin());
  const auto& markets = m.lanes->market_list(card.region);
  for (std::size_t slot = 0; slot < markets.size(); ++slot) {
    const std::size_t claim = 2U * contains(card.claims, slot) + contains(card.base_claims, slot);
    const Cell& sale = claimed[(card.line * slots + slot) * 4 + claim];
    own.delivered[markets[slot]] = sale.delivered;
    own.response[markets[slot]] = sale.response;
  }
  if (pays_content[card.line] != 0) { // by the firm's own content
    const auto seller = static_cast<std::uint32_t>(f);
    const double sigma = (*m.sectors)[firms.sector[f]].demand_elasticity;
    for (std::size_t d = 0; d < R; ++d) {
      const auto& now = m.landed->market(d).at(card, card.claims);
      const auto& base = m.base_landed->market(d).at(card, card.base_claims);
      if (now.content == 0 && base.content == 0) continue;
      own.delivered[d] = delivery_factor(m, firms, card, seller, d, 1);
      const double then = static_cast<double>(base_delivery_factor(m, firms, card, seller, d, 1));
      own.response[d] =
          static_cast<float>(power_of(static_cast<double>(own.delivered[d]) / then, -sigma));
    }
  }
  return {own.delivered.data(), own.response.data()};
}

} // namespace nearshore
