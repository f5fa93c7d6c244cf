#pragma once
// Many runs at a time, in one process: ensembles over seeds, pairs of policies, calibration,
// sweeps. A run's months go to an observer of its own; what an ensemble keeps is what its observers
// keep, so memory grows with the runs at a time and not with their number.
#include "sim/config/load_scenario.hpp"
#include "sim/record.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace nearshore {

/// How runs are spread over the machine. No result depends on it.
struct EnsemblePlan {
  int jobs{1};    ///< runs at a time
  int threads{1}; ///< of each of them
};

/// As many runs at a time as there are processors and as fit into the available memory; processors
/// that are left are shared among them. `jobs` and `threads` above 0 are taken as they are.
/// `firms`: of the largest run. At least one run is planned, even where memory looks too small.
EnsemblePlan plan_ensemble(std::size_t runs, std::int64_t firms, int jobs = 0, int threads = 0);

/// The scenario of run 0, 1, ...; called when the run begins, by several threads at once.
using ScenarioOf = std::function<Scenario(std::size_t run)>;
/// Makes the observer of a run before it begins; called by several threads at once.
using MakeObserver = std::function<std::unique_ptr<Observer>(std::size_t run, const Scenario&)>;
/// Takes what an observer has gathered, in whatever order runs end; calls do not overlap.
using OnFinished = std::function<void(std::size_t run, Observer&)>;

/// Runs one of them to its end; without one given, Simulation::run. May throw Error (kind stopped):
/// then no further run begins, and those under way go on until they see it for themselves.
using RunOne = std::function<void(std::size_t run, const Scenario&, Observer&)>;

/// Runs a number of scenarios to their end. Observers see the spin-up too (record.spin_up). A run
/// has the same bits as if it were alone, whatever the plan. `check`: verify the accounts of every
/// month. When a run or an observer throws, the others end after their month, and the error of the
/// first such run is thrown again, with its seed in front; nothing is finished after that.
void run_ensemble(std::size_t runs, const ScenarioOf& scenario_of, const EnsemblePlan& plan,
                  const MakeObserver& make_observer, const OnFinished& on_finished,
                  bool check = false, const RunOne& run_one = {});

/// The scenario with another seed. Tables are shared, not copied; the resolved texts keep the seed
/// they were read with.
Scenario with_seed(Scenario scenario, std::uint64_t seed);

} // namespace nearshore
