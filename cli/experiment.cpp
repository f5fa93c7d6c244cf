// What the mechanism must show, by small experiments.
#include "output/experiment.hpp"
#include "cli/command.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/config/paths.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace nearshore {
namespace {

namespace fs = std::filesystem;
constexpr const char* kFolder = "configs/validation";

/// Files of the folder, by name.
std::vector<std::string> shipped() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(find_input(kFolder)))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string file_of(const std::string& name) {
  return std::string{kFolder} + "/" + name + ".toml";
}

/// A file, or the name of one of the folder.
std::string resolve(const std::string& asked) {
  if (fs::exists(find_input(asked))) return asked;
  const auto names = shipped();
  if (std::find(names.begin(), names.end(), asked) != names.end()) return file_of(asked);
  throw Error{ErrorKind::input, "no experiment '" + asked + "'", "experiment",
              "a file, or one of " + join(names),
              nearest(asked, std::span<const std::string>(names))};
}

struct Arguments {
  std::vector<std::string> names;
  std::optional<std::string> seeds;
  std::optional<std::int64_t> firms, jobs;
  bool csv{false}, strict{false}, list{false}, quiet{false};
};

std::optional<std::int64_t> in_range(const std::optional<std::int64_t>& n, std::int64_t low,
                                     std::int64_t high, const char* option) {
  if (n && (*n < low || *n > high))
    throw Error{ErrorKind::input, fmt::format("'{}'", *n), option,
                fmt::format("a whole number from {} to {}", low, high)};
  return n;
}

int run(const Arguments& a) {
  std::vector<std::string> files;
  for (const auto& name : a.names.empty() ? shipped() : a.names)
    files.push_back(resolve(name));
  std::optional<std::vector<std::uint64_t>> seeds;
  if (a.seeds) seeds = parse_seeds(*a.seeds, "--seeds");
  const auto firms = in_range(a.firms, 1000, 2'000'000, "--firms");
  const auto jobs = in_range(a.jobs, 1, 1024, "--jobs");
  std::vector<Experiment> experiments;
  for (const auto& file : files)
    experiments.push_back(read_experiment(file, seeds, firms));
  if (a.list) {
    for (const auto& e : experiments)
      std::cout << fmt::format("{}\n  {}\n  {}\n", e.file, e.title, e.says);
    return 0;
  }
  const auto results = run_experiments(
      experiments, {.jobs = static_cast<int>(jobs.value_or(0)), .progress = !a.quiet});
  std::cout << (a.csv ? validation_csv(results) : validation_table(results));
  const bool failed = std::any_of(results.begin(), results.end(), [](const TargetResult& r) {
    return r.verdict == Verdict::missed || r.verdict == Verdict::absent;
  });
  return a.strict && failed ? static_cast<int>(ErrorKind::invariant) : 0;
}

} // namespace

Command experiment_command() {
  return {
      "experiment", "Make small experiments and show whether each mechanism does what it must",
      "  nearshore experiment                       all of configs/validation\n"
      "  nearshore experiment laffer --seeds 101-110\n"
      "  nearshore experiment my_experiment.toml --firms 20000\n"
      "  nearshore experiment --list\n"
      "An experiment is data: runs, figures of them and the range that each must be in\n"
      "(docs/validation.md). The exit status is 0 unless --strict is given: then 4 if a figure\n"
      "is missed or absent.",
      [](OptionSet& options) {
        const auto a = std::make_shared<Arguments>();
        options.positional("NAME", a->names, "files, or names of configs/validation [all]", false);
        options.option("--seeds", "LIST", a->seeds, "seeds, instead of each experiment's own");
        options.option("--firms", "N", a->firms,
                       "firms, for runs that do not set their own number");
        options.option("--jobs", "N", a->jobs,
                       "runs at a time; by default what processors and memory allow");
        options.flag("--list", a->list, "say what the experiments are, and make none");
        options.flag("--csv", a->csv, "print comma-separated values");
        options.flag("--quiet", a->quiet, "no progress");
        options.flag("--strict", a->strict, "exit with status 4 if a figure is missed or absent");
        return [a] { return run(*a); };
      }};
}

} // namespace nearshore
