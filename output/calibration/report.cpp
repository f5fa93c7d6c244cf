#include "output/calibration/report.hpp"

#include "policy/text.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

constexpr double kAtBound = 1e-3; ///< share of a range

std::string short_number(double x) {
  return std::isfinite(x) ? fmt::format("{:.4g}", x) : std::string{"-"};
}

std::string parameters_text(const CalibrationProblem& problem, const CalibrationResult& result) {
  std::string text = fmt::format("{:<40}{:>11}{:>11}{:>16}  {}\n", "Parameter", "start", "fitted",
                                 "standard error", "bounds");
  for (std::size_t p = 0; p < problem.parameters.size(); ++p) {
    const auto& parameter = problem.parameters[p];
    const double value = result.best.values[p], place = parameter.place(value);
    const bool bound = place < kAtBound || place > 1 - kAtBound;
    text += fmt::format(
        "  {:<38}{:>11}{:>11}{:>16}  {} to {}{}{}\n", parameter.name(),
        short_number(parameter.start), short_number(value),
        result.shape ? error_text(parameter, result.shape->standard_errors[p]) : "-",
        number_text(parameter.low), number_text(parameter.high),
        parameter.key.unit == "1" ? "" : " " + parameter.key.unit, bound ? ", AT ITS BOUND" : "");
  }
  return text;
}

std::string fit_text(const CalibrationProblem& problem, const CalibrationResult& result) {
  const auto fit = fit_of(problem.targets, result.best.figures);
  std::string text, section = "\n";
  for (std::size_t t = 0; t < problem.targets.size(); ++t) {
    const auto& target = problem.targets[t];
    if (target.figure.section != section) {
      section = target.figure.section;
      text += t == 0 ? fmt::format("\n{:<52}{:>9}{:>10}{:>9}{:>8}{:>9}\n", section, "data",
                                   "tolerance", "fitted", "error", "residual")
                     : section + "\n";
    }
    const auto& f = fit.targets[t];
    text += fmt::format("  {:<50}{:>9}{:>10}{:>9}{:>8}{:>9.2f}\n",
                        target.figure.says +
                            (target.figure.unit.empty() ? "" : ", " + target.figure.unit),
                        short_number(*target.figure.data), short_number(target.tolerance),
                        short_number(f.mean), fmt::format("{:.2g}", f.error), f.residual);
  }
  return text + fmt::format("Objective {:.4g}: mean of squared residuals; 1 where every target is "
                            "missed by its tolerance. Error: of the mean over seeds.\n",
                            result.best.objective);
}

std::string profiles_text(const CalibrationProblem& problem, const Shape& shape) {
  std::string text = "\nObjective along each parameter, the others held [others refitted, to first "
                     "order]\n";
  for (std::size_t p = 0; p < shape.profiles.size(); ++p) {
    const auto& profile = shape.profiles[p];
    text += fmt::format("  {}\n   ", problem.parameters[p].name());
    for (std::size_t k = 0; k < profile.places.size(); ++k)
      text += fmt::format("  {}: {} [{}]", short_number(profile.values[k]),
                          short_number(profile.objectives[k]), short_number(profile.refitted[k]));
    text += '\n';
  }
  return text;
}

std::string directions_text(const CalibrationProblem& problem, const Shape& shape) {
  std::string text = "\nWhat the data tell apart: change of the residuals, in tolerances, where a "
                     "combination moves by half its range\n";
  std::size_t apart = 0;
  for (const auto& d : shape.directions) {
    apart += d.told_apart() ? 1 : 0;
    text += fmt::format("  {:>8.2f}  {}{}\n", d.singular / 2, direction_text(d, problem),
                        d.told_apart() ? "" : "   NOT TOLD APART");
  }
  return text + fmt::format("The data determine {} of {} combinations; weights are of shares of "
                            "the parameters' ranges.\n",
                            apart, shape.directions.size());
}

std::string set_text(const CalibrationProblem& problem, const CalibrationResult& result) {
  std::string text =
      fmt::format("\nSet of {} vectors that fit about equally well (objective up to "
                  "{:.4g})\n",
                  result.set.size(), result.best.objective + problem.method.set_tolerance);
  for (std::size_t p = 0; p < problem.parameters.size(); ++p) {
    double low = result.set.front().values[p], high = low;
    for (const auto& e : result.set) {
      low = std::min(low, e.values[p]);
      high = std::max(high, e.values[p]);
    }
    text += fmt::format("  {:<38}{:>11} to {}\n", problem.parameters[p].name(), short_number(low),
                        short_number(high));
  }
  return text;
}

} // namespace

std::string plan_text(const CalibrationProblem& problem) {
  const auto& m = problem.method;
  std::string text =
      fmt::format("{}\n{} free parameters\n", problem.title, problem.parameters.size());
  for (const auto& p : problem.parameters)
    text += fmt::format("  {:<38} {} to {}{}, {}, start {}\n", p.name(), number_text(p.low),
                        number_text(p.high), p.key.unit == "1" ? "" : " " + p.key.unit,
                        p.spacing == Spacing::log ? "log" : "linear", number_text(p.start));
  text += fmt::format("{} targets\n", problem.targets.size());
  for (const auto& t : problem.targets)
    text += fmt::format("  {:<58} {} +- {:.4g}{}, weight {}, in {}{}\n", t.figure.says,
                        number_text(*t.figure.data), t.tolerance,
                        t.figure.unit.empty() ? "" : " " + t.figure.unit, number_text(t.weight),
                        problem.scenarios[t.scenario].name,
                        t.against ? " against " + problem.scenarios[*t.against].name : "");
  text += fmt::format("{} runs an evaluation\n", problem.runs());
  for (const auto& s : problem.scenarios)
    text += fmt::format("  {:<38} {}, {} firms, seeds {}\n", s.name, s.file, s.firms,
                        seeds_text(s.seeds));
  return text + fmt::format("evaluations: 1 at the start, at most {} global, {} local, {} for the "
                            "shape around the best\n",
                            m.global_evaluations, m.local_evaluations,
                            2 * m.shape_steps * problem.parameters.size());
}

std::string result_text(const CalibrationProblem& problem, const CalibrationResult& result) {
  std::string text = parameters_text(problem, result) + fit_text(problem, result);
  if (result.shape) {
    text += profiles_text(problem, *result.shape) + directions_text(problem, *result.shape);
    const auto centre = problem.values(result.shape->centre);
    if (centre != result.best.values)
      text += "The shape was taken around another point, and found a better one on the way: the "
              "search had not ended; give it more evaluations (--resume).\n";
  }
  if (!result.set.empty()) text += set_text(problem, result);
  return text;
}

} // namespace nearshore
