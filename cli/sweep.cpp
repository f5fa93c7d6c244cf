// Parameter sweeps: on this machine, in parts, or as jobs of Slurm.
#include "cli/command.hpp"
#include "cli/sweep_run.hpp"
#include "cli/sweep_slurm.hpp"
#include "cli/sweep_status.hpp"
#include "policy/error.hpp"

#include <memory>

namespace nearshore {
namespace {

struct Arguments {
  SweepPlace place;
  SweepRunOptions run;
  SlurmOptions slurm;
  bool dry_run{false};
};

int sweep(const Arguments& a) {
  a.slurm.check();
  if (a.slurm.asked && (a.run.shard || a.run.on_failure || a.run.jobs))
    throw Error{ErrorKind::input, "--slurm with --shard, --jobs or --on-failure", "sweep",
                "--array-size N and --cpus N; on_failure in the sweep's file"};
  if (a.dry_run && a.run.shard)
    throw Error{ErrorKind::input, "--dry-run of a part", "--shard", "--dry-run of the whole sweep"};
  auto open = a.place.open();
  if (!a.dry_run && !a.slurm.asked) return make_runs(open, a.run);
  const auto plan = plan_of(open, sweep_jobs(a.run.jobs));
  if (a.dry_run) return show_plan(open, plan);
  return submit_to_slurm(open, plan, a.slurm, a.run.mixed);
}

struct RetryArguments {
  SweepPlace place;
  SweepRunOptions run;
  bool failed{false}; ///< what is made again anyway; may be said
};

int retry(RetryArguments a) {
  auto open = a.place.open_begun();
  a.run.failed_too = true;
  return make_runs(open, a.run);
}

Command retry_command() {
  return {"retry", "Make the failed runs of a sweep again",
          "  nearshore sweep retry sweeps/paperwork\n", [](OptionSet& options) {
            const auto a = std::make_shared<RetryArguments>();
            a->place.declare(options);
            options.flag("--failed", a->failed,
                         "those that have failed, and those left; so by default");
            a->run.declare(options);
            return [a] { return retry(*a); };
          }};
}

} // namespace

Command sweep_command() {
  return {"sweep",
          "Run a scenario for many parameters, policies and seeds; on a cluster too",
          "  nearshore sweep configs/sweeps/paperwork.toml --dry-run\n"
          "  nearshore sweep configs/sweeps/paperwork.toml            goes on where it stopped\n"
          "  nearshore sweep configs/sweeps/paperwork.toml --slurm --partition short --print\n"
          "  nearshore sweep configs/sweeps/paperwork.toml --shard 3/24\n"
          "  nearshore sweep status sweeps/paperwork\n"
          "  nearshore sweep merge sweeps/paperwork\n"
          "Exit status: 0 all runs are done, 11 some failed or are left, 5 stopped by a signal.\n"
          "docs/cluster.md.",
          [](OptionSet& options) {
            const auto a = std::make_shared<Arguments>();
            a->place.declare_with_sets(options);
            a->run.declare(options);
            a->slurm.declare(options);
            options.flag("--dry-run", a->dry_run,
                         "run nothing: print the plan, with time, memory and disk on this machine");
            return [a] { return sweep(*a); };
          },
          {sweep_status_command(), retry_command(), sweep_merge_command(),
           sweep_sensitivity_command()}};
}

} // namespace nearshore
