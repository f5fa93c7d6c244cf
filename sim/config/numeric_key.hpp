#pragma once
// Numbers of a loaded scenario by the dotted key of its file: what calibration moves without
// reading files again.
#include "sim/config/load_scenario.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nearshore {

/// One number that can be set: "parameters.KEY", or "sectors.SECTOR.KEY".
struct NumericKey {
  std::string path;            ///< dotted, as in --set
  std::string unit;            ///< of the figure
  double low{0}, high{0};      ///< what a scenario allows
  std::optional<double> value; ///< the default; none for a sector's figure, which is data
};

/// What a key names; "KEY" is short for "parameters.KEY". Throws Error (kind input) that names
/// `where` for what is no such key. A sector's name is checked when it is set.
NumericKey numeric_key(std::string_view key, const std::string& where);

/// Sets it, as --set PATH=VALUE would. Throws Error (kind input) for a sector that the scenario's
/// world does not have. The scenario's resolved texts stay what they were.
void set_number(Scenario& scenario, const NumericKey& key, double value);

/// Lines of TOML that set the keys to values, by table, in the order given; `comment` of a line may
/// be empty.
struct NumericSetting {
  const NumericKey* key;
  double value;
  std::string comment;
};
std::string toml_of(std::span<const NumericSetting> settings);

} // namespace nearshore
