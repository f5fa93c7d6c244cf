#pragma once
// The objective's shape around its minimum: a profile along every parameter, and what a quadratic
// approximation says about the parameters that the data can and cannot tell apart.
#include "output/calibration/search.hpp"

#include <string>
#include <vector>

namespace nearshore {

/// One parameter moved, the others held at the best values.
struct Profile {
  std::vector<double> places, values, objectives; ///< in ascending order of the parameter
  /// The objective if the others could follow, by their derivatives at the centre; bounds ignored.
  std::vector<double> refitted;
};

/// A combination of parameters: a unit vector in shares of each parameter's range.
struct Direction {
  std::vector<double> weights;
  double singular{0}; ///< change of the residuals' length per range moved along it
  /// Moving half a range changes the residuals by less than one tolerance in all.
  [[nodiscard]] bool told_apart() const { return singular >= 2; }
};

struct Shape {
  std::vector<double> centre;        ///< places of the best evaluation
  std::vector<Profile> profiles;     ///< [parameter]
  std::vector<double> jacobian;      ///< [target][parameter]: residual per range of the parameter
  std::vector<Direction> directions; ///< from the best determined one to the worst
  /// Of each parameter, in shares of its range, if tolerances are standard deviations of the data
  /// and seeds scatter as they did; infinite where nothing determines it.
  std::vector<double> standard_errors;
};

/// Evaluates the profiles (stage "shape") around the best evaluation so far and derives the rest.
Shape shape_of(Evaluator& evaluate);

/// "0.82 documentation_median - 0.57 claim_fixed_cost": the larger weights, largest first.
std::string direction_text(const Direction& direction, const CalibrationProblem& problem);

/// A standard error in the parameter's own terms: "0.0012", or "x/ 1.4" on a logarithmic scale;
/// words where the bounds say more than the data.
std::string error_text(const FreeParameter& parameter, double standard_error);

} // namespace nearshore
