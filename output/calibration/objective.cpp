#include "output/calibration/objective.hpp"

#include <cmath>
#include <limits>

namespace nearshore {

Figures::Figures(std::size_t t, std::size_t s)
    : targets(t), seeds(s), values(t * s, std::numeric_limits<double>::quiet_NaN()) {}

double total_weight(const std::vector<FitTarget>& targets) {
  double sum = 0;
  for (const auto& t : targets)
    sum += t.weight;
  return sum;
}

Fit fit_of(const std::vector<FitTarget>& targets, const Figures& figures) {
  Fit fit;
  double squares = 0;
  for (std::size_t t = 0; t < targets.size(); ++t) {
    double sum = 0, deviations = 0, n = 0;
    for (std::size_t s = 0; s < figures.seeds; ++s)
      if (const double x = figures.at(t, s); !std::isnan(x)) {
        sum += x;
        ++n;
      }
    TargetFit of;
    of.mean = sum / n; // NaN without a figure
    for (std::size_t s = 0; s < figures.seeds; ++s)
      if (const double x = figures.at(t, s); !std::isnan(x))
        deviations += (x - of.mean) * (x - of.mean);
    of.error = n > 1 ? std::sqrt(deviations / (n - 1) / n) : 0;
    of.residual =
        std::sqrt(targets[t].weight) * (of.mean - *targets[t].figure.data) / targets[t].tolerance;
    squares += of.residual * of.residual;
    fit.targets.push_back(of);
  }
  fit.objective = squares / total_weight(targets);
  if (!std::isfinite(fit.objective)) fit.objective = kNoFit;
  return fit;
}

double compare(HowDiffers how, double here, double there) {
  switch (how) {
  case HowDiffers::none:
    return here;
  case HowDiffers::difference:
    return here - there;
  case HowDiffers::ratio:
    return here / there;
  case HowDiffers::log_ratio:
    break;
  }
  return here > 0 && there > 0 ? std::log(here / there) : std::numeric_limits<double>::quiet_NaN();
}

} // namespace nearshore
