#include "output/calibration/problem.hpp"

#include "policy/text.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace nearshore {

double FreeParameter::value(double place) const {
  const double at = std::clamp(place, 0.0, 1.0);
  const double exact =
      spacing == Spacing::log ? low * std::exp(at * std::log(high / low)) : low + at * (high - low);
  const double rounded = std::strtod(fmt::format("{:.8g}", exact).c_str(), nullptr);
  return std::clamp(rounded, low, high);
}

double FreeParameter::place(double value) const {
  const double at = spacing == Spacing::log ? std::log(value / low) / std::log(high / low)
                                            : (value - low) / (high - low);
  return std::clamp(at, 0.0, 1.0);
}

std::string FreeParameter::name() const {
  return key.path.substr(key.path.find('.') + 1);
}

std::vector<double> CalibrationProblem::values(const std::vector<double>& at) const {
  std::vector<double> out;
  for (std::size_t p = 0; p < parameters.size(); ++p)
    out.push_back(parameters[p].value(at[p]));
  return out;
}

std::vector<double> CalibrationProblem::places(const std::vector<double>& of) const {
  std::vector<double> out;
  for (std::size_t p = 0; p < parameters.size(); ++p)
    out.push_back(parameters[p].place(of[p]));
  return out;
}

std::vector<double> CalibrationProblem::start() const {
  std::vector<double> out;
  for (const auto& p : parameters)
    out.push_back(p.start);
  return out;
}

std::size_t CalibrationProblem::runs() const {
  std::size_t n = 0;
  for (const auto& s : scenarios)
    n += s.seeds.size();
  return n;
}

namespace {

std::string identity_of(const Selection& selection) {
  std::string text;
  for (const auto& [axis, labels] : selection)
    text += axis + "=" + join(labels, "+") + " ";
  return text;
}

std::string window_of(const std::optional<std::pair<Month, Month>>& w) {
  return w ? w->first.text() + ".." + w->second.text() : std::string{"all"};
}

} // namespace

std::string CalibrationProblem::identity() const {
  std::string text;
  for (const auto& p : parameters)
    text += fmt::format("parameter {} from {} to {}, {}, start {}\n", p.key.path,
                        number_text(p.low), number_text(p.high),
                        p.spacing == Spacing::log ? "log" : "linear", number_text(p.start));
  for (const auto& s : scenarios)
    text += fmt::format("scenario {} firms {} seeds {}\n", s.name, s.firms, seeds_text(s.seeds));
  for (const auto& t : targets) {
    const auto& f = t.figure;
    text += fmt::format("target {} in {}{} of {} [{}] per {} [{}] less {} [{}] weight {} over {} "
                        "of {} statistic {} months {} "
                        "against {} scale {} data {} tolerance {} weight {}\n",
                        f.says, scenarios[t.scenario].name,
                        t.against ? fmt::format(" against {} ({})", scenarios[*t.against].name,
                                                static_cast<int>(t.comparison))
                                  : "",
                        f.variable, identity_of(f.select), f.per, identity_of(f.per_select), f.less,
                        identity_of(f.less_select), f.weight, f.over, f.of,
                        static_cast<int>(f.statistic), window_of(f.window), window_of(f.against),
                        number_text(f.scale), number_text(*f.data), number_text(t.tolerance),
                        number_text(t.weight));
  }
  return text;
}

} // namespace nearshore
