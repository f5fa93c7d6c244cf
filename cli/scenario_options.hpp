#pragma once
// The arguments that every command on a scenario shares.
#include "cli/options.hpp"
#include "sim/config/load_scenario.hpp"

namespace nearshore {

/// Throws Error (kind input) where a --set of `key` would be ignored; `instead` is what would not.
void refuse_set(const std::vector<std::string>& sets, const std::string& key,
                const std::string& why, const std::string& instead);

struct ScenarioOptions {
  std::string file{"configs/history.toml"};
  std::vector<std::string> sets;
  std::optional<std::string> firms, seed, threads, end, output; // short ways to say --set run.X=...

  /// FILE and --set.
  void declare(OptionSet& options);
  /// --firms, --seed, --threads, --end, --output.
  void declare_run(OptionSet& options);
  /// Short ways come after --set, so they win.
  [[nodiscard]] std::vector<std::string> overrides() const;
  struct Short {
    std::string option, key;
    std::optional<std::string> value;
  };
  [[nodiscard]] std::vector<Short> shorts() const;
  /// Errors name the option that was given, not the --set that it stands for.
  [[nodiscard]] Scenario load() const;
};

} // namespace nearshore
