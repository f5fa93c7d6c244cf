#include "output/comparison/estimate.hpp"

#include "policy/error.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <limits>
#include <vector>

namespace nearshore {

double half_width(std::size_t n) {
  const boost::math::students_t distribution{static_cast<double>(n - 1)};
  return boost::math::quantile(distribution, 1 - (1 - kCoverage) / 2);
}

Estimate estimate(std::span<const double> values) {
  const std::size_t n = values.size();
  if (n < 2) throw Error{ErrorKind::input, "an interval needs at least two seeds"};
  double mean = 0, squares = 0;
  for (const double v : values)
    mean += v / static_cast<double>(n);
  for (const double v : values)
    squares += (v - mean) * (v - mean);
  const double error = std::sqrt(squares / static_cast<double>(n - 1) / static_cast<double>(n));
  const double half = half_width(n) * error;
  return {mean, mean - half, mean + half};
}

Estimate ratio_estimate(std::span<const double> a, std::span<const double> b) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const auto top = estimate(a), below = estimate(b);
  if (!(below.lower > 0 || below.upper < 0)) return {kNaN, kNaN, kNaN};
  const double ratio = top.mean / below.mean;
  std::vector<double> rest;
  for (std::size_t i = 0; i < a.size(); ++i)
    rest.push_back(ratio + (a[i] - ratio * b[i]) / below.mean);
  return estimate(rest);
}

} // namespace nearshore
