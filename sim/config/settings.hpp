#pragma once
// The keys of [run] and [switches]: one table gives section, key, range, default and meaning. The
// reader,
// --set, `check` and docs/parameters.md are made from it; there is no second list.
#include "sim/config/document.hpp"
#include "sim/scenario.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace nearshore {

struct Setting {
  using Member = std::variant<Month RunSettings::*, int RunSettings::*, std::int64_t RunSettings::*,
                              std::uint64_t RunSettings::*, std::string RunSettings::*,
                              Closure RunSettings::*, bool RunSettings::*, bool Switches::*>;
  std::string_view section, key;
  Member member;
  std::int64_t low, high; ///< whole numbers only, inclusive
  std::string_view unit, meaning;
  bool affects_results{true}; ///< false: equal runs may differ in it (threads, name of the file)
};

/// In the order of docs/parameters.md; defaults are those of RunSettings and Switches.
std::span<const Setting> setting_table();
/// Names of the closures, in the order of the enum.
std::span<const std::string> closure_names();
/// The default as TOML writes it.
std::string default_text(const Setting& setting);
/// What values are allowed, in words.
std::string allowed_text(const Setting& setting);

/// Reads [run] and [switches] and checks them against each other. Throws Error (input) at the key.
void read_settings(const Document& document, RunSettings& run, Switches& switches);
/// Reads [parameters] (agents/parameters.def).
Parameters read_parameters(const Document& document);

/// The page docs/parameters.md: settings and parameters, as Markdown.
std::string parameters_page();

} // namespace nearshore
