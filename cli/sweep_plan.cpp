#include "cli/sweep_plan.hpp"

#include "cli/cost_text.hpp"
#include "output/run_output.hpp"
#include "policy/text.hpp"
#include "sim/machine.hpp"
#include "sim/run_memory.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace nearshore {
namespace {

std::string kept_text(const Sweep& sweep) {
  auto outcomes = fmt::format("{} outcomes and the headlines", sweep.outcomes.size());
  if (sweep.keep == Keep::summary) return outcomes;
  if (sweep.keep == Keep::file) return outcomes + ", and every variable by month";
  return outcomes + ", and by month " + join(sweep.variables);
}

std::string design_text(const Sweep& sweep) {
  if (sweep.parameters.empty()) return "no parameter varies";
  std::vector<std::string> names;
  for (const auto& p : sweep.parameters)
    names.push_back(p.name);
  return fmt::format("{}: {} points of {}",
                     design_names()[static_cast<std::size_t>(sweep.design.method)],
                     sweep.point_count(), join(names));
}

} // namespace

SweepPlan plan_of(const OpenSweep& open, int jobs) {
  SweepPlan plan;
  const auto all = open.sweep->runs();
  if (open.folder.exists()) {
    if (!open.frozen) open.folder.check_same(*open.sweep, *open.scenarios);
    const Ledger ledger{open.folder, *open.sweep};
    plan.left = ledger.with(RunStatus::left);
    plan.done = ledger.count(RunStatus::done);
    plan.failed = ledger.count(RunStatus::failed);
  } else {
    for (std::size_t run = 0; run < all; ++run)
      plan.left.push_back(run);
  }
  if (plan.left.empty()) return plan;
  const auto heaviest =
      *std::max_element(plan.left.begin(), plan.left.end(), [&](std::size_t a, std::size_t b) {
        return open.scenarios->weight(a) < open.scenarios->weight(b);
      });
  const auto largest = (*open.scenarios)(heaviest);
  plan.local = plan_ensemble(plan.left.size(), largest.run.firms, jobs, largest.run.threads);
  refuse_too_large(largest, plan.local);
  plan.cost = predict_sweep(*open.sweep, *open.scenarios, plan.left, plan.local);
  return plan;
}

int show_plan(const OpenSweep& open, const SweepPlan& plan) {
  const auto& sweep = *open.sweep;
  const auto& run = open.scenarios->policy(0).run;
  auto text = cost_line("sweep", sweep.title);
  text += cost_line("design", design_text(sweep));
  text += cost_line("policies", [&] {
    std::vector<std::string> names;
    for (const auto& p : sweep.policies)
      names.push_back(p.name);
    return join(names);
  }());
  text += cost_line("seeds", seeds_text(sweep.seeds));
  text += cost_line("months", fmt::format("{} ({} to {}) after {} of spin-up", written_months(run),
                                          run.start.text(), run.end.text(), run.spin_up));
  text += cost_line("runs", fmt::format("{}: {} done, {} failed, {} to make", sweep.runs(),
                                        plan.done, plan.failed, plan.left.size()));
  text += cost_line("kept", kept_text(sweep));
  if (!plan.left.empty()) {
    const double wall = wall_seconds(plan.cost, plan.left.size(), plan.local.jobs);
    text += cost_line(
        "time", fmt::format("about {}{}, {} at a time on {} thread{} each", seconds_text(wall),
                            wall < 120 ? "" : fmt::format(" ({:.0f} s)", wall), plan.local.jobs,
                            plan.local.threads, plan.local.threads == 1 ? "" : "s"));
    text += cost_line("  a run", fmt::format("{:.2f} s", plan.cost.run_seconds));
    text += cost_line("  a core", fmt::format("{:.0f} runs an hour",
                                              3600 / std::max(1e-9, plan.cost.run_seconds)));
    std::optional<double> free_memory;
    if (const auto bytes = available_memory()) free_memory = static_cast<double>(*bytes);
    text += cost_line("memory", "about " + of_free(plan.cost.memory_bytes, free_memory));
    text += cost_line(
        "disk", "about " +
                    of_free(plan.cost.slices_bytes + plan.cost.merged_bytes,
                            free_disk(open.folder.path())) +
                    fmt::format(": slices {}, merged {} ({})", bytes_text(plan.cost.slices_bytes),
                                bytes_text(plan.cost.merged_bytes), open.folder.path()));
  }
  std::cout << text << "nothing was written\n";
  return 0;
}

} // namespace nearshore
