#pragma once
// The resolved configuration of a run: what the TOML files and --set asked for, checked.
#include "agents/parameters.hpp"
#include "agents/switches.hpp"
#include "policy/calendar.hpp"
#include "policy/ids.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

enum class Closure : std::uint8_t { fixed_wage, labour_supply, balanced_trade };

struct RunSettings {
  Month start{2024, 1}, end{2026, 12}; ///< months written, both included
  int spin_up{24}; ///< months under the policy of `start` before it, not written
  std::int64_t firms{10'000};
  std::uint64_t seed{1};
  int threads{0}; ///< 0: all cores
  Closure closure{Closure::labour_supply};
  Month reference{2024, 12};               ///< month against which claim_change is counted
  std::string world{"configs/data/world"}; ///< folder of the world table
  std::string output{"history.h5"};
  bool structure{false}; ///< look at how firms are spread, each month (sim/structure.hpp)
};

} // namespace nearshore
