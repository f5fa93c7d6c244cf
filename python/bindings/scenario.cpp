// A configuration: read, checked and resolved.
#include "bindings.hpp"

#include "output/ensemble_output.hpp"
#include "output/run_attributes.hpp"
#include "output/run_output.hpp"
#include "output/variable.hpp"
#include "sim/config/layers.hpp"
#include "sim/seed_list.hpp"

namespace nearshore::python {
namespace {

using Layers = std::vector<std::pair<std::string, std::string>>;

SharedScenario load(const std::string& path, const std::vector<std::string>& overrides,
                    const Layers& layers) {
  const py::gil_scoped_release others_may_run;
  std::vector<Layer> over;
  for (const auto& [text, name] : layers)
    over.push_back({text, name});
  return std::make_shared<Scenario>(load_scenario(path, overrides, over));
}

py::dict labels(const Scenario& scenario) {
  const auto reporting = describe_run(scenario).reporting;
  py::dict out;
  for (const auto& d : dimensions())
    out[py::str{std::string{d.name}}] = py::make_tuple(std::string{d.meaning}, d.labels(reporting));
  return out;
}

std::vector<std::string> month_texts(const Scenario& scenario) {
  std::vector<std::string> out;
  for (Month m = scenario.run.start; m <= scenario.run.end; m = m + 1)
    out.push_back(m.text());
  return out;
}

py::dict attributes(const Scenario& scenario,
                    const std::optional<std::vector<std::uint64_t>>& seeds) {
  py::dict out;
  const auto about = seeds ? describe_ensemble(scenario, *seeds) : describe_run(scenario);
  for (const auto& a : run_attributes(about))
    out[py::str{a.name}] = std::visit([](const auto& v) { return py::cast(v); }, a.value);
  return out;
}

std::vector<std::string> measure_names(const Scenario& scenario) {
  std::vector<std::string> out;
  for (const auto& m : scenario.regime->data().measures)
    if (m.piece_of.empty()) out.push_back(m.name);
  return out;
}

} // namespace

void bind_scenario(py::module_& module) {
  py::class_<Scenario, SharedScenario>(module, "Scenario")
      .def(py::init(&load), py::arg("path"), py::arg("overrides"), py::arg("layers"))
      .def_readonly("file", &Scenario::file)
      .def_readonly("title", &Scenario::title)
      .def_readonly("description", &Scenario::description)
      .def_readonly("resolved", &Scenario::resolved)
      .def_readonly("resolved_sources", &Scenario::resolved_sources)
      .def_readonly("resolved_outcome", &Scenario::resolved_outcome)
      .def_property_readonly("firms", [](const Scenario& s) { return s.run.firms; })
      .def_property_readonly("seed", [](const Scenario& s) { return s.run.seed; })
      .def_property_readonly("spin_up", [](const Scenario& s) { return s.run.spin_up; })
      .def_property_readonly("months", month_texts)
      .def_property_readonly("measures", measure_names)
      .def("labels", labels)
      .def("attributes", attributes, py::arg("seeds"));
  module.def(
      "parse_seeds", [](const std::string& text) { return parse_seeds(text, "seeds"); },
      py::arg("text"));
  module.def("check_same_grid", [](const Scenario& other, const Scenario& base) {
    check_same_grid(other, base, "compare");
  });
}

} // namespace nearshore::python
