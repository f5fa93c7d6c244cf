#pragma once
// Texts laid on a configuration file, as `extends` lays files: what other programs ask for.
#include "sim/config/load_scenario.hpp"

namespace nearshore {

struct Layer {
  std::string text; ///< TOML
  std::string name; ///< what errors call it; its folder is where `extends` looks
};

/// As load_document and load_scenario, with texts laid on the file in order, before the overrides.
Document load_document(const std::string& path, std::span<const std::string> set_overrides,
                       std::span<const Layer> over);
Scenario load_scenario(const std::string& path, std::span<const std::string> set_overrides,
                       std::span<const Layer> over);

} // namespace nearshore
