#pragma once
// Quantiles over the seeds of an ensemble.
#include <span>

namespace nearshore {

/// Quantile of numbers that are sorted in ascending order, interpolated between neighbours: type 7
/// of Hyndman and Fan (1996), as numpy and R do by default. NaN for none.
double quantile(std::span<const double> sorted, double probability);

/// Median and the 5th and 95th percentile.
struct Band {
  double p05, median, p95;
};
/// Of numbers in any order; NaN throughout if there are none or one is NaN.
Band band(std::span<const double> values);

} // namespace nearshore
