#include "output/calibration/shape.hpp"

#include <Eigen/Dense>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nearshore {
namespace {

/// Standard deviation of a figure that is anywhere in [0, 1] with equal odds: what the bounds say.
constexpr double kOfBounds = 0.28867513459481287;
constexpr double kOfBoundsOnly = 0.9 * kOfBounds; ///< from here on the data said next to nothing
constexpr double kNothing = 1e-9;                 ///< singular values below it determine nothing
constexpr double kShown = 0.25; ///< least weight of a parameter that a direction's text names

Eigen::VectorXd residuals(const CalibrationProblem& problem, const Evaluation& e) {
  const auto fit = fit_of(problem.targets, e.figures);
  Eigen::VectorXd r(static_cast<Eigen::Index>(fit.targets.size()));
  for (std::size_t t = 0; t < fit.targets.size(); ++t)
    r[static_cast<Eigen::Index>(t)] = fit.targets[t].residual;
  return r;
}

/// Places of a profile: steps to both sides as far as the range goes, and the centre.
std::vector<double> profile_places(double centre, const CalibrationMethod& m) {
  std::vector<double> places;
  const auto n = static_cast<int>(m.shape_steps);
  for (int k = -n; k <= n; ++k) {
    const double at = std::clamp(centre + k * m.shape_step, 0.0, 1.0);
    if (places.empty() || at > places.back()) places.push_back(at);
  }
  return places;
}

/// Slope of the residuals along a profile at its centre: between the neighbours of the centre that
/// have figures.
Eigen::VectorXd slope(const std::vector<double>& places, const std::vector<Eigen::VectorXd>& along,
                      std::size_t centre) {
  std::size_t low = centre, high = centre;
  if (centre > 0 && along[centre - 1].allFinite()) low = centre - 1;
  if (centre + 1 < places.size() && along[centre + 1].allFinite()) high = centre + 1;
  if (low == high) return Eigen::VectorXd::Zero(along[centre].size());
  return (along[high] - along[low]) / (places[high] - places[low]);
}

/// Sum of squares that is left where the columns but one may follow.
double left_over(const Eigen::VectorXd& residual, const Eigen::MatrixXd& jacobian,
                 Eigen::Index held) {
  Eigen::MatrixXd others = jacobian;
  others.col(held).setZero();
  const auto svd = others.jacobiSvd(Eigen::ComputeThinU | Eigen::ComputeThinV);
  double sum = residual.squaredNorm();
  const double least = kNothing * std::max(1.0, svd.singularValues()[0]);
  for (Eigen::Index k = 0; k < svd.singularValues().size(); ++k)
    if (svd.singularValues()[k] > least) sum -= std::pow(svd.matrixU().col(k).dot(residual), 2);
  return std::max(0.0, sum);
}

/// Variance of each residual: the data's (the tolerance is its standard deviation) and the seeds'.
Eigen::VectorXd variances(const CalibrationProblem& problem, const Evaluation& best) {
  const auto fit = fit_of(problem.targets, best.figures);
  Eigen::VectorXd out(static_cast<Eigen::Index>(fit.targets.size()));
  for (std::size_t t = 0; t < fit.targets.size(); ++t) {
    const double noise = fit.targets[t].error / problem.targets[t].tolerance;
    out[static_cast<Eigen::Index>(t)] = problem.targets[t].weight * (1 + noise * noise);
  }
  return out;
}

void add_directions(const Eigen::JacobiSVD<Eigen::MatrixXd>& svd, Shape& shape) {
  const auto& v = svd.matrixV();
  for (Eigen::Index k = 0; k < v.cols(); ++k) {
    Direction d;
    d.singular = k < svd.singularValues().size() ? svd.singularValues()[k] : 0;
    Eigen::Index largest = 0;
    v.col(k).cwiseAbs().maxCoeff(&largest);
    const double sign = v(largest, k) < 0 ? -1 : 1; // a direction has none: the largest is positive
    for (Eigen::Index p = 0; p < v.rows(); ++p)
      d.weights.push_back(sign * v(p, k));
    shape.directions.push_back(std::move(d));
  }
}

/// Of each parameter in shares of its range, given the data (a tolerance is a standard deviation)
/// and that it lies within its bounds: the diagonal of (J' Omega^-1 J + 1 / bounds^2)^-1.
std::vector<double> standard_errors(const Eigen::MatrixXd& jacobian,
                                    const Eigen::VectorXd& variance) {
  // A target without weight says nothing.
  const Eigen::VectorXd certainty =
      variance.unaryExpr([](double v) { return v > 0 ? 1 / v : 0.0; });
  Eigen::MatrixXd information = jacobian.transpose() * certainty.asDiagonal() * jacobian;
  information.diagonal().array() += 1 / (kOfBounds * kOfBounds);
  const Eigen::MatrixXd covariance =
      information.ldlt().solve(Eigen::MatrixXd::Identity(information.rows(), information.cols()));
  std::vector<double> errors;
  for (Eigen::Index p = 0; p < covariance.rows(); ++p)
    errors.push_back(std::sqrt(covariance(p, p)));
  return errors;
}

} // namespace

Shape shape_of(Evaluator& evaluate) {
  const auto& problem = evaluate.problem();
  const Evaluation best = evaluate.best();
  Shape shape;
  shape.centre = problem.places(best.values);
  const std::size_t P = problem.parameters.size(), T = problem.targets.size();
  std::vector<std::vector<double>> places;
  for (std::size_t p = 0; p < P; ++p) {
    Profile profile;
    profile.places = profile_places(shape.centre[p], problem.method);
    for (const double at : profile.places) {
      places.push_back(shape.centre);
      places.back()[p] = at;
    }
    shape.profiles.push_back(std::move(profile));
  }
  const auto evaluations = evaluate.at(places, "shape");

  Eigen::MatrixXd jacobian(static_cast<Eigen::Index>(T), static_cast<Eigen::Index>(P));
  std::vector<std::vector<Eigen::VectorXd>> along(P);
  std::size_t next = 0;
  for (std::size_t p = 0; p < P; ++p) {
    auto& profile = shape.profiles[p];
    for (std::size_t k = 0; k < profile.places.size(); ++k, ++next) {
      along[p].push_back(residuals(problem, evaluations[next]));
      profile.values.push_back(evaluations[next].values[p]);
      profile.objectives.push_back(evaluations[next].objective);
    }
    const auto centre = static_cast<std::size_t>(
        std::find(profile.places.begin(), profile.places.end(), shape.centre[p]) -
        profile.places.begin());
    jacobian.col(static_cast<Eigen::Index>(p)) = slope(profile.places, along[p], centre);
  }
  const double weight = total_weight(problem.targets);
  for (std::size_t p = 0; p < P; ++p)
    for (const auto& residual : along[p])
      shape.profiles[p].refitted.push_back(
          residual.allFinite()
              ? left_over(residual, jacobian, static_cast<Eigen::Index>(p)) / weight
              : kNoFit);

  const Eigen::JacobiSVD<Eigen::MatrixXd> svd{jacobian, Eigen::ComputeFullU | Eigen::ComputeFullV};
  add_directions(svd, shape);
  shape.standard_errors = standard_errors(jacobian, variances(problem, best));
  for (Eigen::Index t = 0; t < jacobian.rows(); ++t)
    for (Eigen::Index p = 0; p < jacobian.cols(); ++p)
      shape.jacobian.push_back(jacobian(t, p));
  return shape;
}

std::string direction_text(const Direction& direction, const CalibrationProblem& problem) {
  std::vector<std::size_t> order(direction.weights.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(direction.weights[a]) > std::abs(direction.weights[b]);
  });
  std::string text;
  for (const auto p : order) {
    const double w = direction.weights[p];
    if (!text.empty() && std::abs(w) < kShown) break;
    text += (text.empty() ? "" : w < 0 ? " - " : " + ");
    text += fmt::format("{:.2f} {}", std::abs(w), problem.parameters[p].name());
  }
  return text;
}

std::string error_text(const FreeParameter& parameter, double standard_error) {
  if (!(standard_error < kOfBoundsOnly)) return "bounds only";
  if (parameter.spacing == Spacing::linear)
    return fmt::format("{:.2g}", standard_error * (parameter.high - parameter.low));

  return fmt::format("x/ {:.2f}",
                     std::exp(standard_error * std::log(parameter.high / parameter.low)));
}

} // namespace nearshore
