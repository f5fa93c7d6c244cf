#pragma once
// Means over seeds and how sure they are.
#include "output/comparison/comparison.hpp"

#include <span>

namespace nearshore {

inline constexpr double kCoverage = 0.90; ///< of every interval of a comparison

/// Half width of the interval of a mean over its standard error: Student's t with n - 1 degrees of
/// freedom. `n` of at least 2.
double half_width(std::size_t n);

/// Mean of values, one a seed, mean +- t sd / sqrt(n); NaN where one of them is. Throws Error (kind
/// input) for fewer than two: one seed has no spread.
Estimate estimate(std::span<const double> values);

/// Ratio of means, sum a / sum b, by the delta method: the error of a mean of (a - ratio b) / mean
/// b. NaN where the interval of b's mean includes 0: then the ratio may be anything.
Estimate ratio_estimate(std::span<const double> a, std::span<const double> b);

} // namespace nearshore
