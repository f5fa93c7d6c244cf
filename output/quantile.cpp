#include "output/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace nearshore {

double quantile(std::span<const double> sorted, double probability) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double at = probability * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

Band band(std::span<const double> values) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  if (std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); }))
    return {kNaN, kNaN, kNaN};
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  return {quantile(sorted, 0.05), quantile(sorted, 0.5), quantile(sorted, 0.95)};
}

} // namespace nearshore
