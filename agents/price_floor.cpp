#include "agents/price_floor.hpp"

#include "agents/arithmetic.hpp"
#include "agents/sourcing.hpp"

#include <algorithm>

namespace nearshore {
namespace {

constexpr double kRounding = 1e-5; // kept below every floor against rounding in the comparison

} // namespace

/// Duty that a buyer bears in part moves the price less than duty borne in full, and content of the
/// importer's own can take off all that is due on content only: the least ratio is below both.
void PriceFloor::compare_duties(const MonthContext& m) {
  std::vector<double> ratio(R * S * R, 1);
  const auto compare = [&](std::size_t importer, RegionId origin, SectorId sector, LineId line) {
    const auto& now = m.policy->duties;
    const auto& base = *m.base_duties;
    const auto row_now = now.row(RegionId{importer}, origin, sector, line);
    const auto row_base = base.row(RegionId{importer}, origin, sector, line);
    const auto programme = m.lanes->programme(origin.index(), importer);
    double least = 1e300, most = 0;
    for (const auto p : {ProgrammeId{}, programme}) {
      least = std::min(least, static_cast<double>(now.total(row_now, p).full));
      most = std::max(most, rate_of(base.total(row_base, p), 0));
    }
    auto& lane = ratio[(importer * S + sector.index()) * R + origin.index()];
    lane = std::min(lane, (1 + least) / (1 + most));
  };
  for (std::size_t d = 0; d < R; ++d) {
    if (m.policy->duties.rates_by_line(RegionId{d})) {
      for (std::size_t l = 0; l < m.lines->size(); ++l)
        compare(d, (*m.lines)[l].origin, (*m.lines)[l].sector, LineId{l});
    } else {
      for (std::size_t o = 0; o < R; ++o)
        for (std::size_t s = 0; s < S; ++s)
          compare(d, RegionId{o}, SectorId{s}, LineId{0});
    }
  }
  duty_change.resize(ratio.size());
  std::transform(ratio.begin(), ratio.end(), duty_change.begin(), log_of);
}

void PriceFloor::find_lowest_prices(const Workers& workers, const Population& firms) {
  price.resize(R * S);
  workers.for_each(R * S, [&](std::size_t cell, int) {
    double lowest = 1e6;
    for (std::size_t f = firms.first_seller[cell]; f < firms.first_seller[cell + 1]; ++f)
      if (firms.next_card[f].spare != kGone)
        lowest = std::min(lowest, static_cast<double>(firms.next_card[f].price));
    price[cell] = log_of(lowest) - kRounding;
  });
}

void PriceFloor::update(const Workers& workers, const MonthContext& m, const Population& firms) {
  R = firms.R;
  S = firms.S;
  if (!duty_state || *duty_state != m.policy->duty_state) {
    compare_duties(m);
    duty_state = m.policy->duty_state;
  }
  find_lowest_prices(workers, firms);
  floors.resize(R * S * R);
  lowest_floors.assign(R * S, 1e30F);
  for (std::size_t d = 0; d < R; ++d)
    for (std::size_t s = 0; s < S; ++s)
      for (std::size_t o = 0; o < R; ++o) {
        const double undelivered = 1 - (*m.delivery)[o * S + s];
        double floor = price[o * S + s] + m.parameters->shortage_aversion * undelivered;
        if (o != d)
          floor += duty_change[(d * S + s) * R + o] +
                   log_of(static_cast<double>(m.policy->levers.border_cost[o * R + d]));
        floors[(d * S + s) * R + o] = static_cast<float>(floor);
        lowest_floors[d * S + s] = std::min(lowest_floors[d * S + s], static_cast<float>(floor));
      }
}

} // namespace nearshore
