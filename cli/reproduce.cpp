// Does a file come out again from what it says about itself?
#include "cli/command.hpp"
#include "cli/scratch_folder.hpp"
#include "output/comparison/same_bits.hpp"
#include "output/ensemble_output.hpp"
#include "output/provenance.hpp"
#include "output/run_output.hpp"
#include "output/trajectory_reader.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/checkpoint/sections.hpp"
#include "sim/checkpoint/written_file.hpp"
#include "sim/config/parameter_set.hpp"
#include "sim/ensemble.hpp"
#include "sim/run_memory.hpp"
#include "sim/simulation.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace nearshore {
namespace {

struct Arguments {
  std::string file;
  std::optional<std::int64_t> threads;
  bool quiet{false};
};

/// The scenario of a file's attributes `configuration` and `title`, or of those of its baseline.
Scenario scenario_of(const TrajectoryReader& file, const std::string& suffix, const Arguments& a,
                     const std::vector<std::string>& sets = {}) {
  const auto attribute = "configuration" + suffix;
  auto scenario = load_scenario_text(file.text_attribute(attribute),
                                     file.path() + ": attribute " + attribute, sets);
  scenario.title = file.text_attribute("title" + suffix);
  scenario.run.threads = static_cast<int>(a.threads.value_or(0));
  return scenario;
}

std::unique_ptr<Simulation> simulation_from(const Scenario& scenario, const std::string& state) {
  SectionReader in{state};
  auto simulation = std::make_unique<Simulation>(scenario, false, in);
  in.finish();
  return simulation;
}

/// The state after the months that ran under another configuration, in a file.
std::string run_history(const TrajectoryReader& file, const Arguments& a, Observer& months,
                        const std::string& folder) {
  std::string state;
  for (const auto& past : file.past_configurations()) {
    auto scenario = load_scenario_text(past.configuration,
                                       file.path() + ": the configuration until " + past.until);
    scenario.run.threads = static_cast<int>(a.threads.value_or(0));
    const auto simulation =
        state.empty() ? std::make_unique<Simulation>(scenario) : simulation_from(scenario, state);
    std::string last;
    while (last != past.until) {
      if (simulation->finished())
        throw Error{ErrorKind::input, "the months before the branch end before " + past.until,
                    file.path()};
      const auto& record = simulation->advance();
      months.on_month(record);
      last = record.month.text();
    }
    state = folder + "/" + past.until + ".state";
    SectionWriter out{state};
    simulation->save(out);
    out.finish();
  }
  return state;
}

void run_again(const TrajectoryReader& file, const Arguments& a, const std::string& folder,
               const std::string& output) {
  auto scenario = scenario_of(file, "", a);
  scenario.run.output = output;
  refuse_too_large(scenario, plan_ensemble(1, scenario.run.firms, 1, scenario.run.threads));
  RunOutput out{scenario, {.write = true, .progress = !a.quiet}};
  const auto state = run_history(file, a, out, folder);
  const auto simulation =
      state.empty() ? std::make_unique<Simulation>(scenario) : simulation_from(scenario, state);
  while (!simulation->finished())
    out.on_month(simulation->advance());
  out.finish(simulation->threads());
}

/// The vectors of a file's parameter set; `folder` is where its text may lie for a moment.
std::vector<ParameterVector> vectors_of(const TrajectoryReader& file, const std::string& folder) {
  const auto path = folder + "/parameter_set.toml";
  write_output({path, file_of_our_own()}, file.text_attribute("parameter_set"));
  return read_parameter_set(path);
}

void run_ensemble_again(const TrajectoryReader& file, const Arguments& a, const std::string& folder,
                        const std::string& output) {
  EnsembleOutput::Options options{.write = true, .progress = !a.quiet};
  std::vector<Scenario> policies;
  if (!file.members().empty()) {
    options.members = file.members();
    options.parameter_set = file.text_attribute("parameter_set");
    for (const auto& member : vectors_of(file, folder))
      policies.push_back(scenario_of(file, "", a, member.sets));
  } else {
    if (!file.policies().empty()) policies.push_back(scenario_of(file, "_baseline", a));
    policies.push_back(scenario_of(file, "", a));
  }
  for (auto& policy : policies)
    policy.run.output = output;
  const std::vector<std::uint64_t> seeds(file.seeds().begin(), file.seeds().end());
  const auto plan = plan_ensemble(policies.size() * seeds.size(), policies.back().run.firms, 0,
                                  policies.back().run.threads);
  refuse_too_large(policies.back(), plan);
  EnsembleOutput out{std::move(policies), seeds, plan, std::move(options)};
  run_ensemble(
      out.runs(), [&](std::size_t run) { return out.scenario_of(run); }, plan,
      [&](std::size_t run, const Scenario&) { return out.observer_of(run); },
      [&](std::size_t run, Observer& observer) { out.finished(run, observer); });
  out.finish();
}

int reproduce(const Arguments& a) {
  if (a.threads && (*a.threads < 0 || *a.threads > 1024))
    throw Error{ErrorKind::input, fmt::format("'{}'", *a.threads), "--threads",
                "a whole number from 0 (all cores) to 1024"};
  if (is_merged_sweep(a.file))
    throw Error{ErrorKind::input, "a merged sweep cannot be reproduced", a.file, "a file of `run`"};
  const TrajectoryReader file{a.file};
  const auto made = provenance_of(file);
  if (!made.same_program() && !a.quiet)
    std::cerr << a.file << " is of nearshore " << made.program_there << ", and this is "
              << made.program_here << '\n';
  if (!made.other_data.empty() && !a.quiet)
    std::cerr << a.file
              << " was made with other data, which have changed since: " << join(made.other_data)
              << '\n';
  const auto other = made.what_differs();
  const ScratchFolder folder;
  const auto again = folder.path + "/again.h5";
  if (file.seeds().empty())
    run_again(file, a, folder.path, again);
  else
    run_ensemble_again(file, a, folder.path, again);
  const auto result = bit_differences(a.file, again, 10, Program::left_out);
  if (result.found.empty()) {
    if (!a.quiet)
      std::cout << fmt::format(
          "reproduced: {} objects and {} values of {} are the same to the bit{}\n", result.objects,
          result.values, a.file, other.empty() ? "" : ", though it was made with " + other);
    return 0;
  }
  for (const auto& difference : result.found)
    std::cout << difference << '\n';
  std::cout << a.file << " is not reproduced"
            << (other.empty() ? "" : "; it was made with " + other) << '\n';
  return static_cast<int>(ErrorKind::invariant);
}

} // namespace

Command reproduce_command() {
  return {"reproduce", "Rerun a file from its own attributes and compare, to the bit",
          "  nearshore reproduce history.h5\n"
          "  nearshore reproduce ensemble.h5 --threads 1\n"
          "Everything but the group /run, the program's version and its commit is compared. Exit "
          "status 0 if all is the same, 4 if not.",
          [](OptionSet& options) {
            const auto a = std::make_shared<Arguments>();
            options.positional("FILE", a->file, "a file that nearshore run wrote");
            options.option("--threads", "N", a->threads, "threads, 0 for all cores");
            options.flag("--quiet", a->quiet, "print differences only");
            return [a] { return reproduce(*a); };
          }};
}

} // namespace nearshore
