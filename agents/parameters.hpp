#pragma once
// Behavioural parameters: one table gives key, unit, default, range, meaning and source. The TOML
// reader,
// --set, `check` and docs/parameters.md are made from it; there is no second list.
#include <span>
#include <string_view>

namespace nearshore {

struct Parameters {
#define NEARSHORE_PARAMETER(key, unit, value, low, high, meaning, source) double key = value;
#include "agents/parameters.def"
#undef NEARSHORE_PARAMETER
};

struct ParameterSpec {
  std::string_view key, unit;
  double value, low, high; ///< default and allowed range, inclusive
  std::string_view meaning, source;
  double Parameters::*member;

  /// Counted things come in whole numbers.
  [[nodiscard]] bool whole() const { return unit == "suppliers"; }
};

/// In the order of docs/parameters.md.
std::span<const ParameterSpec> parameter_table();

} // namespace nearshore
