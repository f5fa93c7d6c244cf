// `sweep status`, `sweep merge` and `sweep sensitivity`: what became of a sweep.
#include "cli/sweep_status.hpp"

#include "cli/cost_text.hpp"
#include "cli/sweep_place.hpp"
#include "output/sweep/merge.hpp"
#include "output/sweep/sensitivity_report.hpp"
#include "output/trajectory_kind.hpp"
#include "policy/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace nearshore {
namespace {

constexpr std::size_t kFailuresShown = 10;

struct StatusArguments {
  SweepPlace place;
  bool all{false};
};

/// Seconds a unit of weight of the runs that are done; 0 if none is.
double pace(const OpenSweep& open, const Ledger& ledger) {
  double seconds = 0, weight = 0;
  for (std::size_t run = 0; run < ledger.runs().size(); ++run)
    if (ledger.runs()[run].finished)
      seconds += ledger.runs()[run].record.seconds, weight += open.scenarios->weight(run);
  return weight > 0 ? seconds / weight : 0;
}

std::string time_to_go(const OpenSweep& open, const Ledger& ledger) {
  const double each = pace(open, ledger);
  const auto running = ledger.with(RunStatus::running);
  double work = 0;
  for (const auto status : {RunStatus::left, RunStatus::running})
    for (const auto run : ledger.with(status))
      work += each * open.scenarios->weight(run);
  if (each == 0) return "not known yet: no run is done";
  if (running.empty())
    return fmt::format("{} of processor time, and nothing runs now", seconds_text(work));
  return fmt::format("about {}, with {} runs at a time",
                     seconds_text(work / static_cast<double>(running.size())), running.size());
}

int show_status(const StatusArguments& a) {
  const auto open = a.place.open_begun();
  const Ledger ledger{open.folder, *open.sweep};
  const std::size_t done = ledger.count(RunStatus::done), failed = ledger.count(RunStatus::failed),
                    running = ledger.count(RunStatus::running),
                    left = ledger.count(RunStatus::left);
  auto text = cost_line("sweep", open.sweep->title);
  text += cost_line("runs", std::to_string(open.sweep->runs()));
  text += cost_line("  done", std::to_string(done));
  text += cost_line("  running", fmt::format("{} ({} processes)", running, ledger.processes()));
  text += cost_line("  failed", std::to_string(failed));
  text += cost_line("  left", std::to_string(left));
  if (left + running > 0) text += cost_line("time to go", time_to_go(open, ledger));
  std::size_t shown = 0;
  for (const auto run : ledger.with(RunStatus::failed)) {
    if (!a.all && shown++ == kFailuresShown) {
      text += fmt::format("and {} more (--all)\n", failed - kFailuresShown);
      break;
    }
    const auto failure = ledger.failure(run);
    text += fmt::format("run {} failed ({}): {}\n  {}\n", run, failure.code, failure.message,
                        failure.command);
  }
  std::cout << text;
  return 0;
}

struct MergeArguments {
  SweepPlace place;
  std::optional<std::string> to;
  bool partial{false}, mixed{false}, force{false}, quiet{false};
};

int merge(const MergeArguments& a) {
  const auto open = a.place.open_begun();
  const Ledger ledger{open.folder, *open.sweep};
  MergeOptions options{.output = a.to.value_or(open.folder.path() + "/merged.h5"),
                       .partial = a.partial,
                       .mixed = a.mixed,
                       .progress = {}};
  const std::size_t all = open.sweep->runs(), done = ledger.count(RunStatus::done);
  if (done < all && !a.partial) {
    std::cerr << fmt::format("{}: {} of {} runs are not done ({} failed, {} running); nothing was "
                             "merged. nearshore sweep {} goes on; --partial merges what there is\n",
                             open.folder.path(), all - done, all, ledger.count(RunStatus::failed),
                             ledger.count(RunStatus::running), open.folder.path());
    return kIncomplete;
  }
  if (!a.force && std::filesystem::exists(options.output))
    throw Error{ErrorKind::input, "the file is there already", options.output,
                "--force to write it anew, or another --to"};
  check_place({options.output, hdf5_kind("merged sweep"), "--to"});
  std::size_t shown = 0;
  if (!a.quiet)
    options.progress = [&shown](std::size_t points, std::size_t of) {
      if (of < 100 || points * 10 / of == shown) return; // soon done
      shown = points * 10 / of;
      std::cerr << fmt::format("merged {} of {} points\n", points, of);
    };
  merge_sweep(open.folder, *open.sweep, *open.scenarios, ledger, options);
  if (!a.quiet) std::cout << "written: " << options.output << '\n';
  return 0;
}

struct SensitivityArguments {
  SweepPlace place;
  std::vector<std::string> outcomes, policies;
  std::optional<std::int64_t> bootstrap;
  std::optional<std::string> csv;
  bool mixed{false};
};

int show_sensitivity(const SensitivityArguments& a) {
  constexpr std::int64_t kMostDraws = 100'000;
  if (a.bootstrap && (*a.bootstrap < 0 || *a.bootstrap > kMostDraws))
    throw Error{ErrorKind::input, "'" + std::to_string(*a.bootstrap) + "'", "--bootstrap",
                "0 to " + std::to_string(kMostDraws)};
  const auto open = a.place.open_begun();
  const OutputPlace place{a.csv.value_or(""), table_like(sensitivity_csv({})), "--csv"};
  if (a.csv) check_place(place);
  const Ledger ledger{open.folder, *open.sweep};
  if (!a.mixed) refuse_mixture(open.folder, ledger);
  SensitivityOptions options{.outcomes = a.outcomes, .policies = a.policies, .bootstrap = {}};
  if (a.bootstrap) options.bootstrap.draws = static_cast<std::size_t>(*a.bootstrap);
  const auto report = sensitivity_of(*open.sweep, ledger, options);
  std::cout << open.sweep->title << ": value [95 % interval], bootstrap over points\n"
            << report.text;
  if (!a.csv) return 0;
  write_output(place, sensitivity_csv(report.rows));
  std::cout << "\nwritten: " << *a.csv << '\n';
  return 0;
}

} // namespace

Command sweep_status_command() {
  return {"status", "Show what is done, running, failed and left of a sweep, and the time to go",
          "  nearshore sweep status configs/sweeps/paperwork.toml\n"
          "  nearshore sweep status sweeps/paperwork --all\n",
          [](OptionSet& options) {
            const auto a = std::make_shared<StatusArguments>();
            a->place.declare(options);
            options.flag("--all", a->all, "show every failure");
            return [a] { return show_status(*a); };
          }};
}

Command sweep_merge_command() {
  return {"merge", "Write all runs of a sweep to one file",
          "  nearshore sweep merge sweeps/paperwork\n"
          "  nearshore sweep merge sweeps/paperwork --to results.h5 --partial\n",
          [](OptionSet& options) {
            const auto a = std::make_shared<MergeArguments>();
            a->place.declare(options);
            options.option("--to", "FILE", a->to, "the file [FOLDER/merged.h5]");
            options.flag("--partial", a->partial, "runs that are not done are NaN");
            options.flag("--mixed", a->mixed,
                         "take results of other programs or data than the sweep began with");
            options.flag("--force", a->force, "write over a file that is there");
            options.flag("--quiet", a->quiet, "print nothing but errors");
            return [a] { return merge(*a); };
          }};
}

Command sweep_sensitivity_command() {
  return {"sensitivity", "Show how much each outcome depends on each parameter",
          "  nearshore sweep sensitivity sweeps/sobol\n"
          "  nearshore sweep sensitivity sweeps/sobol --outcome claim_share_mexico --csv s.csv\n",
          [](OptionSet& options) {
            const auto a = std::make_shared<SensitivityArguments>();
            a->place.declare(options);
            options.option("--outcome", "NAME", a->outcomes, "one outcome; may be repeated [all]");
            options.option("--policy", "NAME", a->policies, "one policy; may be repeated [all]");
            options.option("--bootstrap", "N", a->bootstrap, "samples drawn for intervals [1000]");
            options.option("--csv", "FILE", a->csv, "also write comma-separated values");
            options.flag("--mixed", a->mixed,
                         "take results of other programs or data than the sweep began with");
            return [a] { return show_sensitivity(*a); };
          }};
}

} // namespace nearshore
