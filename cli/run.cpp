#include "cli/checkpoint_options.hpp"
#include "cli/command.hpp"
#include "cli/dry_run.hpp"
#include "cli/ensemble.hpp"
#include "cli/scenario_options.hpp"
#include "output/provenance.hpp"
#include "output/run_output.hpp"
#include "policy/error.hpp"
#include "sim/run_memory.hpp"
#include "sim/simulation.hpp"

#include <iostream>
#include <memory>
#include <optional>

namespace nearshore {
namespace {

struct Arguments {
  ScenarioOptions scenario;
  EnsembleOptions ensemble;
  CheckpointOptions checkpoints;
  bool quiet{false}, check{false}, no_output{false}, dry_run{false};
};

/// The plan of a single run: all its threads.
EnsemblePlan alone(const Scenario& scenario) {
  return plan_ensemble(1, scenario.run.firms, 1, scenario.run.threads);
}

/// The months; then the summary.
std::string run_months(const Scenario& scenario, const Arguments& a, RunOutput& output) {
  if (a.checkpoints.asked()) {
    auto plan = a.checkpoints.plan(a.quiet);
    plan.snapshots_before = 0; // one asked for while the world was read is not forgotten
    const auto done = run_with_checkpoints(scenario, a.check, output, scenario.run.output, plan);
    auto summary = output.finish(done.threads, done.start, done.past);
    if (!plan.keep) CheckpointFiles{scenario.run.output}.remove();
    return summary;
  }
  Simulation simulation{scenario, a.check};
  const auto start = std::chrono::steady_clock::now();
  simulation.run(output, true);
  return output.finish(simulation.threads(), start);
}

int run(const Arguments& a) {
  a.ensemble.check_against(a.scenario);
  a.checkpoints.check_against(!a.no_output);
  if (a.no_output) {
    if (a.scenario.output)
      throw Error{ErrorKind::input, "--no-output and --output are both given", "run",
                  "one of them"};
    refuse_set(a.scenario.sets, "run.output", "--no-output writes no file",
               "--no-output without it");
  }
  // From here on, so that a signal while the world is read is not lost.
  std::optional<SignalRequests> signals;
  if (a.checkpoints.asked() && !a.dry_run) signals.emplace();
  if (a.ensemble.asked())
    return run_seeds(a.scenario, a.ensemble,
                     {.check = a.check,
                      .write = !a.no_output,
                      .quiet = a.quiet,
                      .dry_run = a.dry_run,
                      .checkpoints = a.checkpoints});
  const auto scenario = a.scenario.load();
  if (a.dry_run && a.checkpoints.from) check_branch(scenario, a.checkpoints.plan(true));
  if (a.dry_run)
    return show_cost(
        scenario, 1, 1,
        {.plan = alone(scenario), .writes = !a.no_output, .load_seconds = seconds_so_far()});
  refuse_too_large(scenario, alone(scenario));
  if (!a.no_output && a.checkpoints.resumes_nothing(scenario.run.output) &&
      is_result_of(scenario.run.output, describe_run(scenario), a.checkpoints.from.has_value()))
    return say_finished(scenario.run.output, a.quiet);
  if (!a.no_output && !a.checkpoints.asked())
    require_nothing_to_lose(CheckpointFiles{scenario.run.output});
  RunOutput output{scenario, {.write = !a.no_output, .progress = !a.quiet}};
  const auto summary = run_months(scenario, a, output);
  if (!a.quiet) {
    std::cout << summary;
    if (!a.no_output) std::cout << "written: " << scenario.run.output << '\n';
  }
  return 0;
}

} // namespace

Command run_command() {
  return {
      "run", "Simulate a scenario month by month and write its trajectory",
      "  nearshore run\n"
      "  nearshore run configs/scenarios/no_2025_tariffs.toml -o no_tariffs.h5\n"
      "  nearshore run --firms 100000 --seed 7 --threads 8\n"
      "  nearshore run --seeds 1-20 -o ensemble.h5\n"
      "  nearshore run --seeds 1-20 --paired configs/scenarios/no_2025_tariffs.toml -o effect.h5\n"
      "  nearshore run --seeds 1-4 --parameter-set fits/baseline_set.toml -o band.h5\n"
      "  nearshore run --firms 500000 --seeds 1-20 --dry-run\n"
      "  nearshore run --firms 500000 --checkpoint-every 6 --resume   # to be started again after "
      "any stop\n"
      "  nearshore run --end 2024-12 --checkpoint-every 0 --keep-checkpoint -o until_2024.h5\n"
      "  nearshore run configs/scenarios/no_2025_tariffs.toml --from until_2024.h5.checkpoint -o "
      "branch.h5\n"
      "  nearshore run --set run.closure=fixed_wage --set parameters.candidates=24 --quiet",
      [](OptionSet& options) {
        const auto a = std::make_shared<Arguments>();
        a->scenario.declare(options);
        a->scenario.declare_run(options);
        a->ensemble.declare(options);
        a->checkpoints.declare(options);
        options.flag("--check", a->check, "verify the accounts of every month");
        options.flag("--no-output", a->no_output, "write no file, only the summary");
        options.flag("--quiet", a->quiet, "print nothing");
        options.flag("--dry-run", a->dry_run,
                     "run nothing: predict time, memory and size of the file on this machine");
        return [a] { return run(*a); };
      }};
}

} // namespace nearshore
