#include "cli/checkpoint_options.hpp"

#include "output/version.hpp"
#include "policy/error.hpp"
#include "sim/checkpoint/output_lock.hpp"

#include <charconv>
#include <csignal>
#include <iostream>

namespace nearshore {
namespace {

constexpr int kMostMonths = 1200;

Requests asked_for;
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<unsigned>::is_always_lock_free);

void ask_to_stop(int signal) {
  asked_for.stop.store(signal);
  std::signal(signal, SIG_DFL); // a second time ends the program at once
}

void ask_for_snapshot(int) {
  asked_for.snapshots.fetch_add(1);
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

} // namespace

void CheckpointOptions::declare(OptionSet& options) {
  options.option(
      "--checkpoint-every", "N", every,
      "write OUTPUT.checkpoint every N months, spin-up counted, and on SIGTERM, SIGINT, "
      "SIGHUP (which stop the run, status 5) and SIGUSR1 (which does not); 0: on signals only");
  options.flag("--resume", resume,
               "go on from OUTPUT.checkpoint, if there is one, to the same result as if never "
               "stopped; of an ensemble, finished seeds are not run again");
  options.option("--from", "CHECKPOINT", from,
                 "branch: the months of this checkpoint, then those of the present configuration; "
                 "firms, seed, first month, world and agreements must agree");
  options.flag("--keep-checkpoint", keep,
               "write one after the last month too, and keep it to branch from");
}

void CheckpointOptions::check_against(bool writes) const {
  if (asked() && !writes)
    throw Error{ErrorKind::input, "checkpoints and --no-output", "run",
                "checkpoints lie beside the output: a run that has one"};
  (void)plan(true);
}

bool CheckpointOptions::resumes_nothing(const std::string& output) const {
  const CheckpointFiles files{output};
  return resume && !keep && !exists(files.present()) && !exists(files.previous()) &&
         !exists(files.unfinished());
}

int say_finished(const std::string& output, bool quiet) {
  const OutputLock lock{output};    // removes one that a kill left
  CheckpointFiles{output}.remove(); // killed while these were removed, it left some
  if (!quiet) std::cerr << output + ": finished before; nothing is left to run\n";
  return 0;
}

CheckpointPlan CheckpointOptions::plan(bool quiet) const {
  CheckpointPlan plan;
  if (every) {
    const auto end = every->data() + every->size();
    const auto [at, code] = std::from_chars(every->data(), end, plan.every);
    if (at != end || code != std::errc{} || plan.every < 0 || plan.every > kMostMonths)
      throw Error{ErrorKind::input, "'" + *every + "'", "--checkpoint-every",
                  "a whole number of months from 0 to " + std::to_string(kMostMonths)};
  }
  plan.resume = resume;
  plan.keep = keep;
  plan.from = from.value_or("");
  plan.program = std::string{version()} + " (" + std::string{git_commit()} + ")";
  plan.requests = &SignalRequests::requests();
  plan.say = [quiet](const std::string& sentence) {
    if (!quiet) std::cerr << sentence + "\n"; // in one piece: runs of an ensemble speak too
  };
  return plan;
}

namespace {
/// Not where the caller ignores it, as nohup does.
bool heeds_hangup() {
  struct sigaction now {};
  return ::sigaction(SIGHUP, nullptr, &now) == 0 && now.sa_handler != SIG_IGN;
}
} // namespace

SignalRequests::SignalRequests() {
  asked_for.stop = 0;
  handle(SIGTERM, ask_to_stop);
  handle(SIGINT, ask_to_stop);
  if (heeds_hangup()) handle(SIGHUP, ask_to_stop);
  handle(SIGUSR1, ask_for_snapshot);
}

SignalRequests::~SignalRequests() {
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1})
    handle(signal, SIG_DFL);
  if (heeds_hangup()) handle(SIGHUP, SIG_DFL);
}

const Requests& SignalRequests::requests() {
  return asked_for;
}

} // namespace nearshore
