#include "cli/compare/compared_runs.hpp"

#include "cli/scenario_options.hpp"
#include "output/ensemble_output.hpp"
#include "policy/text.hpp"
#include "sim/ensemble.hpp"
#include "sim/run_memory.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <tuple>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

const std::array<std::string, 3> kClosures{"fixed_wage", "labour_supply", "balanced_trade"};
constexpr const char* kDefaultSeeds = "1-20";

bool is_configuration(const std::string& argument) {
  return fs::path(argument).extension() == ".toml";
}

std::vector<std::string> closures_of(const std::optional<std::string>& list) {
  if (!list) return {};
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= list->size();) {
    const auto comma = std::min(list->find(',', at), list->size());
    const auto name = list->substr(at, comma - at);
    if (std::find(kClosures.begin(), kClosures.end(), name) == kClosures.end())
      throw Error{ErrorKind::input, "unknown closure '" + name + "'", "--closures",
                  join(std::span<const std::string>(kClosures)),
                  nearest(name, std::span<const std::string>(kClosures))};
    if (std::find(out.begin(), out.end(), name) != out.end())
      throw Error{ErrorKind::input, "the closure '" + name + "' is given twice", "--closures"};
    out.push_back(name);
    at = comma + 1;
  }
  return out;
}

/// Those asked for, else those of the files given, else all, the scenario's own first.
std::vector<std::string> closures_for(const Scenario& base, const std::vector<std::string>& asked,
                                      const FilesGiven& given) {
  if (!asked.empty()) return asked;
  if (!given.closures.empty()) return given.closures;
  std::vector<std::string> out{closure_name(base.run.closure)};
  for (const auto& name : kClosures)
    if (name != out[0]) out.push_back(name);
  return out;
}

void run_ensemble_to(const std::string& path, Scenario scenario,
                     const std::vector<std::uint64_t>& seeds, const RunsAsked& asked) {
  scenario.run.output = path;
  const auto plan = plan_ensemble(seeds.size(), scenario.run.firms,
                                  static_cast<int>(asked.jobs.value_or(0)), scenario.run.threads);
  refuse_too_large(scenario, plan);
  EnsembleOutput output{{scenario}, seeds, plan, {.write = true, .progress = !asked.quiet}};
  run_ensemble(
      output.runs(), [&](std::size_t run) { return output.scenario_of(run); }, plan,
      [&](std::size_t run, const Scenario&) { return output.observer_of(run); },
      [&](std::size_t run, Observer& observer) { output.finished(run, observer); });
  (void)output.finish();
}

/// Errors name the option that was given, not the --set that it stands for.
Scenario load_as_asked(const std::string& configuration, const RunsAsked& asked,
                       const std::vector<std::string>& sets) {
  try {
    return load_scenario(configuration, sets);
  } catch (const Error& e) {
    for (const auto& [option, key, value] :
         {std::tuple{"--firms ", "run.firms=", &asked.firms}, {"--end ", "run.end=", &asked.end}})
      if (*value && e.where == "--set " + (key + **value))
        throw Error{e.kind, e.what_is_wrong, option + **value, e.allowed, e.suggestion};
    throw;
  }
}

/// All configurations over the same months: to the latest end among them.
std::vector<std::string> settings_of(const std::vector<std::string>& configurations,
                                     const RunsAsked& asked, const FilesGiven& given,
                                     const std::vector<std::uint64_t>& seeds) {
  std::vector<std::string> sets;
  if (given.firms > 0) sets.push_back("run.firms=" + std::to_string(given.firms));
  sets.insert(sets.end(), asked.sets.begin(), asked.sets.end());
  if (asked.firms) sets.push_back("run.firms=" + *asked.firms);
  if (asked.end) sets.push_back("run.end=" + *asked.end);
  Month latest, reference;
  for (std::size_t i = 0; i < configurations.size(); ++i) {
    const auto scenario = load_as_asked(configurations[i], asked, sets);
    latest = i == 0 ? scenario.run.end : std::max(latest, scenario.run.end);
    if (i == 0) reference = scenario.run.reference;
  }
  sets.push_back("run.end=" + latest.text());
  sets.push_back("run.reference=" + reference.text());
  sets.push_back("run.seed=" + std::to_string(seeds.front()));
  return sets;
}

/// --seeds, else those of the files given, else twenty.
std::vector<std::uint64_t> seeds_for(const RunsAsked& asked, const FilesGiven& given) {
  if (!asked.seeds && !given.seeds.empty()) return given.seeds;
  return parse_seeds(asked.seeds.value_or(kDefaultSeeds), "--seeds");
}

} // namespace

void RunsAsked::declare(OptionSet& options) {
  options.option("--seeds", "LIST", seeds,
                 "seeds that configurations run with, e.g. 1-20 [those of a file given, or 1-20]");
  options.option(
      "--closures", "LIST", closures,
      "closures that configurations run with: " + join(std::span<const std::string>(kClosures)) +
          " [that of a file given, or all]");
  options.option("--runs", "FOLDER", folder,
                 "keep the runs there, and take from there what is finished");
  options.option("--firms", "N", firms,
                 "number of firms of configurations, about (run.firms) [those of a file given]");
  options.option("--end", "MONTH", end,
                 "last month of configurations (run.end) [the latest among them]");
  options.option("--set", "KEY=VALUE", sets,
                 "override a key of every configuration; may be repeated");
  options.option("--jobs", "N", jobs,
                 "runs at a time; by default what processors and memory allow");
  options.flag("--quiet", quiet, "no progress; with -o no table");
}

std::vector<std::string> RunsAsked::given() const {
  std::vector<std::string> out;
  for (const auto& [name, value] : {std::pair{"--seeds", &seeds},
                                    {"--closures", &closures},
                                    {"--runs", &folder},
                                    {"--firms", &firms},
                                    {"--end", &end}})
    if (*value) out.emplace_back(name);
  if (!sets.empty()) out.emplace_back("--set");
  if (jobs) out.emplace_back("--jobs");
  return out;
}

namespace {

/// Keys that the comparison itself sets in every configuration.
void refuse_ignored_sets(const RunsAsked& asked) {
  refuse_set(asked.sets, "run.seed", "configurations run with the seeds of --seeds",
             "--seeds LIST");
  refuse_set(asked.sets, "run.closure", "configurations run with each closure of --closures",
             "--closures LIST");
  refuse_set(asked.sets, "run.output", "the runs go into the folder of --runs", "--runs FOLDER");
}

} // namespace

ComparedRuns::ComparedRuns(const std::vector<std::string>& arguments, const RunsAsked& asked,
                           const CompareOptions& options) {
  if (asked.jobs && (*asked.jobs < 1 || *asked.jobs > 1024))
    throw Error{ErrorKind::input, fmt::format("'{}'", *asked.jobs), "--jobs",
                "a whole number from 1 to 1024"};
  std::vector<std::string> configurations, others;
  std::partition_copy(arguments.begin(), arguments.end(), std::back_inserter(configurations),
                      std::back_inserter(others), is_configuration);
  if (configurations.empty()) {
    if (const auto options_of_runs = asked.given(); !options_of_runs.empty())
      throw Error{ErrorKind::input, "would be ignored: only files are compared, and nothing is run",
                  join(options_of_runs), "configurations (TOML), or files without it"};
    files = arguments;
    return;
  }
  refuse_ignored_sets(asked);
  const auto given = files_given(others, options.other_versions);
  const auto seeds = seeds_for(asked, given);
  if (seeds.size() < 2)
    throw Error{ErrorKind::input, "one seed only: nothing says how far an effect is luck",
                "--seeds", "at least two seeds"};
  const auto closures_asked = closures_of(asked.closures);
  const auto sets = settings_of(configurations, asked, given, seeds);
  const auto closures =
      closures_for(load_scenario(configurations.front(), sets), closures_asked, given);
  RunsToCome to_come{{}, closures, seeds};
  store = std::make_unique<RunStore>(asked.folder.value_or(""));
  struct Job {
    std::string name, path, closure;
    Scenario scenario;
  };
  std::vector<Job> jobs;
  for (const auto& argument : arguments) {
    if (!is_configuration(argument)) {
      files.push_back(argument);
      continue;
    }
    for (const auto& closure : closures) {
      auto with_closure = sets;
      with_closure.push_back("run.closure=" + closure);
      auto scenario = load_scenario(argument, with_closure);
      if (closure == closures.front()) to_come.configurations.push_back(scenario);
      const auto name = fs::path(argument).stem().string();
      const auto path = store->path_of(scenario, name, seeds);
      if (std::find(files.begin(), files.end(), path) != files.end())
        throw Error{ErrorKind::input, "the same configuration twice", argument,
                    "a base and other policies"};
      files.push_back(path);
      policies.emplace_back(path, name);
      if (!store->holds(path, scenario, seeds))
        jobs.push_back({name, path, closure, std::move(scenario)});
    }
  }
  check_runs_to_come(to_come, others, options);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (!asked.quiet)
      std::cerr << fmt::format("ensemble {} of {}: {}, {}, seeds {}\n", i + 1, jobs.size(),
                               jobs[i].name, jobs[i].closure, seeds_text(seeds));
    run_ensemble_to(jobs[i].path, std::move(jobs[i].scenario), seeds, asked);
  }
}

} // namespace nearshore
