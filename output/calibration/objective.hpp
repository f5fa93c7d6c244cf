#pragma once
// How far the figures of an evaluation are from their targets: the arithmetic of simulated moments.
#include "output/calibration/problem.hpp"

#include <vector>

namespace nearshore {

/// What runs showed for each target: [target][seed], row-major; NaN where a target's scenario does
/// not run the seed.
struct Figures {
  std::size_t targets{0}, seeds{0};
  std::vector<double> values;

  Figures() = default;
  Figures(std::size_t t, std::size_t s);
  [[nodiscard]] double& at(std::size_t t, std::size_t s) { return values[t * seeds + s]; }
  [[nodiscard]] double at(std::size_t t, std::size_t s) const { return values[t * seeds + s]; }
};

struct TargetFit {
  double mean{0};     ///< over seeds, unit of the figure
  double error{0};    ///< standard error of that mean; 0 for one seed
  double residual{0}; ///< sqrt(weight) * (mean - data) / tolerance
};

struct Fit {
  std::vector<TargetFit> targets;
  double objective{0}; ///< sum of squared residuals over the sum of weights: 1 where every target
                       ///< is missed by its tolerance
};

/// The objective of an evaluation in which some figure is no number.
inline constexpr double kNoFit = 1e12;

/// Means over the seeds on which a target has been run. A target whose mean is no finite number
/// makes the objective kNoFit.
Fit fit_of(const std::vector<FitTarget>& targets, const Figures& figures);

/// Sum of the targets' weights.
double total_weight(const std::vector<FitTarget>& targets);

/// The figure of a comparison, without the scale; NaN where it has none (a logarithm of nothing).
double compare(HowDiffers how, double here, double there);

} // namespace nearshore
