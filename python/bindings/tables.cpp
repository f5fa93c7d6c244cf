// The program's own lists, for the package's docstrings and labels.
#include "bindings.hpp"

#include "agents/population.hpp"
#include "output/variable.hpp"
#include "sim/config/settings.hpp"

#include <boost/math/distributions/students_t.hpp>

namespace nearshore::python {
namespace {

std::string kind_of(const Setting& s) {
  struct Kind {
    std::string operator()(bool RunSettings::*) const { return "bool"; }
    std::string operator()(bool Switches::*) const { return "bool"; }
    std::string operator()(Month RunSettings::*) const { return "str"; }
    std::string operator()(std::string RunSettings::*) const { return "str"; }
    std::string operator()(Closure RunSettings::*) const { return "str"; }
    std::string operator()(int RunSettings::*) const { return "int"; }
    std::string operator()(std::int64_t RunSettings::*) const { return "int"; }
    std::string operator()(std::uint64_t RunSettings::*) const { return "int"; }
  };
  return std::visit(Kind{}, s.member);
}

py::dict row(std::string section, std::string_view key, std::string type, std::string_view unit,
             std::string allowed, std::string_view meaning) {
  using namespace py::literals;
  return py::dict("section"_a = section, "key"_a = std::string{key}, "type"_a = type,
                  "unit"_a = std::string{unit}, "allowed"_a = allowed,
                  "meaning"_a = std::string{meaning});
}

py::list settings() {
  py::list out;
  for (const auto& s : setting_table())
    out.append(row(std::string{s.section}, s.key, kind_of(s), s.unit, allowed_text(s), s.meaning));
  for (const auto& p : parameter_table())
    out.append(row("parameters", p.key, "float", p.unit,
                   py::str("{:g} to {:g}").format(p.low, p.high), p.meaning));
  return out;
}

py::list variable_list() {
  py::list out;
  for (const auto& v : variables())
    out.append(py::make_tuple(std::string{v.name},
                              std::vector<std::string>{v.dims.begin(), v.dims.end()},
                              std::string{v.unit}, std::string{v.meaning},
                              v.storage == Storage::float64 ? "float64" : "float32"));
  return out;
}

} // namespace

void bind_tables(py::module_& module) {
  module.def("settings", settings, "Keys of [run], [switches] and [parameters].");
  module.def("variables", variable_list, "(name, dims after time, unit, meaning, dtype).");
  module.def(
      "student_quantile",
      [](double probability, double freedom) {
        return boost::math::quantile(boost::math::students_t{freedom}, probability);
      },
      py::arg("probability"), py::arg("freedom"));
}

} // namespace nearshore::python
