#include "output/moments.hpp"

#include "output/memory_run.hpp"
#include "output/run_output.hpp"

#include <memory>

namespace nearshore {

std::vector<std::vector<double>> moments_of(const std::vector<Target>& targets, std::size_t runs,
                                            const ScenarioOf& scenario_of, const EnsemblePlan& plan,
                                            const std::function<void(std::size_t)>& run_done) {
  const auto names = variables_of(targets);
  std::vector<std::vector<double>> moments(runs);
  run_ensemble(
      runs, scenario_of, plan,
      [&](std::size_t, const Scenario& s) {
        describe_run(s); // refuses a scenario without [reporting]
        return std::make_unique<MemoryRun>(s.reporting, s.run.reference, s.title, names);
      },
      [&](std::size_t run, Observer& months) {
        moments[run] = evaluate(targets, static_cast<MemoryRun&>(months));
        if (run_done) run_done(run);
      });
  return moments;
}

} // namespace nearshore
