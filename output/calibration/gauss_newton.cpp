#include "output/calibration/gauss_newton.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace nearshore {
namespace {

constexpr int kSweeps = 200; ///< of coordinate descent; it ends long before for ten parameters
constexpr double kGain = 0.01;
/// Of the mean squared slope: from nearly the full step to a cautious one.
constexpr std::array kDampings{0.001, 0.01, 0.1, 1.0};

using Place = std::vector<double>;

std::vector<double> residuals(const CalibrationProblem& problem, const Evaluation& e) {
  std::vector<double> out;
  for (const auto& t : fit_of(problem.targets, e.figures).targets)
    out.push_back(t.residual);
  return out;
}

/// A step to both sides of every parameter, as far as the range goes.
std::vector<Place> neighbours(const Place& centre, double step) {
  std::vector<Place> out;
  for (std::size_t p = 0; p < centre.size(); ++p)
    for (const double sign : {-1.0, 1.0}) {
      out.push_back(centre);
      out.back()[p] = std::clamp(centre[p] + sign * step, 0.0, 1.0);
    }
  return out;
}

/// [target][parameter]; a target without a figure on one side does not move.
std::vector<double> slopes(const CalibrationProblem& problem, const std::vector<Place>& places,
                           const std::vector<Evaluation>& evaluations) {
  const std::size_t P = problem.parameters.size(), T = problem.targets.size();
  std::vector<double> jacobian(T * P, 0);
  for (std::size_t p = 0; p < P; ++p) {
    const auto low = residuals(problem, evaluations[2 * p]),
               high = residuals(problem, evaluations[2 * p + 1]);
    const double length = places[2 * p + 1][p] - places[2 * p][p];
    for (std::size_t t = 0; t < T; ++t) {
      const double slope = (high[t] - low[t]) / length;
      if (std::isfinite(slope)) jacobian[t * P + p] = slope;
    }
  }
  return jacobian;
}

} // namespace

std::vector<double> damped_step(const std::vector<double>& residual,
                                const std::vector<double>& jacobian, const Place& place,
                                double damping) {
  const std::size_t T = residual.size(), P = place.size();
  Place step(P, 0);
  auto left = residual; // residual + jacobian * step
  for (int sweep = 0; sweep < kSweeps; ++sweep)
    for (std::size_t p = 0; p < P; ++p) {
      double slope = 0, curvature = damping;
      for (std::size_t t = 0; t < T; ++t) {
        slope += jacobian[t * P + p] * left[t];
        curvature += jacobian[t * P + p] * jacobian[t * P + p];
      }
      if (curvature <= 0) continue; // nothing depends on it
      const double wanted = step[p] - (slope + damping * step[p]) / curvature;
      const double allowed = std::clamp(wanted, -place[p], 1 - place[p]);
      for (std::size_t t = 0; t < T; ++t)
        left[t] += jacobian[t * P + p] * (allowed - step[p]);
      step[p] = allowed;
    }
  return step;
}

void gauss_newton(Evaluator& evaluate) {
  constexpr const char* kStage = "local";
  const auto& problem = evaluate.problem();
  const auto& m = problem.method;
  const std::size_t round = 2 * problem.parameters.size() + kDampings.size();
  double difference = m.shape_step;
  for (std::size_t asked = 0; asked + round <= m.local_evaluations; asked += round) {
    const Evaluation centre = evaluate.best();
    const auto place = problem.places(centre.values);
    const auto around = neighbours(place, difference);
    const auto jacobian = slopes(problem, around, evaluate.at(around, kStage));
    double scale = 0;
    for (const double slope : jacobian)
      scale += slope * slope / static_cast<double>(place.size());
    std::vector<Place> steps;
    for (const double damping : kDampings) {
      steps.push_back(place);
      const auto step = damped_step(residuals(problem, centre), jacobian, place, damping * scale);
      for (std::size_t p = 0; p < place.size(); ++p)
        steps.back()[p] += step[p];
    }
    evaluate.at(steps, kStage);
    if (evaluate.best().objective > (1 - kGain) * centre.objective) difference /= 2;
    if (difference < m.local_tolerance) return;
  }
}

} // namespace nearshore
