#pragma once
// A local search that knows the objective is a sum of squares: it moves all parameters at once by
// the slopes of all residuals, which a few evaluations side by side give.
#include "output/calibration/search.hpp"

namespace nearshore {

/// From the best evaluation so far, rounds of: slopes by central differences of `shape_step`, then
/// steps of several lengths (Levenberg-Marquardt, inside the box), of which the best is taken.
/// Without a gain of a hundredth the differences are halved; it ends when they are below
/// local_tolerance, or before more than local_evaluations would be asked for.
void gauss_newton(Evaluator& evaluate);

/// The step d that makes |residual + jacobian d|^2 + damping |d|^2 smallest while place + d stays
/// in [0, 1]. The jacobian is [residual][parameter], row-major.
std::vector<double> damped_step(const std::vector<double>& residual,
                                const std::vector<double>& jacobian,
                                const std::vector<double>& place, double damping);

} // namespace nearshore
