#pragma once
// `run --seeds`: several seeds of a scenario at once; `--paired`: of two.
#include "cli/scenario_options.hpp"

namespace nearshore {

struct EnsembleOptions {
  std::optional<std::string> seeds, jobs, paired;

  /// --seeds, --jobs, --paired.
  void declare(OptionSet& options);
  [[nodiscard]] bool asked() const { return seeds.has_value(); }
  /// Throws Error (kind input) where options do not go together.
  void check_against(const ScenarioOptions& scenario) const;
};

struct EnsembleSwitches {
  bool check{false}, write{true}, quiet{false}, dry_run{false};
};

/// Runs the ensemble and prints its summary. Gives the exit code; throws Error.
int run_seeds(const ScenarioOptions& scenario, const EnsembleOptions& options,
              EnsembleSwitches switches);

} // namespace nearshore
