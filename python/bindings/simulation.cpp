#include "stepper.hpp"

#include "output/run_output.hpp"
#include "policy/error.hpp"
#include "sim/run_memory.hpp"

namespace nearshore::python {
namespace {

/// Takes the lock once a month of the spin-up to look for Ctrl-C.
class LookForSignals : public Observer {
public:
  void on_month(const MonthRecord&) override {
    const py::gil_scoped_acquire locked;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set{};
  }
};

std::optional<Originating> originating_of(const std::optional<std::string>& text) {
  if (!text) return {};
  if (*text == "none") return Originating::none;
  if (*text == "exempt") return Originating::exempt;
  if (*text == "content") return Originating::content;
  throw Error{ErrorKind::input, "originating = '" + *text + "'", "set_measure",
              "none, exempt, content"};
}

} // namespace

Stepper::Stepper(SharedScenario of, const std::optional<std::vector<std::string>>& names)
    : scenario(std::move(of)), enacted(scenario->regime) {
  record.emplace(describe_run(*scenario).reporting, 1,
                 static_cast<std::size_t>(written_months(scenario->run)), names);
  const py::gil_scoped_release others_may_run;
  refuse_too_large(*scenario, plan_ensemble(1, scenario->run.firms, 1, scenario->run.threads));
  simulation.emplace(*scenario);
  LookForSignals look;
  simulation->spin_up(&look);
}

void Stepper::step() {
  const py::gil_scoped_release others_may_run;
  if (finished())
    throw Error{ErrorKind::input, "the run has ended", "step",
                "months to " + scenario->run.end.text() + " (run.end)"};
  const auto& month = simulation->step();
  record->put(0, count++, month, scratch);
}

void Stepper::set_law(std::vector<Decree> wanted) {
  auto law = enacted->data();
  for (const auto& d : wanted)
    law = decreed(std::move(law), d, "set_measure");
  simulation->set_law(std::make_shared<const Regime>(std::move(law)));
  decrees = std::move(wanted);
}

void Stepper::decree(Decree d) {
  const auto next = next_month();
  d.from = {next.year(), next.month(), 1};
  auto wanted = decrees;
  wanted.push_back(std::move(d));
  set_law(std::move(wanted));
}

void Stepper::enact(const Scenario& law) {
  const auto before = std::exchange(enacted, law.regime);
  try {
    set_law(decrees);
  } catch (...) {
    enacted = before;
    throw;
  }
}

void bind_simulation(py::module_& module) {
  bind_firms(module);
  py::class_<Stepper>(module, "Simulation")
      .def(py::init<SharedScenario, const std::optional<std::vector<std::string>>&>(),
           py::arg("scenario"), py::arg("variables"))
      .def("step", &Stepper::step)
      .def_property_readonly("next_month", [](const Stepper& s) { return s.next_month().text(); })
      .def_property_readonly("months_done", &Stepper::months_done)
      .def_property_readonly("finished", &Stepper::finished)
      .def_property_readonly("arrays", &Stepper::arrays)
      .def_property_readonly("firms",
                             py::cpp_function([](const Stepper& s) { return Firms{&s.firms()}; },
                                              py::keep_alive<0, 1>()))
      .def(
          "decree",
          [](Stepper& s, std::string measure, std::optional<double> rate,
             const std::optional<std::string>& originating, bool repeal) {
            s.decree({std::move(measure), {}, rate, originating_of(originating), repeal});
          },
          py::arg("measure"), py::arg("rate"), py::arg("originating"), py::arg("repeal"))
      .def("enact", &Stepper::enact, py::arg("law"));
}

} // namespace nearshore::python
