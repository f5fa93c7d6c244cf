#pragma once
// A simulation that Python drives month by month, and whose policy it may change.
#include "recorder.hpp"

#include "policy/decree.hpp"
#include "sim/simulation.hpp"

namespace nearshore::python {

class Stepper {
public:
  /// Lays out the firms and runs the spin-up. `names`: variables to keep; nothing: all.
  Stepper(SharedScenario scenario, const std::optional<std::vector<std::string>>& names);

  /// Runs a month. Throws Error (input) after the last one.
  void step();
  [[nodiscard]] Month next_month() const { return simulation->next_month(); }
  [[nodiscard]] std::size_t months_done() const { return count; }
  [[nodiscard]] bool finished() const { return next_month() > scenario->run.end; }
  [[nodiscard]] const py::dict& arrays() const { return record->by_name(); }
  [[nodiscard]] const Population& firms() const { return simulation->firms(); }
  [[nodiscard]] const Scenario& configuration() const { return *scenario; }

  /// A measure from the next month on. Throws Error (input).
  void decree(Decree decree);
  /// The measures, rules and levers of another configuration from the next month on; decrees so
  /// far stay. Throws Error (input) where it does not fit this run.
  void enact(const Scenario& law);

private:
  void set_law(std::vector<Decree> wanted);

  SharedScenario scenario;
  std::shared_ptr<const Regime> enacted; ///< without the decrees
  std::vector<Decree> decrees;
  std::optional<Simulation> simulation;
  std::optional<Arrays> record;
  std::vector<double> scratch;
  std::size_t count{0};
};

/// Views of the firms' columns.
void bind_firms(py::module_& module);
/// What Python calls `sim.firms`.
struct Firms {
  const Population* population;
};

} // namespace nearshore::python
