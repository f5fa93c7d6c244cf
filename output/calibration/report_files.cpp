// The files of a calibration: CSV and TOML, and the results' tables for the log.
#include "output/calibration/report.hpp"

#include "policy/text.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

/// As RFC 4180 wants it.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text)
    out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + "\"";
}

std::string comments(const CalibrationProblem& problem, const CalibrationResult& result) {
  std::string text = fmt::format("{}{}`: {}.\n", kFittedBy, problem.file, problem.title);
  text += fmt::format("# Smallest objective {:.6g} of {} evaluations (1: every target is missed by "
                      "its tolerance).\n",
                      result.best.objective, result.evaluations);
  for (const auto& s : problem.scenarios)
    text += fmt::format("# Runs: {} ({}), {} firms, seeds {}.\n", s.name, s.file, s.firms,
                        seeds_text(s.seeds));
  return text;
}

std::string members_toml(const CalibrationProblem& problem, const std::vector<double>& values,
                         const std::vector<std::string>& remarks) {
  std::vector<NumericSetting> settings;
  for (std::size_t p = 0; p < values.size(); ++p)
    settings.push_back({&problem.parameters[p].key, values[p], remarks.empty() ? "" : remarks[p]});
  return toml_of(settings);
}

} // namespace

std::string fit_csv(const CalibrationProblem& problem, const CalibrationResult& result) {
  const auto fit = fit_of(problem.targets, result.best.figures);
  std::string text{kFitColumns};
  for (std::size_t t = 0; t < problem.targets.size(); ++t) {
    const auto& target = problem.targets[t];
    const auto& f = fit.targets[t];
    text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", cell(target.figure.section),
                        cell(target.figure.says), cell(target.figure.unit),
                        number_text(*target.figure.data), number_text(target.tolerance),
                        number_text(target.weight), number_text(f.mean), number_text(f.error),
                        number_text(f.residual), cell(target.figure.source));
  }
  return text;
}

std::string shape_csv(const CalibrationProblem& problem, const Shape& shape) {
  std::string text{kShapeColumns};
  for (std::size_t p = 0; p < shape.profiles.size(); ++p)
    for (std::size_t k = 0; k < shape.profiles[p].places.size(); ++k) {
      const auto& profile = shape.profiles[p];
      text += fmt::format("{},{},{},{},{}\n", problem.parameters[p].key.path,
                          number_text(profile.values[k]), number_text(profile.places[k]),
                          number_text(profile.objectives[k]), number_text(profile.refitted[k]));
    }
  return text;
}

std::string fitted_toml(const CalibrationProblem& problem, const CalibrationResult& result) {
  std::vector<std::string> remarks;
  for (std::size_t p = 0; p < problem.parameters.size(); ++p) {
    const auto& parameter = problem.parameters[p];
    auto remark = fmt::format("{}; calibrated by {}; bounds {} to {}, start {}", parameter.key.unit,
                              problem.file, number_text(parameter.low), number_text(parameter.high),
                              number_text(parameter.start));
    if (result.shape)
      remark += ", standard error " + error_text(parameter, result.shape->standard_errors[p]);
    remarks.push_back(std::move(remark));
  }
  return comments(problem, result) +
         "# To use: extends = [\"history.toml\", \"THIS FILE\"], with paths from the file that "
         "extends.\n\n" +
         members_toml(problem, result.best.values, remarks);
}

std::string set_toml(const CalibrationProblem& problem, const CalibrationResult& result) {
  std::string text =
      comments(problem, result) +
      fmt::format("# {} parameter vectors with an objective of at most {:.6g} ({} above the "
                  "smallest), spread apart.\n# To use: nearshore run --seeds 1-4 --parameter-set "
                  "THIS FILE\n",
                  result.set.size(), result.best.objective + problem.method.set_tolerance,
                  number_text(problem.method.set_tolerance));
  for (std::size_t m = 0; m < result.set.size(); ++m) {
    text += fmt::format("\n[[member]]\nname = \"{}\"\nobjective = {:.9g}\n", m + 1,
                        result.set[m].objective);
    auto tables = members_toml(problem, result.set[m].values, {});
    for (std::size_t at = 0; (at = tables.find('[', at)) != std::string::npos; at += 8)
      tables.insert(at + 1, "member.");
    text += tables;
  }
  return text;
}

std::vector<LogAxis> result_axes(const CalibrationProblem&, const CalibrationResult& result) {
  std::vector<LogAxis> axes;
  const auto numbered = [&](const char* name, std::size_t n) {
    axes.push_back({name, {}});
    for (std::size_t i = 0; i < n; ++i)
      axes.back().labels.push_back(std::to_string(i + 1));
  };
  if (result.shape) {
    std::size_t points = 0;
    for (const auto& profile : result.shape->profiles)
      points = std::max(points, profile.places.size());
    numbered("point", points);
    numbered("direction", result.shape->directions.size());
  }
  if (!result.set.empty()) numbered("member", result.set.size());
  return axes;
}

namespace {

LogTable of_profiles(const char* name, const char* meaning, const Shape& shape, std::size_t points,
                     const std::vector<double> Profile::*column) {
  LogTable table{name, meaning, {"parameter", "point"}, {}};
  for (const auto& profile : shape.profiles)
    for (std::size_t k = 0; k < points; ++k)
      table.values.push_back(k < profile.places.size() ? (profile.*column)[k] : std::nan(""));
  return table;
}

} // namespace

std::vector<LogTable> result_tables(const CalibrationProblem& problem,
                                    const CalibrationResult& result) {
  std::vector<LogTable> tables;
  tables.push_back({"best_value", "values of the smallest objective", {"parameter"}, {}});
  tables.back().values = result.best.values;
  tables.push_back({"best_residual", "weighted miss in tolerances", {"target"}, {}});
  for (const auto& f : fit_of(problem.targets, result.best.figures).targets)
    tables.back().values.push_back(f.residual);
  if (const auto& shape = result.shape) {
    const auto points = result_axes(problem, result).front().labels.size();
    tables.push_back(of_profiles("profile_value", "value along the profile of a parameter", *shape,
                                 points, &Profile::values));
    tables.push_back(of_profiles("profile_objective", "objective there, the others held", *shape,
                                 points, &Profile::objectives));
    tables.push_back(of_profiles("profile_objective_refitted",
                                 "objective there if the others follow, to first order", *shape,
                                 points, &Profile::refitted));
    tables.push_back({"jacobian",
                      "weighted residual per range of the parameter",
                      {"target", "parameter"},
                      shape->jacobian});
    tables.push_back(
        {"standard_error", "in shares of the range", {"parameter"}, shape->standard_errors});
    LogTable singular{"singular_value", "of the jacobian", {"direction"}, {}};
    LogTable weights{
        "direction_weight", "unit vector in shares of the ranges", {"direction", "parameter"}, {}};
    for (const auto& d : shape->directions) {
      singular.values.push_back(d.singular);
      weights.values.insert(weights.values.end(), d.weights.begin(), d.weights.end());
    }
    tables.push_back(std::move(singular));
    tables.push_back(std::move(weights));
  }
  if (!result.set.empty()) {
    LogTable values{"set_value", "values of a member of the set", {"member", "parameter"}, {}};
    LogTable objectives{"set_objective", "its objective", {"member"}, {}};
    for (const auto& e : result.set) {
      values.values.insert(values.values.end(), e.values.begin(), e.values.end());
      objectives.values.push_back(e.objective);
    }
    tables.push_back(std::move(values));
    tables.push_back(std::move(objectives));
  }
  return tables;
}

} // namespace nearshore
