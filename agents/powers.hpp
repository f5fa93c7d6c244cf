#pragma once
// Powers of many numbers at a time.
#include <cstddef>

namespace nearshore {

/// out[i] = power_of_float(base[i], exponent) for i < n: the same bits, several at a time.
void powers_of(const float* base, std::size_t n, float exponent, float* out);

} // namespace nearshore
