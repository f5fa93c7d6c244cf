#include "cli/sweep_run.hpp"

#include "output/ensemble_progress.hpp"
#include "output/sweep/execute.hpp"
#include "output/sweep/run_result.hpp"
#include "output/version.hpp"
#include "policy/error.hpp"
#include "sim/checkpoint/damaged.hpp"
#include "sim/checkpoint/keep.hpp"
#include "sim/ensemble.hpp"
#include "sim/run_memory.hpp"
#include "sim/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <iostream>
#include <unistd.h>

namespace nearshore {
namespace {

// A run whose process has ended so often without a word while it ran is not tried again.
constexpr int kMostSilentEnds = 3;
constexpr int kKilled = 137; // as shells say it
constexpr int kMostJobs = 1024;

std::atomic<bool> stop_asked{false};
Requests asked_for; // of runs that leave checkpoints
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void ask_to_stop(int signal) {
  stop_asked = true;
  asked_for.stop = signal;
  std::signal(signal, SIG_DFL); // a second time ends the program at once
}

/// Hands months on until it is time to stop.
class Stoppable : public Observer {
public:
  Stoppable(Observer& keeper, const std::atomic<bool>& flag, bool checkpoints,
            EnsembleProgress* shown)
      : inner(keeper), stop(flag), leaves_checkpoints(checkpoints), progress(shown) {}
  void on_month(const MonthRecord& record) override {
    // A run that leaves checkpoints is told by its own requests: it writes one first.
    if (stop && (!leaves_checkpoints || asked_for.stop == 0)) throw RunStopped{};
    inner.on_month(record);
    if (progress != nullptr) progress->month_done();
  }

private:
  Observer& inner;
  const std::atomic<bool>& stop;
  bool leaves_checkpoints;
  EnsembleProgress* progress;
};

/// Makes a run that goes on from its own checkpoint, if an earlier process has left one.
void run_from_checkpoint(const Scenario& scenario, Observer& observer, const std::string& stem,
                         int every) {
  CheckpointPlan plan;
  plan.every = every;
  plan.resume = true;
  plan.program = std::string{version()} + " (" + std::string{git_commit()} + ")";
  plan.requests = &asked_for;
  plan.say = [](const std::string&) {};
  try {
    run_with_checkpoints(scenario, false, observer, stem, plan);
  } catch (const Error& e) {
    if (e.kind == ErrorKind::stopped) throw RunStopped{};
    throw;
  }
}

/// The results of one run.
std::string make_run(const OpenSweep& open, std::size_t run, const Scenario& scenario,
                     const std::atomic<bool>& stop, EnsembleProgress* shown) {
  RunKeeper keeper{*open.sweep, scenario, open.scenarios->wages(open.sweep->place(run).policy)};
  const int every = open.sweep->checkpoint_every;
  Stoppable observer{keeper, stop, every > 0, shown};
  if (every > 0)
    run_from_checkpoint(scenario, observer, open.folder.checkpoint_stem(run), every);
  else
    Simulation{scenario}.run(observer, true);
  return keeper.content();
}

/// Runs of this part that are to be made, the longest first: processors then end together.
std::vector<std::size_t> runs_to_make(const OpenSweep& open, const Ledger& ledger,
                                      const Shard& shard, bool failed_too) {
  std::vector<double> weights(open.sweep->runs());
  for (std::size_t run = 0; run < weights.size(); ++run)
    weights[run] = open.scenarios->weight(run);
  std::vector<std::size_t> out;
  const auto slices = slices_of(weights, shard.n);
  for (const auto run : slices[shard.i - 1]) {
    const auto status = ledger.runs()[run].status;
    if (status == RunStatus::left || (failed_too && status == RunStatus::failed))
      out.push_back(run);
  }
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  return out;
}

/// Takes runs out that have ended their process again and again, and writes them down as failed.
/// Gives their number.
std::size_t give_up(std::vector<std::size_t>& runs, const OpenSweep& open, const Ledger& ledger,
                    RunLog& log) {
  return std::erase_if(runs, [&](std::size_t run) {
    const int times = ledger.runs()[run].ended_silently;
    if (times < kMostSilentEnds) return false;
    RunRecord record;
    record.kind = RecordKind::failed;
    record.run = static_cast<std::uint32_t>(run);
    record.program = open.identity.program;
    record.configuration = open.identity.configuration;
    record.at = time_now();
    record.host = host_of_this();
    const RunFailure failure{
        kKilled,
        fmt::format("its process ended {} times without a word while it ran: killed, out of "
                    "memory, or a fault of the program",
                    times),
        command_of(open.folder, *open.sweep, run)};
    log.append(record, failure_content(failure), true);
    return true;
  });
}

void begin_session(const OpenSweep& open, RunLog& log) {
  RunRecord record;
  record.kind = RecordKind::session;
  record.at = time_now();
  record.host = host_of_this();
  record.program = open.identity.program;
  record.configuration = open.identity.configuration;
  log.append(record, fmt::format("version {} ({})", open.identity.version, open.identity.commit),
             false);
}

/// Cuts damaged results off the slices that nobody writes.
void verify_slices(const SweepFolder& folder) {
  for (const auto& file : folder.slice_files())
    if (!is_being_written(file).value_or(false)) RunLog{file};
}

void begin_folder(OpenSweep& open, const SweepRunOptions& options) {
  if (!open.folder.exists()) open.folder.create(*open.sweep, *open.scenarios, open.identity);
  // Another process may have been first.
  if (!open.frozen) open.folder.check_same(*open.sweep, *open.scenarios);
  if (!options.mixed) open.folder.check_identity(open.identity);
  open.scenarios->use_frozen(open.folder.policy_files(*open.sweep));
}

/// What is said at the end, and the exit status. Of a part only its own failures count, of the
/// whole sweep those of before too.
int report(const OpenSweep& open, const ExecuteResult& result, bool whole, bool failures_own_code,
           bool quiet) {
  if (stop_asked)
    std::cerr << fmt::format("stopped by {}: the same command goes on\n",
                             asked_for.stop == SIGINT ? "SIGINT" : "SIGTERM");
  const Ledger now{open.folder, *open.sweep};
  const std::size_t done = now.count(RunStatus::done), failed = now.count(RunStatus::failed),
                    all = open.sweep->runs();
  if (!quiet) {
    std::cout << fmt::format("{} of {} runs are done, {} failed: {}\n", done, all, failed,
                             open.folder.path());
    if (failed > 0)
      std::cout << fmt::format("why: nearshore sweep status {0}; again: nearshore sweep retry "
                               "{0}\n",
                               open.folder.path());
    if (done == all)
      std::cout << fmt::format("one file of all: nearshore sweep merge {}\n", open.folder.path());
  }
  if (stop_asked) return static_cast<int>(ErrorKind::stopped);
  if (failures_own_code && result.first_code != 0) return result.first_code;
  return result.failed > 0 || (whole && failed > 0) ? kIncomplete : 0;
}

} // namespace

void SweepRunOptions::declare(OptionSet& options) {
  options.option("--shard", "I/N", shard, "make part I of N only; parts may run anywhere at once");
  options.option("--jobs", "N", jobs,
                 "runs at a time, on one thread each; by default what processors and memory allow");
  options.option("--on-failure", "POLICY", on_failure,
                 "continue, stop, or \"retry N\", instead of what the sweep's file says");
  options.flag("--mixed", mixed, "go on although program or data have changed since it began");
  options.flag("--verify", verify,
               "look at the checksums of all results first, and make damaged "
               "ones again");
  options.flag("--quiet", quiet, "print nothing but errors");
}

int sweep_jobs(const std::optional<std::string>& text) {
  if (!text) return 0;
  int jobs = 0;
  const auto* end = text->data() + text->size();
  const auto [at, code] = std::from_chars(text->data(), end, jobs);
  if (at != end || code != std::errc{} || jobs < 1 || jobs > kMostJobs)
    throw Error{ErrorKind::input, "'" + *text + "'", "--jobs",
                "a whole number from 1 to " + std::to_string(kMostJobs)};
  return jobs;
}

int make_runs(OpenSweep& open, const SweepRunOptions& options) {
  const Shard shard = options.shard ? parse_shard(*options.shard, "--shard") : Shard{};
  const auto policy = options.on_failure ? failure_policy(*options.on_failure, "--on-failure")
                                         : failure_policy(open.sweep->on_failure, open.sweep->file);
  const int asked = sweep_jobs(options.jobs);
  begin_folder(open, options);
  if (options.verify) verify_slices(open.folder);
  const Ledger before{open.folder, *open.sweep};
  auto runs = runs_to_make(open, before, shard, options.failed_too);
  if (runs.empty()) return report(open, {}, shard.n == 1, false, options.quiet);
  const auto largest = (*open.scenarios)(runs.front());
  auto plan = plan_ensemble(runs.size(), largest.run.firms, asked, largest.run.threads);
  // A task of a cluster may see more processors than are its own: as many threads as were asked
  // for.
  if (asked > 0 && largest.run.threads == 0) plan.threads = 1;
  refuse_too_large(largest, plan);

  RunLog log{open.folder.slice_file(shard)};
  begin_session(open, log);
  const std::size_t given_up = options.failed_too ? 0 : give_up(runs, open, before, log);
  std::optional<EnsembleProgress> progress;
  if (!options.quiet) {
    std::cerr << fmt::format("{}: {} runs, {} done before, {} to make, {} at a time{}\n",
                             open.sweep->name, open.sweep->runs(), before.count(RunStatus::done),
                             runs.size(), plan.jobs,
                             shard.n == 1 ? "" : fmt::format(" (part {} of {})", shard.i, shard.n));
    progress.emplace(runs.size(), open.scenarios->months(runs.empty() ? 0 : runs.front()),
                     Progress::style_for(stderr));
  }
  auto* shown = progress ? &*progress : nullptr;
  const MakeRun make = [&](std::size_t run, const std::atomic<bool>& stop) {
    auto scenario = (*open.scenarios)(run);
    scenario.run.threads = plan.threads;
    try {
      return make_run(open, run, scenario, stop, shown);
    } catch (const DamagedFile&) { // a checkpoint: without it, from the beginning
      CheckpointFiles{open.folder.checkpoint_stem(run)}.remove();
      return make_run(open, run, scenario, stop, shown);
    }
  };
  const ExecuteOptions how{
      .jobs = plan.jobs,
      .on_failure = policy,
      .program = open.identity.program,
      .configuration = open.identity.configuration,
      .command = [&](std::size_t run) { return command_of(open.folder, *open.sweep, run); },
      .ended =
          [&](std::size_t run, const RunFailure* failure) {
            if (shown != nullptr) shown->run_done();
            if (failure == nullptr) CheckpointFiles{open.folder.checkpoint_stem(run)}.remove();
            if (failure != nullptr)
              std::cerr << fmt::format("\nrun {} failed ({}): {}\n  {}\n", run, failure->code,
                                       failure->message, failure->command);
          }};
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  auto result = execute_runs(runs, make, log, how, stop_asked);
  const bool by_signal = stop_asked && !(policy.stop && result.failed > 0);
  stop_asked = by_signal;
  result.failed += given_up;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  progress.reset();
  return report(open, result, shard.n == 1, policy.stop, options.quiet);
}

} // namespace nearshore
