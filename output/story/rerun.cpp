#include "output/story/rerun.hpp"

#include "output/memory_run.hpp"
#include "output/story/firm_watch.hpp"
#include "output/trajectory_reader.hpp"
#include "output/version.hpp"
#include "policy/text.hpp"
#include "sim/simulation.hpp"

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

/// Firms whose stories are kept while those that switch are looked for: bounds memory.
constexpr std::size_t kMostWatched = 400;

struct RunOfFile {
  std::size_t number{0};
  std::int64_t seed{0};
  std::string configuration;
};

RunOfFile find_run(const TrajectoryReader& file, const StoryAsked& asked) {
  const auto& path = file.path();
  if (!file.members().empty())
    throw Error{ErrorKind::input, "the file holds several vectors of parameters", path,
                "a file of runs with one"};
  RunOfFile run;
  const auto& policies = file.policies();
  std::string which = asked.policy;
  if (policies.empty() && !which.empty())
    throw Error{ErrorKind::input, "--policy " + which + ", and the file holds one policy only",
                path};
  if (!policies.empty() && which.empty()) which = policies.back();
  const auto at = std::find(policies.begin(), policies.end(), which);
  if (!policies.empty() && at == policies.end())
    throw Error{ErrorKind::input, "no policy '" + which + "'", path, join(policies),
                nearest(which, std::span<const std::string>(policies))};
  const bool baseline = !policies.empty() && at == policies.begin();
  run.configuration = file.text_attribute(baseline ? "configuration_baseline" : "configuration");
  auto seeds = file.seeds();
  if (seeds.empty()) seeds.push_back(file.integer_attribute("seed"));
  run.seed = asked.seed.value_or(seeds.front());
  const auto seed = std::find(seeds.begin(), seeds.end(), run.seed);
  if (seed == seeds.end()) {
    std::vector<std::string> known;
    for (const auto s : seeds)
      known.push_back(std::to_string(s));
    throw Error{ErrorKind::input, "the file holds no seed " + std::to_string(run.seed), path,
                join(known)};
  }
  run.number = static_cast<std::size_t>(seed - seeds.begin());
  if (!policies.empty())
    run.number += static_cast<std::size_t>(at - policies.begin()) * seeds.size();
  return run;
}

std::size_t index_of(const std::string& name, const std::vector<std::string>& names,
                     const char* option, const char* what) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end())
    throw Error{ErrorKind::input, std::string{"unknown "} + what + " '" + name + "'", option,
                join(names), nearest(name, std::span<const std::string>(names))};
  return static_cast<std::size_t>(at - names.begin());
}

/// A fixed mixing of bits (splitmix64): a draw that is the same for the same firms.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

/// Firms that are as asked, in the order of the draw.
std::vector<std::uint32_t> candidates(const StoryAsked& asked, const Scenario& scenario,
                                      const Population& firms) {
  const auto& r = *scenario.reporting;
  const auto region =
      asked.region.empty() ? r.R() : index_of(asked.region, r.regions, "--exporter", "region");
  const auto sector =
      asked.sector.empty() ? r.S() : index_of(asked.sector, r.sectors, "--sector", "sector");
  std::vector<std::uint32_t> out;
  for (std::size_t f = 0; f < firms.firms(); ++f)
    if (firms.active[f] != 0 && (region == r.R() || firms.region[f] == region) &&
        (sector == r.S() || firms.sector[f] == sector))
      out.push_back(static_cast<std::uint32_t>(f));
  std::sort(out.begin(), out.end(),
            [](std::uint32_t a, std::uint32_t b) { return mixed(a) < mixed(b); });
  return out;
}

/// Every value of every month, as the file holds it.
void check_against(const TrajectoryReader& file, const RunOfFile& run, const MemoryRun& again) {
  const auto differ = [&](const std::string& where) {
    throw Error{ErrorKind::input,
                "run again, " + where + " is not what the file holds; it was written by version " +
                    file.text_attribute("program_version") + " (" +
                    file.text_attribute("git_commit") + "), this is " + std::string{version()} +
                    " (" + std::string{git_commit()} + ")",
                file.path(), "a file of this version with the data of this folder"};
  };
  for (const auto& v : variables()) {
    const std::string name{v.name};
    if (!file.has(name)) continue;
    const auto theirs = file.read(name, run.number), mine = again.read(name);
    if (theirs.values.size() != mine.values.size()) differ("the shape of " + name);
    const std::size_t slab = mine.values.size() / std::max<std::size_t>(1, again.months().size());
    for (std::size_t i = 0; i < mine.values.size(); ++i) {
      const double a = theirs.values[i], b = mine.values[i];
      if (!(a == b || (std::isnan(a) && std::isnan(b))))
        differ(name + " of " + again.months()[i / slab].text());
    }
  }
}

std::vector<std::string> all_variables() {
  std::vector<std::string> names;
  for (const auto& v : variables())
    names.emplace_back(v.name);
  return names;
}

} // namespace

StoriesTold tell_stories(const StoryAsked& asked) {
  const TrajectoryReader file{asked.file};
  const auto run = find_run(file, asked);
  const std::vector<std::string> sets{"run.seed=" + std::to_string(run.seed),
                                      "run.threads=" + std::to_string(asked.threads)};
  const auto scenario =
      load_scenario_text(run.configuration, asked.file + " (its configuration)", sets);
  Simulation simulation{scenario};
  StoriesTold out;
  out.seed = run.seed;
  auto firms = asked.firms;
  if (firms.empty()) {
    firms = candidates(asked, scenario, simulation.firms());
    out.matching = firms.size();
    if (firms.empty())
      throw Error{ErrorKind::input, "no firm of " + asked.region + " makes " + asked.sector,
                  "--sample"};
    firms.resize(std::min(firms.size(), asked.switched ? kMostWatched : asked.sample));
    out.watched = firms.size();
  }
  FirmWatch watch{scenario, simulation.firms(), firms};
  const auto names = all_variables();
  MemoryRun again{scenario.reporting, scenario.run.reference, asked.file, names};
  simulation.spin_up();
  simulation.watch(&watch);
  for (std::size_t t = 0; t < file.months().size(); ++t)
    again.on_month(simulation.step());
  check_against(file, run, again);
  for (const auto& story : watch.stories())
    if (asked.firms.empty()
            ? out.stories.size() < asked.sample && (!asked.switched || story.switched)
            : true)
      out.stories.push_back(story);
  return out;
}

} // namespace nearshore
