#include "cli/measure/bench_plan.hpp"

#include "cli/measure/child.hpp"
#include "cli/measure/triad.hpp"
#include "output/run_output.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nearshore {
namespace {

constexpr double kEnoughFirmMonths = 1e6; // of a measurement: small loads are repeated until then
constexpr int kMostRepeats = 6;
constexpr double kLongRun = 120; // seconds of a whole run that must be asked for
constexpr int kRepeatsOfSmallRuns = 3, kRepeatsSideBySide = 3;
constexpr std::int64_t kSmallRun = 50'000; // firms up to which whole runs are repeated

int repeats_of(std::int64_t firms, int months) {
  const double one = static_cast<double>(firms) * months;
  return std::clamp(static_cast<int>(kEnoughFirmMonths / one), 1, kMostRepeats);
}

/// From the months measured: what a whole run would take, seconds.
double foreseen(const BenchResult& r, const LoadFigures& l) {
  return l.build_seconds + l.spin_up_seconds +
         l.month_seconds / l.firm_months * static_cast<double>(l.request.firms) *
             (r.whole_months + r.whole_spin_up);
}

void measure_whole(const BenchPlan& plan, BenchResult& r,
                   const std::function<void(const std::string&)>& say) {
  const int threads = *std::max_element(plan.threads.begin(), plan.threads.end());
  for (const auto firms : plan.firms) {
    const double seconds = foreseen(r, *r.load(firms, threads));
    if (seconds > kLongRun && !plan.every_whole_run) {
      r.left_out.push_back(fmt::format("the whole run of {} firms is left out, since it would take "
                                       "about {:.0f} s; --whole makes it",
                                       firms, seconds));
      continue;
    }
    const int repeats = firms <= kSmallRun ? kRepeatsOfSmallRuns : 1;
    say(fmt::format("whole run, {} firms, {} threads, {} times", firms, threads, repeats));
    r.whole.push_back(measure_whole_run(plan.line, firms, threads, 1, repeats));
  }
  const auto smallest = *std::min_element(plan.firms.begin(), plan.firms.end());
  if (smallest <= kSmallRun) {
    say(fmt::format("one run of {} firms against two at a time", smallest));
    r.side_by_side = measure_side_by_side(plan.line, smallest, kRepeatsSideBySide);
  }
}

} // namespace

BenchResult run_bench(const BenchPlan& plan, const std::function<void(const std::string&)>& say) {
  BenchResult r;
  const OthersWatch others;
  r.machine = describe_machine();
  r.scenario = plan.line.file;
  r.start = plan.load.run.start;
  r.months = written_months(plan.load.run);
  r.spin_up = plan.load.run.spin_up;
  r.candidates = static_cast<int>(plan.load.parameters.candidates);
  r.whole_months = written_months(plan.as_run.run);
  r.whole_spin_up = plan.as_run.run.spin_up;
  for (const int threads : plan.threads) {
    say(fmt::format("triad, {} threads", threads));
    r.triad[threads] =
        std::stod(in_child([&] { return fmt::format("{}", triad_bandwidth(threads)); }).text);
  }
  for (const auto firms : plan.firms)
    for (const int threads : plan.threads) {
      const LoadRequest request{firms, threads, repeats_of(firms, r.months)};
      say(fmt::format("months, {} firms, {} threads", firms, threads));
      r.loads.push_back(measure_load(plan.load, request, plan.line.scratch));
    }
  measure_whole(plan, r, say);
  r.others_busy = others.processors_busy();
  return r;
}

} // namespace nearshore
