#include "sim/ensemble.hpp"

#include "policy/error.hpp"
#include "sim/machine.hpp"
#include "sim/simulation.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace nearshore {
namespace {

/// Thrown inside a run that is to end because another one failed; never leaves this file.
struct Stopped {};

class Stoppable : public Observer {
public:
  Stoppable(Observer& observer, const std::atomic<bool>& flag) : inner(observer), stop(flag) {}
  void on_month(const MonthRecord& record) override {
    if (stop) throw Stopped{};
    inner.on_month(record);
  }
  void on_replaying() override { inner.on_replaying(); }
  void on_replayed() override { inner.on_replayed(); }

private:
  Observer& inner;
  const std::atomic<bool>& stop;
};

Error with_seed_in_front(const Error& e, std::uint64_t seed) {
  return {e.kind, "seed " + std::to_string(seed) + ": " + e.what_is_wrong, e.where, e.allowed,
          e.suggestion};
}

/// The present exception as an error that names the seed.
std::exception_ptr failure_of(std::uint64_t seed) {
  try {
    throw;
  } catch (const Error& e) {
    return std::make_exception_ptr(with_seed_in_front(e, seed));
  } catch (const std::bad_alloc&) {
    return std::make_exception_ptr(Error{ErrorKind::memory,
                                         "seed " + std::to_string(seed) + ": not enough memory",
                                         {},
                                         "fewer runs at a time (--jobs), or fewer firms"});
  } catch (...) {
    return std::current_exception();
  }
}

/// The kind of an error; `internal` of what is none.
ErrorKind kind_of(const std::exception_ptr& what) {
  try {
    std::rethrow_exception(what);
  } catch (const Error& e) {
    return e.kind;
  } catch (...) {
    return ErrorKind::internal;
  }
}

class Ensemble {
public:
  Ensemble(std::size_t runs, const ScenarioOf& scenario, int threads, const MakeObserver& make,
           const OnFinished& finished, const RunOne& one)
      : count(runs), scenario_of(scenario), threads_each(threads), make_observer(make),
        on_finished(finished), run_one(one) {}

  /// Takes one run after the other until none is left.
  void work() {
    for (std::size_t run; !stop && !asked_to_stop && (run = next.fetch_add(1)) < count;)
      try_run(run);
  }

  void rethrow() const {
    if (failure) std::rethrow_exception(failure);
  }

private:
  const std::size_t count;
  const ScenarioOf& scenario_of;
  const int threads_each;
  const MakeObserver& make_observer;
  const OnFinished& on_finished;
  const RunOne& run_one;
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::atomic<bool> asked_to_stop{false}; // by a signal: runs under way write their checkpoints
  std::mutex mutex;                       // on_finished, failure
  std::exception_ptr failure;
  std::size_t failed{0}; // the run of `failure`

  void try_run(std::size_t run) {
    std::uint64_t seed = 0;
    try {
      Scenario scenario = scenario_of(run);
      seed = scenario.run.seed;
      scenario.run.threads = threads_each;
      const auto observer = make_observer(run, scenario);
      {
        Stoppable stoppable{*observer, stop};
        run_one(run, scenario, stoppable);
      }
      const std::scoped_lock held{mutex};
      if (!failure) on_finished(run, *observer);
    } catch (const Stopped&) { // another run's failure is told
    } catch (...) {
      const auto mine = failure_of(seed);
      const std::scoped_lock held{mutex};
      const bool asked = kind_of(mine) == ErrorKind::stopped;
      asked_to_stop = asked_to_stop || asked;
      stop = stop || !asked;
      if (failure) { // a failure tells more than that others were stopped; else the first run's
        const bool told_asked = kind_of(failure) == ErrorKind::stopped;
        if (asked != told_asked ? asked : failed < run) return;
      }
      failure = mine;
      failed = run;
    }
  }
};

} // namespace

EnsemblePlan plan_ensemble(std::size_t runs, std::int64_t firms, int jobs, int threads) {
  const int cores = processors();
  if (jobs <= 0) {
    // A fifth is left to the file's cache and to others.
    const std::uint64_t room = available_memory().value_or(UINT64_MAX) / 5 * 4;
    const std::uint64_t fit = room / memory_of_run(firms);
    const int side_by_side = threads > 0 ? std::max(1, cores / threads) : cores;
    jobs = static_cast<int>(
        std::clamp<std::uint64_t>(fit, 1, static_cast<std::uint64_t>(side_by_side)));
  }
  jobs = static_cast<int>(
      std::clamp<std::size_t>(runs, 1, static_cast<std::size_t>(jobs))); // no idle ones
  return {jobs, threads > 0 ? threads : std::max(1, cores / jobs)};
}

void run_ensemble(std::size_t runs, const ScenarioOf& scenario_of, const EnsemblePlan& plan,
                  const MakeObserver& make_observer, const OnFinished& on_finished, bool check,
                  const RunOne& run_one) {
  const RunOne whole = [check](std::size_t, const Scenario& scenario, Observer& observer) {
    Simulation{scenario, check}.run(observer, true);
  };
  Ensemble ensemble{runs,          scenario_of, plan.threads,
                    make_observer, on_finished, run_one ? run_one : whole};
  {
    std::vector<std::jthread> team;
    for (int j = 1; j < plan.jobs; ++j)
      team.emplace_back([&] { ensemble.work(); });
    ensemble.work();
  }
  ensemble.rethrow();
}

Scenario with_seed(Scenario scenario, std::uint64_t seed) {
  scenario.run.seed = seed;
  return scenario;
}

} // namespace nearshore
