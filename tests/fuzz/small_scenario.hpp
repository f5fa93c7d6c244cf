#pragma once
// The scenario of tests/fuzz/small.
#include "sim/config/load_scenario.hpp"
#include "tests/fuzz/targets.hpp"

namespace nearshore::fuzz {

/// A text whose paths "@/..." lead to a folder.
std::string with_paths(std::string toml, const Scratch& folder);
/// base.toml so.
std::string base_toml(const Scratch& folder);
/// That scenario with so few firms that its checkpoint is small.
Scenario small_scenario(const Scratch& folder);

} // namespace nearshore::fuzz
