#include "cli/measure/load.hpp"

#include "cli/measure/child.hpp"
#include "output/run_output.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <sys/resource.h>

namespace nearshore {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double processor_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// The months of one world, added to `sum`.
void measure_world(const Scenario& scenario, HardwareCounters& counters, LoadFigures& sum) {
  auto start = Clock::now();
  RunOutput output{scenario, {.write = true, .progress = false}};
  Simulation simulation{scenario};
  sum.build_seconds += since(start);
  start = Clock::now();
  simulation.spin_up();
  sum.spin_up_seconds += since(start);

  const auto passes_before = simulation.seconds();
  const auto reviews_before = simulation.reviews();
  const double cpu_before = processor_seconds();
  const int months = written_months(scenario.run);
  double firm_months = 0;
  counters.start();
  for (int t = 0; t < months; ++t) {
    start = Clock::now();
    const auto& record = simulation.step();
    const double stepped = since(start);
    output.on_month(record);
    sum.month_seconds += since(start);
    sum.output_seconds += since(start) - stepped;
    firm_months += static_cast<double>(record.firms);
  }
  counters.stop();
  sum.cpu_seconds += processor_seconds() - cpu_before;
  sum.firm_months += firm_months;
  for (std::size_t p = 0; p < kPasses.size(); ++p)
    sum.pass_seconds[p] += simulation.seconds()[p] - passes_before[p];

  const auto& firms = simulation.firms();
  const auto n = static_cast<double>(firms.firms());
  sum.state_bytes += static_cast<double>(firms.bytes()) / n;
  sum.links += static_cast<double>(firms.links()) / n;
  sum.inputs += static_cast<double>(firms.input_sector.size()) / n;
  sum.reviewing += static_cast<double>(simulation.reviews() - reviews_before) / firm_months;
  output.finish(simulation.threads());
}

LoadFigures measure_here(const Scenario& asked, const LoadRequest& request) {
  HardwareCounters counters;
  LoadFigures sum;
  auto scenario = asked;
  scenario.run.firms = request.firms;
  scenario.run.threads = request.threads;
  for (int r = 0; r < request.repeats; ++r) {
    measure_world(scenario, counters, sum);
    ++scenario.run.seed;
  }
  for (double* mean : {&sum.build_seconds, &sum.spin_up_seconds, &sum.state_bytes, &sum.links,
                       &sum.inputs, &sum.reviewing})
    *mean /= request.repeats;
  for (std::size_t e = 0; e < kHardwareEvents; ++e) {
    const auto event = static_cast<HardwareEvent>(e);
    const auto counted = counters.count(event);
    sum.events[e] = counted ? *counted / sum.firm_months : -1;
    sum.why_absent[e] = counters.absence(event);
  }
  return sum;
}

/// The numbers on their way from the measuring process.
std::string packed(const LoadFigures& f) {
  return Json{f.firm_months,   f.month_seconds,   f.cpu_seconds, f.pass_seconds, f.output_seconds,
              f.build_seconds, f.spin_up_seconds, f.state_bytes, f.links,        f.inputs,
              f.reviewing,     f.events,          f.why_absent}
      .dump();
}

LoadFigures unpacked(const std::string& text) {
  LoadFigures f;
  std::size_t at = 0;
  const auto json = Json::parse(text);
  const auto take = [&](auto& value) { json.at(at++).get_to(value); };
  take(f.firm_months), take(f.month_seconds), take(f.cpu_seconds), take(f.pass_seconds);
  take(f.output_seconds), take(f.build_seconds), take(f.spin_up_seconds), take(f.state_bytes);
  take(f.links), take(f.inputs), take(f.reviewing), take(f.events), take(f.why_absent);
  return f;
}

} // namespace

LoadFigures measure_load(const Scenario& scenario, const LoadRequest& request,
                         const std::string& scratch) {
  auto with_place = scenario;
  with_place.run.output = scratch + "/months.h5";
  const auto child = in_child([&] { return packed(measure_here(with_place, request)); });
  auto figures = unpacked(child.text);
  figures.request = request;
  figures.peak_bytes = child.peak_bytes;
  return figures;
}

} // namespace nearshore
