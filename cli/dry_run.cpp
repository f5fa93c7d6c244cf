#include "cli/dry_run.hpp"

#include "cli/cost_text.hpp"
#include "output/run_output.hpp"
#include "sim/machine.hpp"
#include "sim/run_memory.hpp"

#include <fmt/format.h>

#include <iostream>

namespace nearshore {

int show_cost(const Scenario& scenario, std::size_t seeds, std::size_t policies, CostQuestion q) {
  refuse_too_large(scenario, q.plan);
  const auto& run = scenario.run;
  q.runs = seeds * policies;
  const auto cost = predict_cost(scenario, q);
  auto text = cost_line("scenario", scenario.title);
  text += cost_line("firms", fmt::format("{}", run.firms));
  text += cost_line("months", fmt::format("{} ({} to {}) after {} of spin-up", written_months(run),
                                          run.start.text(), run.end.text(), run.spin_up));
  text +=
      cost_line("runs", fmt::format("{} ({} seed{}{}), {} at a time on {} thread{} each", q.runs,
                                    seeds, seeds == 1 ? "" : "s",
                                    policies == 1 ? "" : fmt::format(", {} policies", policies),
                                    q.plan.jobs, q.plan.threads, q.plan.threads == 1 ? "" : "s"));
  text += cost_line("time", "about " + seconds_text(cost.seconds));
  for (const auto& part : cost.parts)
    text += cost_line("  " + part.name, seconds_text(part.seconds) + " a run");
  std::optional<double> free_memory;
  if (const auto bytes = available_memory()) free_memory = static_cast<double>(*bytes);
  text += cost_line("memory", "about " + of_free(cost.memory_bytes, free_memory));
  if (q.writes)
    text += cost_line("file", "about " + of_free(cost.disk_bytes, free_disk(run.output)) + " (" +
                                  run.output + ")");
  std::cout << text << "nothing was written\n";
  return 0;
}

} // namespace nearshore
