#include "agents/candidates.hpp"

#include "agents/arithmetic.hpp"
#include "agents/clones.hpp"
#include "agents/random.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace nearshore {

std::size_t candidate_count(const MonthContext& m, const Population& firms, std::size_t f) {
  const auto& p = *m.parameters;
  double k = p.candidates;
  if (static_cast<double>(firms.real_sales[f]) < p.small_firm_sales)
    k *= static_cast<double>(
        m.policy->levers.search_small[firms.region[f] * firms.S + firms.sector[f]]);
  return static_cast<std::size_t>(std::clamp(k, 1.0, static_cast<double>(kMaxCandidates)));
}

std::uint64_t key_of_firm(std::uint64_t seed, std::size_t firm) {
  return random_bits(seed, Purpose::match, static_cast<std::uint32_t>(firm));
}

std::uint64_t key_of_link(std::uint64_t firm_key, std::size_t link_of_firm) {
  return hashed(firm_key, static_cast<std::uint32_t>(link_of_firm));
}

/// Plain loops over 32-bit lanes: compilers turn them into vectors. The hash is a multiply-xorshift
/// finalizer (Wellons 2018, "lowbias32") with the key's upper half mixed in between.
namespace {

std::uint32_t match_bits(std::uint64_t key, std::uint32_t place) {
  std::uint32_t x = static_cast<std::uint32_t>(key) + place * 0x9E3779B9U;
  x = (x ^ (x >> 16)) * 0x7FEB352DU;
  x ^= static_cast<std::uint32_t>(key >> 32);
  x = (x ^ (x >> 15)) * 0x846CA68BU;
  return x ^ (x >> 16);
}

} // namespace

NEARSHORE_CLONES void draw_matches(std::uint64_t key, std::size_t count, float* match) {
  const auto padded = static_cast<std::uint32_t>(count + 3) & ~3U;
  for (std::uint32_t k = 0; k < padded; ++k) {
    const std::uint32_t x = match_bits(key, k);
    const float u = (static_cast<float>(static_cast<std::int32_t>(x >> 9)) + 0.5F) * 0x1p-23F;
    match[k] = -log_of_float(-log_of_float(u));
  }
}

namespace {

/// The first of the highest. Four at a time and without branches: of maxima of noise no processor
/// guesses which comes next. `match` starts at a vector.
std::size_t place_of_best(const float* match, std::size_t count) {
  typedef float Floats __attribute__((vector_size(16)));
  typedef std::int32_t Ints __attribute__((vector_size(16)));
  const std::size_t whole = count / 4 * 4;
  float highest = match[0];
  std::size_t best = 0;
  if (whole > 0) {
    Floats high;
    std::memcpy(&high, match, sizeof high);
    Ints at{0, 1, 2, 3}, place = at;
    for (std::size_t k = 4; k < whole; k += 4) {
      Floats next;
      std::memcpy(&next, match + k, sizeof next);
      place += 4;
      const Ints better = next > high;
      high = better ? next : high;
      at = better ? place : at;
    }
    highest = high[0];
    best = static_cast<std::size_t>(at[0]);
    for (int lane = 1; lane < 4; ++lane) {
      const auto there = static_cast<std::size_t>(at[lane]);
      const bool first = high[lane] > highest || (high[lane] == highest && there < best);
      highest = first ? high[lane] : highest;
      best = first ? there : best;
    }
  }
  for (std::size_t k = whole; k < count; ++k)
    if (match[k] > highest) {
      highest = match[k];
      best = k;
    }
  return best;
}

} // namespace

namespace {

/// Places beyond those that every firm sees are a platform's, which lists the sellers of the
/// regions that run it: one that lies elsewhere is empty, so that no match there is ever reached.
void leave_to_platform(const MonthContext& m, const Population& firms, std::size_t f,
                       Places& places) {
  for (auto k = static_cast<std::size_t>(m.parameters->candidates); k < places.count; ++k) {
    const auto cell = origin_of(m, places, k) * firms.S + firms.sector[f];
    if (m.policy->levers.search_small[cell] <= 1)
      places.match[k] = -std::numeric_limits<float>::infinity();
  }
}

} // namespace

void look_around(const MonthContext& m, const Population& firms, std::size_t f, std::size_t input,
                 std::size_t link, Places& places) {
  places.count = candidate_count(m, firms, f);
  if (places.firm != f || places.seed != m.seed) {
    places.firm_key = key_of_firm(m.seed, f);
    places.firm = f;
    places.seed = m.seed;
  }
  places.key = key_of_link(places.firm_key, link - firms.link_begin(f));
  places.producer = (firms.region[f] * 2U + firms.type[f]) * firms.S + firms.sector[f];
  places.input_sector = firms.input_sector[input];
  places.home_origin = firms.home_origin[link];
  draw_matches(places.key, places.count, places.match.data());
  // The base-year choice was made among the base number of places.
  places.best =
      place_of_best(places.match.data(),
                    std::min(static_cast<std::size_t>(m.parameters->candidates), places.count));
  leave_to_platform(m, firms, f, places);
}

std::size_t origin_of(const MonthContext& m, const Places& places, std::size_t place) {
  if (place == places.best) return places.home_origin;
  return m.tables->origin(places.producer, places.input_sector,
                          hashed(places.key, static_cast<std::uint32_t>(kMaxCandidates + place)));
}

namespace {

std::uint32_t step_of(const MonthContext& m, std::size_t place) {
  return static_cast<std::uint32_t>((m.month * 2U + 2U) * kMaxCandidates + place);
}

} // namespace

std::uint32_t firm_at(const MonthContext& m, const Population& firms, const Places& places,
                      std::size_t place, std::size_t origin, std::size_t f, double order) {
  const std::size_t sector = places.input_sector;
  const bool abroad = origin != firms.region[f];
  const auto step = step_of(m, place);
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

void expect_firm_at(const MonthContext& m, const Population& firms, const Places& places,
                    std::size_t place, std::size_t origin, std::size_t f) {
  m.tables->expect(firms, origin, places.input_sector, origin != firms.region[f],
                   hashed(places.key, step_of(m, place)));
}

std::uint32_t another_firm_at(const MonthContext& m, const Population& firms, const Places& places,
                              std::size_t place, std::size_t origin, std::size_t f,
                              std::uint32_t again) {
  const auto step = step_of(m, place);
  return m.tables->seller(firms, origin, places.input_sector, origin != firms.region[f],
                          hashed(places.key ^ (0xA5A5ULL + again), step));
}

} // namespace nearshore
