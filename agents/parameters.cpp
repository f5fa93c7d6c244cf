#include "agents/parameters.hpp"

#include <array>

namespace nearshore {

std::span<const ParameterSpec> parameter_table() {
  static constexpr std::array kTable{
#define NEARSHORE_PARAMETER(key, unit, value, low, high, meaning, source)                          \
  ParameterSpec{#key, unit, value, low, high, meaning, source, &Parameters::key},
#include "agents/parameters.def"
#undef NEARSHORE_PARAMETER
  };
  return kTable;
}

} // namespace nearshore
