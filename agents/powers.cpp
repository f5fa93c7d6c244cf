#include "agents/powers.hpp"

#include "agents/arithmetic.hpp"
#include "agents/clones.hpp"

namespace nearshore {

NEARSHORE_CLONES void powers_of(const float* base, std::size_t n, float exponent,
                                float* __restrict out) {
  for (std::size_t i = 0; i < n; ++i)
    out[i] = power_of_float(base[i], exponent);
}

} // namespace nearshore
