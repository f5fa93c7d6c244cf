// Whole runs, one or many at a time, with the interpreter's lock released. The calling thread looks
// for Ctrl-C and shows progress meanwhile.
#include "recorder.hpp"

#include "output/run_output.hpp"
#include "sim/ensemble.hpp"
#include "sim/run_memory.hpp"
#include "sim/simulation.hpp"

#include <chrono>
#include <future>

namespace nearshore::python {
namespace {

constexpr auto kLook = std::chrono::milliseconds{50}; // between looks for signals

/// Calls `work` on a thread of its own and `look` on this one, with the lock, now and then. What
/// `look` throws sets `stop`, and is thrown again once the work has ended.
template <class Work, class Look>
void work_watched(const Work& work, const Look& look, std::atomic<bool>& stop) {
  std::exception_ptr unwanted;
  std::future<void> working;
  {
    const py::gil_scoped_release others_may_run;
    working = std::async(std::launch::async, work);
  }
  const auto finished = [&] {
    const py::gil_scoped_release others_may_run;
    return working.wait_for(kLook) == std::future_status::ready;
  };
  while (!finished()) {
    if (stop) continue;
    try {
      if (PyErr_CheckSignals() != 0) throw py::error_already_set{};
      look();
    } catch (...) {
      unwanted = std::current_exception();
      stop = true;
    }
  }
  try {
    working.get();
  } catch (const Interrupted&) { // at our own wish
  }
  if (unwanted) std::rethrow_exception(unwanted);
}

/// Scenarios with their seeds, run on a plan; the tick is called with months done and months in
/// all.
py::dict run(const std::vector<std::pair<SharedScenario, std::uint64_t>>& wanted, int jobs,
             int threads, const std::optional<std::vector<std::string>>& names,
             const py::object& tick) {
  const auto& first = *wanted.at(0).first;
  const auto months = static_cast<std::size_t>(written_months(first.run));
  const Arrays arrays{describe_run(first).reporting, wanted.size(), months, names};
  const bool alone = wanted.size() == 1;
  const auto plan = plan_ensemble(wanted.size(), first.run.firms, alone ? 1 : jobs,
                                  threads > 0 ? threads : first.run.threads);
  std::int64_t all = 0;
  for (const auto& [scenario, seed] : wanted)
    all += scenario->run.spin_up + written_months(scenario->run);
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> done{0};
  const auto recorder = [&](std::size_t i) {
    return std::make_unique<Recorder>(arrays, i, wanted[i].first->run.start, stop, done);
  };
  const auto scenario = [&](std::size_t i) {
    return with_seed(*wanted[i].first, wanted[i].second);
  };
  const auto work = [&] {
    refuse_too_large(first, plan);
    if (alone) { // errors do not name the seed then
      auto only = scenario(0);
      only.run.threads = plan.threads;
      Simulation{only}.run(*recorder(0), true);
    } else {
      run_ensemble(
          wanted.size(), scenario, plan,
          [&](std::size_t i, const Scenario&) { return recorder(i); },
          [](std::size_t, Observer&) {});
    }
  };
  const auto look = [&] {
    if (!tick.is_none()) tick(done.load(), all);
  };
  work_watched(work, look, stop);
  if (!tick.is_none()) tick(all, all);
  return arrays.by_name();
}

} // namespace

void bind_runs(py::module_& module) {
  module.def("run", run, py::arg("runs"), py::arg("jobs"), py::arg("threads"), py::arg("variables"),
             py::arg("tick"),
             "Arrays [run][month]... by name of variable; `runs` is a list of (Scenario, seed).");
}

} // namespace nearshore::python
