#pragma once
// Exponential, logarithm and power with the same bits on every compiler and processor: plain
// multiplications and additions in a fixed order (glibc's versions change with the processor).
// Vectorisable.
#include <bit>
#include <cstdint>

namespace nearshore {

/// Natural logarithm of a positive, normal x. Error at most 3 ulp (tests/arithmetic_test.cpp).
inline double log_of(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  // Split x = m * 2^e with m in [sqrt(1/2), sqrt(2)).
  const std::uint64_t shifted = bits - 0x3FE6A09E667F3BCDULL; // bits of sqrt(1/2)
  const auto exponent = static_cast<std::int64_t>(shifted) >> 52;
  const double m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(exponent) << 52));
  const double s = (m - 1) / (m + 1);
  const double q = s * s;
  // 2 atanh(s) = ln m
  double p = 1.0 / 21;
  p = p * q + 1.0 / 19;
  p = p * q + 1.0 / 17;
  p = p * q + 1.0 / 15;
  p = p * q + 1.0 / 13;
  p = p * q + 1.0 / 11;
  p = p * q + 1.0 / 9;
  p = p * q + 1.0 / 7;
  p = p * q + 1.0 / 5;
  p = p * q + 1.0 / 3;
  const double e = static_cast<double>(exponent);
  return e * 0.693147180369123816490 + (e * 1.90821492927058770002e-10 + (2 * s + 2 * s * (q * p)));
}

/// e^x, x clamped to [-700, 700]. Relative error at most 3 ulp.
inline double exp_of(double x) {
  x = x < -700 ? -700 : (x > 700 ? 700 : x);
  const double scaled = x * 1.44269504088896338700;
  const double k =
      static_cast<double>(static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5)));
  const double r = (x - k * 0.693147180369123816490) - k * 1.90821492927058770002e-10;
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600;
  p = p * r + 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  const double value = 1 + (r + r * r * p);
  const auto e = static_cast<std::uint64_t>(static_cast<std::int64_t>(k) + 1023) << 52;
  return value * std::bit_cast<double>(e);
}

/// base^exponent for a positive base.
inline double power_of(double base, double exponent) {
  return exp_of(exponent * log_of(base));
}

/// Natural logarithm of a positive, normal float, for what is kept as float anyway: a third of the
/// work of log_of. Error at most 2 ulp (coefficients of Cephes' logf, Moshier 1989).
inline float log_of_float(float x) {
  const auto bits = std::bit_cast<std::int32_t>(x);
  const std::int32_t exponent = (bits - 0x3F3504F3) >> 23; // bits of sqrt(1/2)
  const float f = std::bit_cast<float>(bits - static_cast<std::int32_t>(
                                                  static_cast<std::uint32_t>(exponent) << 23)) -
                  1;
  float p = 7.0376836292E-2F;
  p = p * f - 1.1514610310E-1F;
  p = p * f + 1.1676998740E-1F;
  p = p * f - 1.2420140846E-1F;
  p = p * f + 1.4249322787E-1F;
  p = p * f - 1.6668057665E-1F;
  p = p * f + 2.0000714765E-1F;
  p = p * f - 2.4999993993E-1F;
  p = p * f + 3.3333331174E-1F;
  const float e = static_cast<float>(exponent), q = f * f;
  const float low = p * (f * q) - 2.12194440E-4F * e - 0.5F * q;
  return f + low + 0.693359375F * e;
}

/// e^x, x clamped to [-87, 87]. Relative error at most 2 ulp (coefficients of Cephes' expf).
inline float exp_of_float(float x) {
  x = x < -87 ? -87 : (x > 87 ? 87 : x);
  const float scaled = x * 1.44269504088896341F;
  const auto k = static_cast<std::int32_t>(scaled + (scaled < 0 ? -0.5F : 0.5F));
  const float n = static_cast<float>(k);
  const float r = (x - n * 0.693359375F) + n * 2.12194440E-4F;
  float p = 1.9875691500E-4F;
  p = p * r + 1.3981999507E-3F;
  p = p * r + 8.3334519073E-3F;
  p = p * r + 4.1665795894E-2F;
  p = p * r + 1.6666665459E-1F;
  p = p * r + 5.0000001201E-1F;
  const float value = p * (r * r) + r + 1;
  return value * std::bit_cast<float>((k + 127) << 23);
}

/// base^exponent for a positive base.
inline float power_of_float(float base, float exponent) {
  return exp_of_float(exponent * log_of_float(base));
}

/// Nearest integer, halves away from zero; |x| < 2^62.
inline std::int64_t round_to_int(double x) {
  return static_cast<std::int64_t>(x + (x < 0 ? -0.5 : 0.5));
}

/// Inverse of the standard normal distribution function for u in (0, 1).
/// Acklam's rational approximation, relative error below 1.2e-9.
double normal_quantile(double u);

} // namespace nearshore
