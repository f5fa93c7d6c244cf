#pragma once
// A calibration whose figures are known functions of the parameters, and cost nothing.
#include "output/calibration/runs.hpp"
#include "sim/config/numeric_key.hpp"
#include "tests/world_fixture.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace nearshore::test {

inline FreeParameter free_parameter(const std::string& key, double low, double high, double start,
                                    Spacing spacing = Spacing::linear) {
  return {numeric_key(key, "test"), low, high, start, spacing, ""};
}

inline FitTarget fit_target(const std::string& says, double data, double tolerance,
                            double weight = 1) {
  FitTarget t;
  t.figure.says = says;
  t.figure.data = data;
  t.tolerance = tolerance;
  t.weight = weight;
  return t;
}

/// Three parameters on ranges of length 1, of which the third does nothing and the first two work
/// through targets a = 10 x + 10 y, b = 2 x - 2 y and c = x y; seeds add a little to all.
inline CalibrationProblem linear_problem() {
  CalibrationProblem p;
  p.title = "linear";
  p.file = "linear.toml";
  p.seeds = {1, 2};
  p.parameters = {free_parameter("demand_adjustment", 0, 1, 0.3),
                  free_parameter("cost_pass_through", 0, 1, 0.3),
                  free_parameter("exit_rate", 0, 1, 0.5)};
  p.scenarios = {{"s", "none", {}, {1, 2}, 1000}};
  p.targets = {fit_target("a", 11, 1), fit_target("b", 0.4, 0.5), fit_target("c", 0.28, 0.1)};
  p.method.global_evaluations = 15;
  p.method.local_evaluations = 120;
  p.method.local_tolerance = 1e-4;
  return p;
}

/// The minimum of linear_problem() is at x = 0.65, y = 0.45 but for c, which pulls a little.
inline std::vector<Figures> linear_figures(const std::vector<std::vector<double>>& points) {
  std::vector<Figures> out;
  for (const auto& v : points) {
    Figures f{3, 2};
    for (std::size_t s = 0; s < 2; ++s) {
      const double luck = s == 0 ? -0.01 : 0.01; // means are exact
      f.at(0, s) = 10 * v[0] + 10 * v[1] + luck;
      f.at(1, s) = 2 * v[0] - 2 * v[1] + luck;
      f.at(2, s) = v[0] * v[1] + luck;
    }
    out.push_back(std::move(f));
  }
  return out;
}

} // namespace nearshore::test
