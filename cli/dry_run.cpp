#include "cli/dry_run.hpp"

#include "output/run_output.hpp"
#include "sim/machine.hpp"
#include "sim/run_memory.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

namespace nearshore {
namespace {

std::string bytes_text(double bytes) {
  if (bytes < 0.9995e9) return fmt::format("{:.3g} MB", bytes / 1e6);
  return fmt::format("{:.2f} GB", bytes / 1e9);
}

std::string seconds_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.2g} s", seconds);
  if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

/// Free bytes where a file would lie; nothing where the system does not say.
std::optional<double> free_disk(const std::string& file) {
  auto folder = std::filesystem::path{file}.parent_path();
  if (folder.empty()) folder = ".";
  std::error_code failed;
  const auto space = std::filesystem::space(folder, failed);
  if (failed) return {};
  return static_cast<double>(space.available);
}

std::string line(const std::string& name, const std::string& value) {
  return fmt::format("{:<16} {}\n", name, value);
}

/// "120 MB of 3.40 GB free", with a warning where it is not enough.
std::string of_free(double needed, std::optional<double> free) {
  if (!free) return bytes_text(needed);
  return fmt::format("{}, of {} free{}", bytes_text(needed), bytes_text(*free),
                     needed > *free ? ": NOT ENOUGH" : "");
}

} // namespace

int show_cost(const Scenario& scenario, std::size_t seeds, std::size_t policies, CostQuestion q) {
  refuse_too_large(scenario, q.plan);
  const auto& run = scenario.run;
  q.runs = seeds * policies;
  const auto cost = predict_cost(scenario, q);
  auto text = line("scenario", scenario.title);
  text += line("firms", fmt::format("{}", run.firms));
  text += line("months", fmt::format("{} ({} to {}) after {} of spin-up", written_months(run),
                                     run.start.text(), run.end.text(), run.spin_up));
  text += line("runs", fmt::format("{} ({} seed{}{}), {} at a time on {} thread{} each", q.runs,
                                   seeds, seeds == 1 ? "" : "s",
                                   policies == 1 ? "" : fmt::format(", {} policies", policies),
                                   q.plan.jobs, q.plan.threads, q.plan.threads == 1 ? "" : "s"));
  text += line("time", "about " + seconds_text(cost.seconds));
  for (const auto& part : cost.parts)
    text += line("  " + part.name, seconds_text(part.seconds) + " a run");
  std::optional<double> free_memory;
  if (const auto bytes = available_memory()) free_memory = static_cast<double>(*bytes);
  text += line("memory", "about " + of_free(cost.memory_bytes, free_memory));
  if (q.writes)
    text += line("file", "about " + of_free(cost.disk_bytes, free_disk(run.output)) + " (" +
                             run.output + ")");
  std::cout << text << "nothing was written\n";
  return 0;
}

} // namespace nearshore
