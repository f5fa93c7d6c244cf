#pragma once
// Counter-based random numbers keyed by meaning (seed, purpose, who, what, when), never by thread,
// block or position: the same result on any number of threads, and the same luck in every scenario.
#include <Random123/philox.h>

#include <cstdint>

namespace nearshore {

/// What a draw decides; two purposes never share a number. Origins and firms met at a place are
/// hashed from the link's `match` key.
enum class Purpose : std::uint32_t {
  firm_size = 1,
  firm_line,
  firm_documentation,
  firm_inputs,
  firm_orientation,
  base_origin,
  base_supplier,
  base_age,
  base_certificate,
  review,
  link_break,
  match,
  lead_time,
  claim_attention,
  claim_setup,
  diversion,
  entry,
  exit_firm,
  entrant_home,
};

/// 64 random bits of (seed; purpose, a, b, c) by Philox4x32-10 (Salmon et al. 2011).
inline std::uint64_t random_bits(std::uint64_t seed, Purpose purpose, std::uint32_t a,
                                 std::uint32_t b = 0, std::uint32_t c = 0) {
  using Philox = r123::Philox4x32;
  const Philox::ctr_type counter{{a, b, c, static_cast<std::uint32_t>(purpose)}};
  const Philox::key_type key{
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const auto out = Philox{}(counter, key);
  return (static_cast<std::uint64_t>(out[1]) << 32) | out[0];
}

/// Uniform in (0, 1), never 0 or 1.
constexpr double to_unit(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

inline double uniform(std::uint64_t seed, Purpose purpose, std::uint32_t a, std::uint32_t b = 0,
                      std::uint32_t c = 0) {
  return to_unit(random_bits(seed, purpose, a, b, c));
}

/// Stream of hashed numbers under one key, for the candidates of a review: SplitMix64's output
/// function on key + k * golden ratio. Far cheaper than a block cipher and good enough for match
/// noise.
constexpr std::uint64_t hashed(std::uint64_t key, std::uint32_t k) {
  std::uint64_t z = key + (k + 1ULL) * 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

} // namespace nearshore
