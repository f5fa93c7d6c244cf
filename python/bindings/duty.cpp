// The stack of duties on a shipment.
#include "bindings.hpp"

#include "policy/shipment.hpp"

namespace nearshore::python {
namespace {

py::list stack_of(const Regime& regime, const Shipment& shipment, const ShipmentDuty& duty) {
  using namespace py::literals;
  const auto& law = regime.data();
  py::list out;
  for (std::size_t i = 0; i < duty.lines.size(); ++i) {
    const auto& line = duty.lines[i];
    if (!relevant(line)) continue;
    const auto& m = *line.measure;
    out.append(py::dict("authority"_a = law.authorities[m.authority.index()].key,
                        "measure"_a = m.name, "rate"_a = duty.rates[i],
                        "applies_to"_a = line.because[0], "days"_a = line.days,
                        "why"_a = why(line, shipment, law.regions), "source"_a = m.source,
                        "confidence"_a = m.confidence, "assumption"_a = m.assumption));
  }
  return out;
}

py::dict duty(const Scenario& scenario, const ShipmentQuestion& asked) {
  using namespace py::literals;
  const auto& regime = *scenario.regime;
  const auto& law = regime.data();
  const auto shipment = understand(regime, asked);
  const auto result = duty_on(regime, shipment);
  py::dict by_authority;
  for (std::size_t a = 0; a < law.authorities.size(); ++a)
    by_authority[py::str{law.authorities[a].key}] = result.by_authority[a];
  py::object claim = py::none();
  if (shipment.agreement) claim = py::cast(law.agreements[*shipment.agreement].header.name);
  return py::dict(
      "origin"_a = asked.from, "importer"_a = asked.to, "sector"_a = asked.sector,
      "month"_a = asked.month, "claim"_a = claim, "importer_content"_a = shipment.own_content,
      "good"_a = good_in_words(shipment, asked), "stack"_a = stack_of(regime, shipment, result),
      "by_authority"_a = by_authority, "total"_a = result.total);
}

} // namespace

void bind_duty(py::module_& module) {
  module.def(
      "duty",
      [](const Scenario& scenario, std::string origin, std::string importer, std::string sector,
         std::string month, bool claim, std::optional<double> importer_content,
         std::optional<double> mfn_rate, std::optional<double> entry_value,
         std::vector<std::string> lists) {
        return duty(scenario,
                    {std::move(origin), std::move(importer), std::move(sector), std::move(month),
                     importer_content, mfn_rate, entry_value, std::move(lists), claim});
      },
      py::arg("scenario"), py::arg("origin"), py::arg("importer"), py::arg("sector"),
      py::arg("month"), py::arg("claim"), py::arg("importer_content"), py::arg("mfn_rate"),
      py::arg("entry_value"), py::arg("lists"));
}

} // namespace nearshore::python
