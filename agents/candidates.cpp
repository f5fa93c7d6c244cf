#include "agents/candidates.hpp"

#include "agents/arithmetic.hpp"
#include "agents/random.hpp"

#include <algorithm>

namespace nearshore {

std::size_t candidate_count(const MonthContext& m, const Population& firms, std::size_t f) {
  const auto& p = *m.parameters;
  double k = p.candidates;
  if (static_cast<double>(firms.real_sales[f]) < p.small_firm_sales)
    k *= static_cast<double>(
        m.policy->levers.search_small[firms.region[f] * firms.S + firms.sector[f]]);
  return static_cast<std::size_t>(std::clamp(k, 1.0, static_cast<double>(kMaxCandidates)));
}

void look_around(const MonthContext& m, const Population& firms, std::size_t f, std::size_t input,
                 std::size_t link, Places& places) {
  const auto base_count = static_cast<std::size_t>(m.parameters->candidates);
  places.count = candidate_count(m, firms, f);
  places.key = random_bits(m.seed, Purpose::match, static_cast<std::uint32_t>(f),
                           static_cast<std::uint32_t>(link - firms.link_begin(f)));
  for (std::size_t k = 0; k < places.count; ++k) {
    const double u = to_unit(hashed(places.key, static_cast<std::uint32_t>(k)));
    places.match[k] = -log_of(-log_of(u));
  }
  // The base-year choice was made among the base number of places.
  const auto begin = places.match.begin();
  places.best = static_cast<std::size_t>(
      std::max_element(begin,
                       begin + static_cast<std::ptrdiff_t>(std::min(base_count, places.count))) -
      begin);
  const std::size_t producer = (firms.region[f] * 2U + firms.type[f]) * firms.S + firms.sector[f];
  for (std::size_t k = 0; k < places.count; ++k)
    places.origin[k] = static_cast<std::uint8_t>(
        m.tables->origin(producer, firms.input_sector[input],
                         hashed(places.key, static_cast<std::uint32_t>(kMaxCandidates + k))));
  places.origin[places.best] = firms.home_origin[link];
}

std::uint8_t best_place(std::uint64_t seed, std::size_t firm, std::size_t link_of_firm,
                        std::uint32_t count) {
  const auto key = random_bits(seed, Purpose::match, static_cast<std::uint32_t>(firm),
                               static_cast<std::uint32_t>(link_of_firm));
  std::uint32_t best = 0;
  double highest = -1; // the Gumbel quantile rises with the uniform number
  for (std::uint32_t k = 0; k < count; ++k) {
    const double u = to_unit(hashed(key, k));
    if (u > highest) {
      highest = u;
      best = k;
    }
  }
  return static_cast<std::uint8_t>(best);
}

std::uint32_t firm_at(const MonthContext& m, const Population& firms, const Places& places,
                      std::size_t place, std::size_t f, std::size_t sector, double order) {
  const std::size_t origin = places.origin[place];
  const bool abroad = origin != firms.region[f];
  const auto step = static_cast<std::uint32_t>((m.month * 2U + 2U) * kMaxCandidates + place);
  const auto first = m.tables->seller(firms, origin, sector, abroad, hashed(places.key, step));
  auto best = first;
  for (std::uint32_t again = 0; again < 3; ++again) {
    if (static_cast<double>(firms.next_card[best].spare) >= order) break;
    const auto other = m.tables->seller(firms, origin, sector, abroad,
                                        hashed(places.key ^ (0x5A5AULL + again), step));
    if (firms.next_card[other].spare > firms.next_card[best].spare) best = other;
  }
  return best;
}

std::uint32_t another_firm_at(const MonthContext& m, const Population& firms, const Places& places,
                              std::size_t place, std::size_t f, std::size_t sector,
                              std::uint32_t again) {
  const std::size_t origin = places.origin[place];
  const auto step = static_cast<std::uint32_t>((m.month * 2U + 2U) * kMaxCandidates + place);
  return m.tables->seller(firms, origin, sector, origin != firms.region[f],
                          hashed(places.key ^ (0xA5A5ULL + again), step));
}

} // namespace nearshore
