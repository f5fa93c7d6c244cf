#include "sim/checkpoint/keep.hpp"

#include "sim/checkpoint/damaged.hpp"

#include <csignal>
#include <filesystem>
#include <fmt/format.h>

namespace nearshore {
namespace {

const char* name_of(int signal) {
  switch (signal) {
  case SIGINT:
    return "SIGINT";
  case SIGTERM:
    return "SIGTERM";
  case SIGHUP:
    return "SIGHUP";
  default:
    return "a signal";
  }
}

struct History {
  FoundCheckpoint checkpoint;
  std::vector<std::string> differing; ///< keys of the configuration
};

/// The checkpoint that a scenario is to branch from, if it may.
History open_history(const std::string& from, const Scenario& scenario,
                     const CheckpointHeader& header) {
  auto history = open_checkpoint(from, CheckpointFiles::of_checkpoint(from).records());
  if (!history.header.has_state)
    throw Error{ErrorKind::input, "the run is finished and its state was not kept", from,
                "a checkpoint written under way, or with --keep-checkpoint"};
  auto keys = require_same_history(from, history.header, header);
  if (history.header.last_month >= scenario.run.end.text())
    throw Error{ErrorKind::input,
                "the checkpoint is of " + history.header.last_month + ", and the branch ends in " +
                    scenario.run.end.text(),
                from, "a later run.end"};
  return {std::move(history), std::move(keys)};
}

class Keeper {
public:
  Keeper(const Scenario& s, bool check, Observer& o, const std::string& stem,
         const CheckpointPlan& p)
      : scenario(s), checking(check), observer(o), files{stem}, plan(p),
        header(header_of(s, p.program)) {}

  CheckpointedRun run() {
    auto found = find();
    if (found && own) make_present(files, *found);
    if (!found) files.remove(); // of a finished run
    log.emplace(files.records(), begin_records(found));
    if (found && !found->header.has_state) return {scenario.run.threads, Clock::now(), header.past};
    const auto simulation = found ? std::make_unique<Simulation>(scenario, checking, *found->state)
                                  : std::make_unique<Simulation>(scenario, checking);
    if (found) {
      found->state->finish();
      found.reset();
    }
    const auto start = Clock::now();
    go_on(*simulation);
    return {simulation->threads(), start, header.past};
  }

private:
  using Clock = std::chrono::steady_clock;
  const Scenario& scenario;
  bool checking;
  Observer& observer;
  CheckpointFiles files;
  const CheckpointPlan& plan;
  CheckpointHeader header;
  std::optional<RecordLog> log;
  bool own{false}; ///< the checkpoint found is one of this run

  /// The checkpoint to go on from, if it may be.
  std::optional<FoundCheckpoint> find() {
    if (plan.resume) {
      if (auto found = find_checkpoint(files, plan.say)) {
        require_same_run(found->path, found->header, header);
        header.past = found->header.past;
        plan.say(found->header.finished
                     ? files.stem + ": finished before"
                     : fmt::format("{}: going on after {}", found->path, found->header.last_month));
        own = true;
        return found;
      }
      if (plan.from.empty()) plan.say("no checkpoint of " + files.stem + ": from the beginning");
    }
    require_nothing_to_lose(files);
    if (plan.from.empty()) return std::nullopt;
    const auto shared = CheckpointFiles::of_checkpoint(plan.from);
    std::error_code none;
    if (std::filesystem::equivalent(shared.records(), files.records(), none))
      throw Error{ErrorKind::input, "the branch would write over the history that it starts from",
                  plan.from, "another name for the branch (--output)"};
    auto [history, keys] = open_history(plan.from, scenario, header);
    plan.say(fmt::format("{}: branching after {}; {}", plan.from, history.header.last_month,
                         keys.empty() ? "the configuration is the same"
                                      : "the configuration differs in " + few(keys)));
    header.past = history.header.past;
    header.past.push_back({history.header.last_month, history.header.configuration});
    return std::move(history);
  }

  /// Shows the observer the months of a checkpoint; the log of a branch gets them too.
  LogEnd begin_records(const std::optional<FoundCheckpoint>& found) {
    if (!found) return {};
    const auto from = own ? files : CheckpointFiles::of_checkpoint(found->path);
    std::optional<RecordLog> copy;
    if (from.stem != files.stem) {
      files.remove();
      copy.emplace(files.records(), LogEnd{});
    }
    observer.on_replaying();
    replay_records(from.records(), found->header.log, record_like(scenario),
                   [&](const MonthRecord& record) {
                     observer.on_month(record);
                     if (copy) copy->append(record);
                   });
    observer.on_replayed();
    return copy ? copy->sync() : found->header.log;
  }

  void go_on(Simulation& simulation) {
    unsigned snapshots = plan.snapshots_before.value_or(
        plan.requests != nullptr ? plan.requests->snapshots.load() : 0);
    int since = 0;
    while (!simulation.finished()) {
      const auto& record = simulation.advance();
      observer.on_month(record);
      log->append(record);
      header.last_month = record.month.text();
      ++since;
      const int stop = plan.requests != nullptr ? plan.requests->stop.load() : 0;
      const unsigned asked = plan.requests != nullptr ? plan.requests->snapshots.load() : 0;
      const bool due = plan.every > 0 && since >= plan.every && !simulation.finished();
      if (stop == 0 && asked == snapshots && !due) continue;
      write(&simulation);
      since = 0;
      if (asked != snapshots) plan.say(files.present() + ": written after " + header.last_month);
      snapshots = asked;
      if (stop != 0 && !simulation.finished()) stopped(stop);
    }
    if (plan.keep)
      write(&simulation);
    else if (plan.mark_finished)
      write(nullptr);
  }

  void write(const Simulation* simulation) {
    header.log = log->sync();
    write_checkpoint(files, header, simulation);
  }

  [[noreturn]] void stopped(int signal) const {
    throw Error{ErrorKind::stopped,
                fmt::format("stopped by {} after {}; {} is written, --resume goes on",
                            name_of(signal), header.last_month, files.present()),
                {}};
  }
};

} // namespace

void check_branch(const Scenario& scenario, const CheckpointPlan& plan) {
  (void)open_history(plan.from, scenario, header_of(scenario, plan.program));
}

CheckpointedRun run_with_checkpoints(const Scenario& scenario, bool check, Observer& observer,
                                     const std::string& stem, const CheckpointPlan& plan) {
  return Keeper{scenario, check, observer, stem, plan}.run();
}

} // namespace nearshore
