#include "cli/ensemble.hpp"

#include "cli/dry_run.hpp"
#include "output/ensemble_output.hpp"
#include "output/provenance.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/config/parameter_set.hpp"
#include "sim/config/paths.hpp"
#include "sim/ensemble.hpp"
#include "sim/run_memory.hpp"
#include "sim/seed_list.hpp"

#include <charconv>
#include <iostream>
#include <vector>

namespace nearshore {
namespace {

constexpr int kMostJobs = 1024;

/// 0 where --jobs is not given.
int jobs_of(const std::optional<std::string>& text) {
  if (!text) return 0;
  int jobs = 0;
  const auto end = text->data() + text->size();
  const auto [at, code] = std::from_chars(text->data(), end, jobs);
  if (at != end || code != std::errc{} || jobs < 1 || jobs > kMostJobs)
    throw Error{ErrorKind::input, "'" + *text + "'", "--jobs",
                "a whole number from 1 to " + std::to_string(kMostJobs) +
                    "; without it, what processors and memory allow"};
  return jobs;
}

/// One scenario with each vector of a set. What parameters do not touch is shared.
std::vector<Scenario> with_parameters(const ScenarioOptions& asked,
                                      const std::vector<ParameterVector>& set) {
  std::vector<Scenario> out;
  for (const auto& member : set) {
    auto of_member = asked;
    of_member.sets.insert(of_member.sets.end(), member.sets.begin(), member.sets.end());
    auto scenario = of_member.load();
    if (!out.empty()) {
      scenario.world = out.front().world;
      scenario.regime = out.front().regime;
      scenario.reporting = out.front().reporting;
    }
    out.push_back(std::move(scenario));
  }
  return out;
}

/// The runs, each with checkpoints of its own where they are asked for; then the summary.
std::string run_all(EnsembleOutput& output, const EnsemblePlan& plan,
                    const EnsembleSwitches& switches) {
  const auto& asked = switches.checkpoints;
  CheckpointPlan keeping;
  RunOne run_one;
  if (asked.asked()) {
    keeping = asked.plan(switches.quiet);
    keeping.mark_finished = true;
    run_one = [&](std::size_t run, const Scenario& scenario, Observer& observer) {
      run_with_checkpoints(scenario, switches.check, observer, output.checkpoints_of(run), keeping);
    };
  }
  run_ensemble(
      output.runs(), [&](std::size_t run) { return output.scenario_of(run); }, plan,
      [&](std::size_t run, const Scenario&) { return output.observer_of(run); },
      [&](std::size_t run, Observer& observer) { output.finished(run, observer); }, switches.check,
      run_one);
  auto summary = output.finish();
  if (asked.asked() && !keeping.keep)
    for (std::size_t run = 0; run < output.runs(); ++run)
      CheckpointFiles{output.checkpoints_of(run)}.remove();
  return summary;
}

} // namespace

void EnsembleOptions::declare(OptionSet& options) {
  options.option("--seeds", "LIST", seeds,
                 "an ensemble in one file: seeds and ranges, e.g. 1-20 or 1,3,101-105");
  options.option("--jobs", "N", jobs,
                 "runs of an ensemble at a time; by default what processors and memory allow");
  options.option("--paired", "BASE.toml", paired,
                 "with --seeds: runs BASE with the same luck too and shows the effect of FILE "
                 "against it; --set changes FILE only, --firms and --end change both");
  options.option(
      "--parameter-set", "FILE", parameter_set,
      "runs every seed with each vector of parameters of a file that `calibrate --set N` "
      "wrote; bands are over all of them");
}

void EnsembleOptions::check_against(const ScenarioOptions& scenario) const {
  if (seeds && scenario.seed)
    throw Error{ErrorKind::input, "--seed and --seeds are both given", "run",
                "--seed N for one run, or --seeds LIST for an ensemble"};
  if (seeds)
    refuse_set(scenario.sets, "run.seed", "--seeds says which seeds are run",
               "--seeds LIST without it");
  if (paired && parameter_set)
    throw Error{ErrorKind::input, "--paired and --parameter-set are both given", "run",
                "an ensemble of each policy over the set, and their difference"};
  if (jobs && !asked())
    throw Error{ErrorKind::input, "--jobs is for ensembles, and --seeds is missing", "run",
                "--seeds LIST --jobs N; for a single run --threads N"};
  if (paired && !seeds)
    throw Error{ErrorKind::input, "--paired compares ensembles, and --seeds is missing", "run",
                "--seeds LIST --paired BASE.toml"};
}

int run_seeds(const ScenarioOptions& asked, const EnsembleOptions& options,
              const EnsembleSwitches& switches) {
  if (switches.checkpoints.from)
    throw Error{ErrorKind::input, "--from and an ensemble", "run",
                "a checkpoint is of one seed: --seed N --from CHECKPOINT for each"};
  const auto seeds = options.seeds
                         ? parse_seeds(*options.seeds, "--seeds")
                         : std::vector<std::uint64_t>{asked.load().run.seed}; // that of FILE
  const int jobs = jobs_of(options.jobs);
  auto first = asked; // the file's `configuration` runs again as it is: the first seed
  first.seed = std::to_string(seeds.front());
  std::vector<Scenario> policies;
  EnsembleOutput::Options output_options{.write = switches.write, .progress = !switches.quiet};
  if (options.paired) {
    if (seeds.size() < 2)
      throw Error{ErrorKind::input, "--paired and a single seed", "--seeds",
                  "at least two seeds: the error of an effect comes from their spread"};
    auto base = first;
    base.file = *options.paired;
    base.sets.clear();
    policies.push_back(base.load());
  }
  if (options.parameter_set) {
    const auto set = read_parameter_set(*options.parameter_set);
    policies = with_parameters(first, set);
    for (const auto& member : set)
      output_options.members.push_back(member.name);
    output_options.parameter_set = read_text_file(find_input(*options.parameter_set));
  } else {
    policies.push_back(first.load());
  }
  if (options.paired && !asked.sets.empty()) // the title alone would not tell the two apart
    policies.back().title += ", " + join(asked.sets);
  const auto scenario = policies.back();
  const auto plan =
      plan_ensemble(policies.size() * seeds.size(), scenario.run.firms, jobs, scenario.run.threads);
  if (switches.dry_run)
    return show_cost(scenario, seeds.size(), policies.size(),
                     {.plan = plan, .writes = switches.write, .load_seconds = seconds_so_far()});
  refuse_too_large(scenario, plan);
  if (switches.write && switches.checkpoints.resumes_nothing(scenario.run.output)) {
    auto silent = output_options;
    silent.write = silent.progress = false;
    const EnsembleOutput runs{policies, seeds, plan, silent};
    if (is_result_of(scenario.run.output, runs.description(), false)) {
      for (std::size_t run = 0; run < runs.runs(); ++run)
        CheckpointFiles{runs.checkpoints_of(run)}.remove();
      return say_finished(scenario.run.output, switches.quiet);
    }
  }
  EnsembleOutput output{std::move(policies), seeds, plan, std::move(output_options)};
  const auto summary = run_all(output, plan, switches);
  if (switches.quiet) return 0;
  std::cout << summary;
  if (switches.write) std::cout << "written: " << scenario.run.output << '\n';
  return 0;
}

} // namespace nearshore
