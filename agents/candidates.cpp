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
  places.producer = (firms.region[f] * 2U + firms.type[f]) * firms.S + firms.sector[f];
  places.input_sector = firms.input_sector[input];
  places.home_origin = firms.home_origin[link];
  for (std::size_t k = 0; k < places.count; ++k)
    places.luck[k] = to_unit(hashed(places.key, static_cast<std::uint32_t>(k)));
  // The base-year choice was made among the base number of places.
  const auto begin = places.luck.begin();
  places.best = static_cast<std::size_t>(
      std::max_element(begin,
                       begin + static_cast<std::ptrdiff_t>(std::min(base_count, places.count))) -
      begin);
}

double Places::match(std::size_t place) const {
  return -log_of(-log_of(luck[place]));
}

double luck_of_match(double match) {
  return exp_of(-exp_of(-match));
}

std::size_t origin_of(const MonthContext& m, const Places& places, std::size_t place) {
  if (place == places.best) return places.home_origin;
  return m.tables->origin(places.producer, places.input_sector,
                          hashed(places.key, static_cast<std::uint32_t>(kMaxCandidates + place)));
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
                      std::size_t place, std::size_t origin, std::size_t f, double order) {
  const std::size_t sector = places.input_sector;
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
                              std::size_t place, std::size_t origin, std::size_t f,
                              std::uint32_t again) {
  const auto step = static_cast<std::uint32_t>((m.month * 2U + 2U) * kMaxCandidates + place);
  return m.tables->seller(firms, origin, places.input_sector, origin != firms.region[f],
                          hashed(places.key ^ (0xA5A5ULL + again), step));
}

} // namespace nearshore
