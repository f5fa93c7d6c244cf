#pragma once
// `run --seeds`: several seeds of a scenario at once; `--paired`: of two; `--parameter-set`: with
// each of several vectors of parameters.
#include "cli/checkpoint_options.hpp"
#include "cli/scenario_options.hpp"

namespace nearshore {

struct EnsembleOptions {
  std::optional<std::string> seeds, jobs, paired, parameter_set;

  /// --seeds, --jobs, --paired, --parameter-set.
  void declare(OptionSet& options);
  [[nodiscard]] bool asked() const { return seeds.has_value() || parameter_set.has_value(); }
  /// Throws Error (kind input) where options do not go together.
  void check_against(const ScenarioOptions& scenario) const;
};

struct EnsembleSwitches {
  bool check{false}, write{true}, quiet{false}, dry_run{false};
  CheckpointOptions checkpoints{};
};

/// Runs the ensemble and prints its summary. Gives the exit code; throws Error.
int run_seeds(const ScenarioOptions& scenario, const EnsembleOptions& options,
              const EnsembleSwitches& switches);

} // namespace nearshore
