#pragma once
// Draws of designs and of bootstraps: counted, not streamed, and apart from every draw of a run.
#include "agents/random.hpp"

#include <cstddef>
#include <cstdint>

namespace nearshore {

enum class SweepPurpose : std::uint32_t {
  // Above every Purpose of a run.
  shuffle = 0x5357'0001,
  jitter,
  shift,
  path,
  bootstrap,
};

inline std::uint64_t sweep_bits(std::uint64_t seed, SweepPurpose purpose, std::size_t a,
                                std::size_t b = 0) {
  return random_bits(seed, static_cast<Purpose>(purpose), static_cast<std::uint32_t>(a),
                     static_cast<std::uint32_t>(b));
}

/// Uniform in (0, 1).
inline double sweep_uniform(std::uint64_t seed, SweepPurpose purpose, std::size_t a,
                            std::size_t b = 0) {
  return to_unit(sweep_bits(seed, purpose, a, b));
}

/// One of 0 to n - 1.
inline std::size_t sweep_choice(std::uint64_t seed, SweepPurpose purpose, std::size_t n,
                                std::size_t a, std::size_t b = 0) {
  return static_cast<std::size_t>(sweep_uniform(seed, purpose, a, b) * static_cast<double>(n));
}

} // namespace nearshore
