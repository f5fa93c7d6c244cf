#pragma once
// The shipped history, read once for all tests of policy, and short ways to ask it.
#include "policy/stack.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/policy_reader.hpp"

#include <map>
#include <string>
#include <string_view>

namespace nearshore::test {

inline const WorldNames& world_names() {
  static const WorldNames names = read_world_names(find_input("configs/data/world"));
  return names;
}

inline Regime read_scenario(const std::string& path, const std::vector<std::string>& set = {}) {
  const auto document = load_document(find_input(path), set);
  return read_regime(document.root(), world_names());
}

inline const Regime& history() {
  static const Regime regime = read_scenario("configs/history.toml");
  return regime;
}

inline std::size_t index_of(const std::vector<std::string>& names, std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return i;
  throw std::invalid_argument("no " + std::string{name});
}

struct Shipment {
  std::string from{}, to{}, sector{};
  double mfn_rate{0};
  std::vector<std::string> lists{};
  bool claim{false};
  double entry_value{0};
};

inline Good good_of(const Regime& regime, const Shipment& shipment) {
  const auto& law = regime.data();
  Good good;
  good.sector = SectorId{index_of(law.sectors, shipment.sector)};
  good.mfn_rate = static_cast<float>(shipment.mfn_rate);
  for (const auto& list : shipment.lists)
    good.lists |= bit(index_of(law.lists, list));
  good.entry_value = static_cast<float>(shipment.entry_value);
  good.claim = shipment.claim ? 1 : 0;
  return good;
}

/// Rates by authority and in "total" on one day; content rates apply to the part 1 - own_content.
inline std::map<std::string, double> duty_on(const Regime& regime, const Shipment& shipment,
                                             Date day, double own_content = 0) {
  const auto& law = regime.data();
  const LaneStack stack{law.measures, law.stacking, index_of(law.regions, shipment.to),
                        index_of(law.regions, shipment.from), day};
  std::map<std::string, double> out{{"total", 0}};
  stack.evaluate(good_of(regime, shipment), [&](std::size_t i, const Outcome& o) {
    const double rate = o.rate.full + o.rate.content * (1 - own_content);
    out[law.authorities[stack.entries()[i].measure->authority.index()].key] += rate;
    out["total"] += rate;
  });
  return out;
}

} // namespace nearshore::test
