#pragma once
// What a calibration tells: tables for people, CSV, and TOML that scenarios extend.
#include "output/calibration/parameter_set.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

struct CalibrationResult {
  Evaluation best;
  std::size_t evaluations{0};
  std::optional<Shape> shape;
  std::vector<Evaluation> set; ///< empty: none was asked for
};

/// The plan before anything is run: parameters, targets, stages.
std::string plan_text(const CalibrationProblem& problem);

/// Parameters, fit by target, profiles and directions.
std::string result_text(const CalibrationProblem& problem, const CalibrationResult& result);

inline constexpr std::string_view kFitColumns =
    "section,target,unit,data,tolerance,weight,fitted,error,weighted_residual,source\n";
inline constexpr std::string_view kShapeColumns =
    "parameter,value,share_of_range,objective,objective_others_refitted\n";
/// How the TOML begins.
inline constexpr std::string_view kFittedBy = "# Fitted by `nearshore calibrate ";

/// One line a target: section, says, data, tolerance, weight, fitted, error, residual, source.
std::string fit_csv(const CalibrationProblem& problem, const CalibrationResult& result);
/// One line a point of a profile: parameter, value, objective, objective with the others refitted.
std::string shape_csv(const CalibrationProblem& problem, const Shape& shape);

/// The fitted parameters, for `extends`. Equal calibrations give equal texts.
std::string fitted_toml(const CalibrationProblem& problem, const CalibrationResult& result);
/// The set, for `run --parameter-set`: one [[member]] each.
std::string set_toml(const CalibrationProblem& problem, const CalibrationResult& result);

/// Axes and tables of the results for the log.
std::vector<LogAxis> result_axes(const CalibrationProblem& problem,
                                 const CalibrationResult& result);
std::vector<LogTable> result_tables(const CalibrationProblem& problem,
                                    const CalibrationResult& result);

} // namespace nearshore
