#include "output/report/sections.hpp"

#include <nlohmann/json.hpp>

namespace nearshore {
namespace {

class Events {
public:
  Events(const ReportScenario& s, const ReportScope& scope) : law(s.scenario.regime->data()) {
    const auto& months = s.file->months();
    if (months.empty()) return;
    first = months.front();
    last = months.back();
    for (std::size_t r = 0; r < law.regions.size(); ++r) {
      if (law.regions[r] == scope.home) home = r;
      for (const auto& x : scope.exporters)
        if (law.regions[r] == x) exporters |= bit(r);
    }
    for (const auto& m : law.measures)
      if (contains(m.importers, home) && (m.origins & exporters) != 0) measure(m);
    for (const auto& o : law.observation)
      if (contains(o.importers, home)) recording(o);
  }
  nlohmann::json list = nlohmann::json::array();

private:
  const RegimeData& law;
  Month first, last;
  std::size_t home{0};
  Bits exporters{0};

  void measure(const Measure& m) {
    nlohmann::json event{{"authority", law.authorities[m.authority.index()].key},
                         {"group", law.groups[m.group]},
                         {"measure", m.name},
                         {"origins", codes(m.origins & exporters)},
                         {"source", m.source},
                         {"assumption", m.assumption}};
    for (std::size_t i = 0; i < m.calendar.size(); ++i)
      add(m.calendar[i].from, i == 0 ? "begins" : "changes", event);
    if (m.end) add(*m.end, "ends", event);
  }

  void recording(const ObservationEntry& o) {
    const nlohmann::json event{{"authority", "recording"},
                               {"group", ""},
                               {"measure", "what statistics record of claims on duty-free lines"},
                               {"origins", codes(exporters)},
                               {"source", o.source},
                               {"assumption", false}};
    for (const auto& day : {o.from, o.until})
      if (day) add(*day, "changes", event);
  }

  [[nodiscard]] nlohmann::json codes(Bits regions) const {
    auto out = nlohmann::json::array();
    for (std::size_t r = 0; r < law.regions.size(); ++r)
      if (contains(regions, r)) out.push_back(law.regions[r]);
    return out;
  }

  void add(Date day, const char* what, nlohmann::json event) {
    if (day.in_month() <= first || day.in_month() > last) return;
    event["date"] = day.text();
    event["what"] = what;
    list.push_back(std::move(event));
  }
};

} // namespace

nlohmann::json events_json(const ReportScenario& scenario, const ReportScope& scope) {
  return std::move(Events{scenario, scope}.list);
}

} // namespace nearshore
