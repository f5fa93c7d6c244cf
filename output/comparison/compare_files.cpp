#include "output/comparison/compare_files.hpp"

#include "output/comparison/compare_runs.hpp"
#include "output/run_output.hpp"
#include "output/trajectory_reader.hpp"
#include "output/version.hpp"
#include "policy/text.hpp"
#include "sim/config/data_files.hpp"
#include "sim/seed_list.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& file, const std::string& why,
                         const std::string& allowed) {
  throw Error{ErrorKind::input, why, file, allowed};
}

/// What all runs of a comparison have in common, in words.
struct Shared {
  std::string seeds, months, regions, sectors, authorities, firms, version, commit;
};

/// An ensemble of a comparison: that of a file, or one that is still to be run.
struct Ensemble {
  std::string name;   ///< of its file or configuration
  std::string policy; ///< its configuration without closure and seed
  std::string closure;
  Shared shared;
  std::string data{}; ///< Scenario::data_sums; empty: it does not say
};

/// A file with what it says of itself.
struct Opened : Ensemble {
  explicit Opened(const std::string& path) : reader(path) { name = path; }
  TrajectoryReader reader;
  Scenario scenario;
  std::vector<std::int64_t> seeds;
};

std::string months_text(Month first, Month last) {
  return first.text() + " to " + last.text();
}

std::string policy_of(const std::string& configuration, const std::string& name) {
  const std::vector<std::string> sets{"run.closure=fixed_wage", "run.seed=1"};
  return load_scenario_text(configuration, name, sets).resolved_outcome;
}

Shared shared_of(const Opened& f) {
  const auto& m = f.reader.months();
  const auto& r = *f.scenario.reporting;
  return {seeds_text({f.seeds.begin(), f.seeds.end()}),
          m.empty() ? "none" : months_text(m.front(), m.back()),
          join(r.regions),
          join(r.sectors),
          join(r.authorities),
          std::to_string(f.reader.integer_attribute("firms")),
          f.reader.text_attribute("program_version"),
          f.reader.text_attribute("git_commit")};
}

/// Of runs that this program will make.
Shared shared_of(const Scenario& s, const std::vector<std::uint64_t>& seeds) {
  const auto r = describe_run(s).reporting;
  return {seeds_text(seeds),      months_text(s.run.start, s.run.end),
          join(r.regions),        join(r.sectors),
          join(r.authorities),    std::to_string(s.run.firms),
          std::string{version()}, std::string{git_commit()}};
}

std::unique_ptr<Opened> open(const std::string& path) {
  auto file = std::make_unique<Opened>(path);
  const auto& reader = file->reader;
  if (!reader.policies().empty())
    refuse(path, "the file holds several policies: " + join(reader.policies()),
           "one policy a file: `run --seeds`, without --paired");
  if (!reader.members().empty())
    refuse(path, "the file holds several vectors of parameters", "runs with one vector");
  file->seeds = reader.seeds();
  if (file->seeds.empty()) file->seeds.push_back(reader.integer_attribute("seed"));
  if (file->seeds.size() < 2)
    refuse(path, "one seed only: nothing says how far an effect is luck",
           "files of at least two seeds, e.g. `run --seeds 1-20`");
  const auto configuration = reader.text_attribute("configuration");
  const auto called = path + " (its configuration)";
  file->scenario = load_scenario_text(configuration, called);
  file->closure = closure_name(file->scenario.run.closure);
  file->policy = policy_of(configuration, called);
  file->shared = shared_of(*file);
  if (reader.has_attribute("input_data")) file->data = reader.text_attribute("input_data");
  return file;
}

/// A title says more than a configuration: names of what differs, in a message.
void check_same(const Ensemble& a, const Ensemble& b, bool other_versions) {
  const auto same = [&](const std::string& what, std::string Shared::*of,
                        const std::string& allowed) {
    const auto &here = a.shared.*of, &there = b.shared.*of;
    if (here != there)
      refuse(b.name, what + " " + there + ", and " + here + " in " + a.name, allowed);
  };
  same("seeds are", &Shared::seeds, "the same seeds: effects are paired by seed");
  same("months are", &Shared::months, "runs over the same months");
  same("regions are", &Shared::regions, "runs of one world");
  same("sectors are", &Shared::sectors, "runs of one world");
  same("authorities are", &Shared::authorities, "runs with one list of them");
  same("firms are", &Shared::firms, "runs of as many firms");
  if (other_versions) return;
  const char* allowed = "files of one version, or --other-versions to compare them all the same";
  same("program_version is", &Shared::version, allowed);
  same("git_commit is", &Shared::commit, allowed);
  const auto changed = changed_data(a.data, b.data);
  if (!changed.empty())
    refuse(b.name, "made from other data than " + a.name + ": " + join(changed),
           "files made from the same data, or --other-versions to compare them all the same");
}

void refuse_twice(const std::vector<std::string>& paths) {
  for (std::size_t i = 0; i < paths.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      std::error_code code;
      if (fs::equivalent(paths[i], paths[j], code))
        refuse(paths[i], "the same file twice", "a base and other policies");
    }
}

using Files = std::vector<std::unique_ptr<Opened>>;

Files open_all(const std::vector<std::string>& paths, bool other_versions) {
  refuse_twice(paths);
  Files files;
  for (const auto& path : paths)
    files.push_back(open(path));
  for (const auto& f : files)
    check_same(*files[0], *f, other_versions);
  return files;
}

/// Ensembles by policy, in the order of the arguments; [policy][ensemble].
template <class E>
std::vector<std::vector<const E*>> by_policy(const std::vector<std::unique_ptr<E>>& files) {
  std::vector<std::vector<const E*>> out;
  for (const auto& f : files) {
    auto at = std::find_if(out.begin(), out.end(),
                           [&](const auto& p) { return p[0]->policy == f->policy; });
    if (at == out.end()) {
      out.push_back({f.get()});
      continue;
    }
    for (const auto* other : *at)
      if (other->closure == f->closure)
        refuse(f->name, "holds the same runs as " + other->name + ": equal configurations",
               "files that differ in policy, or in run.closure");
    at->push_back(f.get());
  }
  return out;
}

/// Closures that all policies have, that of the base's first file first.
template <class E>
std::vector<std::string> common_closures(const std::vector<std::vector<const E*>>& policies) {
  std::vector<std::string> out;
  for (const auto* f : policies[0]) {
    const bool everywhere = std::all_of(policies.begin(), policies.end(), [&](const auto& files) {
      return std::any_of(files.begin(), files.end(),
                         [&](const E* o) { return o->closure == f->closure; });
    });
    if (everywhere) out.push_back(f->closure);
  }
  if (out.empty())
    for (const auto& files : policies)
      if (files[0]->closure != policies[0][0]->closure)
        refuse(files[0]->name,
               "run.closure is " + files[0]->closure + ", and " + policies[0][0]->closure + " in " +
                   policies[0][0]->name,
               "files with a closure in common");
  return out;
}

std::string name_of(const std::string& path, const Comparison& c, const CompareOptions& options) {
  std::string name = fs::path(path).stem().string();
  for (const auto& [file, given] : options.names)
    if (file == path) name = given;
  const auto taken = [&](const std::string& n) {
    return std::any_of(c.policies.begin(), c.policies.end(),
                       [&](const ComparedPolicy& p) { return p.name == n; });
  };
  std::string unique = name;
  for (int i = 2; taken(unique); ++i)
    unique = name + "_" + std::to_string(i);
  return unique;
}

void describe(const std::vector<std::vector<const Opened*>>& policies,
              const CompareOptions& options, Comparison& c) {
  const Opened& base = *policies[0][0];
  c.seeds = base.seeds;
  c.firms = base.reader.integer_attribute("firms");
  c.program_version = base.reader.text_attribute("program_version");
  c.git_commit = base.reader.text_attribute("git_commit");
  c.home_region = base.reader.text_attribute("home_region");
  c.months = base.reader.months();
  for (const auto& files : policies) {
    const Opened& f = *files[0];
    ComparedPolicy policy;
    policy.name = name_of(f.reader.path(), c, options);
    policy.title = f.reader.text_attribute("title");
    policy.description = f.scenario.description;
    policy.configuration = f.reader.text_attribute("configuration");
    policy.closure = f.closure;
    for (const auto* file : files)
      policy.files.push_back({file->closure, file->reader.path()});
    c.policies.push_back(std::move(policy));
  }
}

void check_periods(const std::vector<ComparedPeriod>& periods, Month first, Month last) {
  for (const auto& p : periods)
    if (p.first < first || p.last > last)
      throw Error{ErrorKind::input, p.label + " is not among the months of the runs",
                  p.first == p.last ? "--months" : "--over", months_text(first, last)};
}

/// The last year, if nobody asks for others.
void set_periods(const CompareOptions& options, const SupplyStop& stop, Comparison& c) {
  constexpr int kYear = 12;
  c.periods = options.periods;
  const auto within = [&](Month first, Month last) {
    return parse_period(first.text() + ":" + last.text(), "");
  };
  if (c.periods.empty()) {
    const Month last = c.months.back();
    c.periods.push_back(within(std::max(c.months.front(), last + (1 - kYear)), last));
  }
  check_periods(c.periods, c.months.front(), c.months.back());
  if (!stop.any()) return;
  const auto same = [&](const ComparedPeriod& p) {
    return p.first == stop.first && p.last == stop.last;
  };
  if (std::none_of(c.periods.begin(), c.periods.end(), same))
    c.periods.push_back(within(stop.first, stop.last));
  c.notes.push_back("Capacity is withheld in " + stop.first.text() + " to " + stop.last.text() +
                    ": the loss of output is that of these months against the year before them, "
                    "in the same run.");
}

/// Elsewhere duty changes because trade does, and would not be what content costs.
void keep_prices_of_exemptions(const std::vector<Scenario>& scenarios, const ComparedWorld& world,
                               Comparison& c) {
  for (std::size_t p = 1; p < c.policies.size(); ++p)
    for (std::size_t t = 0; t < c.periods.size(); ++t) {
      bool others = false;
      for (Month m = c.periods[t].first; !others && m <= c.periods[t].last; m = m + 1)
        others = other_terms(scenarios[0], scenarios[p], world, m);
      if (!others)
        std::erase_if(c.exemptions, [&](const ExemptionPrice& price) {
          return price.policy == p && price.period == t;
        });
    }
}

} // namespace

FilesGiven files_given(const std::vector<std::string>& paths, bool other_versions) {
  const auto files = open_all(paths, other_versions);
  if (files.empty()) return {};
  const auto& seeds = files[0]->seeds;
  return {{seeds.begin(), seeds.end()},
          files[0]->scenario.run.firms,
          common_closures(by_policy(files))};
}

void check_runs_to_come(const RunsToCome& runs, const std::vector<std::string>& files,
                        const CompareOptions& options) {
  std::vector<std::unique_ptr<Ensemble>> all;
  for (const auto& scenario : runs.configurations) {
    const auto shared = shared_of(scenario, runs.seeds);
    const auto policy = policy_of(scenario.resolved_outcome, scenario.file);
    for (const auto& closure : runs.closures)
      all.push_back(std::make_unique<Ensemble>(
          Ensemble{scenario.file, policy, closure, shared, scenario.data_sums}));
    check_periods(options.periods, scenario.run.start, scenario.run.end);
  }
  for (const auto& file : open_all(files, options.other_versions))
    all.push_back(std::make_unique<Ensemble>(*file));
  for (const auto& ensemble : all)
    check_same(*all[0], *ensemble, options.other_versions);
  const auto common = common_closures(by_policy(all));
  for (const auto& closure : runs.closures)
    if (std::find(common.begin(), common.end(), closure) == common.end())
      throw Error{ErrorKind::input, "no file of every policy has the closure '" + closure + "'",
                  "--closures", join(common)};
}

Comparison compare_files(const std::vector<std::string>& paths, const CompareOptions& options) {
  const auto files = open_all(paths, options.other_versions);
  const auto policies = by_policy(files);
  if (policies.size() < 2)
    refuse(paths[0], "one policy only", "a base and at least one other policy");
  Comparison c;
  describe(policies, options, c);
  c.closures = common_closures(policies);
  const auto world = compared_world(files[0]->scenario);
  c.bloc = world.bloc.name;
  std::vector<Scenario> scenarios;
  for (const auto& p : policies)
    scenarios.push_back(p[0]->scenario);
  const auto stop = supply_stop(scenarios, c.months);
  set_periods(options, stop, c);
  if (!files[0]->reader.has("qualifying_share_by_sector"))
    c.notes.emplace_back(
        "The files are of a version that does not hold qualifying_share_by_sector: "
        "in the price of an exemption what is claimed stands for what qualifies.");
  std::vector<std::vector<RunOfSeed>> runs;
  for (const auto& of_policy : policies) {
    runs.emplace_back();
    for (const auto& closure : c.closures)
      for (const auto* f : of_policy)
        if (f->closure == closure)
          runs.back().push_back([f](std::size_t seed) { return f->reader.run(seed); });
  }
  const auto all = std::set<std::string>(comparison_topics().begin(), comparison_topics().end());
  compare_runs(runs, world, stop, options.topics.empty() ? all : options.topics, c);
  keep_prices_of_exemptions(scenarios, world, c);
  return c;
}

} // namespace nearshore
