#include "cli/measure/bench_result.hpp"

#include <algorithm>

namespace nearshore {
namespace {

constexpr std::int64_t kLarge = 1'000'000, kSmall = 10'000;

/// Two cores are what the bounds are set for; with other counts measured, the most threads.
int threads_of_bounds(const BenchResult& r) {
  return r.load(kLarge, 2) != nullptr ? 2 : r.most_threads();
}

std::optional<double> scaling_to_two(const BenchResult& r) {
  const auto *one = r.load(kLarge, 1), *two = r.load(kLarge, 2);
  if (one == nullptr || two == nullptr) return {};
  return two->rate() / one->rate();
}

std::optional<double> slowdown(const BenchResult& r) {
  const int threads = threads_of_bounds(r);
  const auto *large = r.load(kLarge, threads), *small = r.load(kSmall, threads);
  if (large == nullptr || small == nullptr) return {};
  return large->nanoseconds() / small->nanoseconds();
}

std::optional<double> peak(const BenchResult& r) {
  std::optional<double> most;
  for (const auto& l : r.loads)
    if (l.request.firms == kLarge) most = std::max(most.value_or(0), l.peak_bytes);
  return most;
}

const WholeRun* whole_run(const BenchResult& r, std::int64_t firms) {
  const auto at = std::find_if(r.whole.begin(), r.whole.end(),
                               [&](const WholeRun& w) { return w.firms == firms; });
  return at == r.whole.end() ? nullptr : &*at;
}

} // namespace

const LoadFigures* BenchResult::load(std::int64_t firms, int threads) const {
  const auto at = std::find_if(loads.begin(), loads.end(), [&](const LoadFigures& l) {
    return l.request.firms == firms && l.request.threads == threads;
  });
  return at == loads.end() ? nullptr : &*at;
}

int BenchResult::most_threads() const {
  int most = 0;
  for (const auto& l : loads)
    most = std::max(most, l.request.threads);
  return most;
}

const LoadFigures& BenchResult::smallest_beside(const LoadFigures& load) const {
  const LoadFigures* least = &load;
  for (const auto& l : loads)
    if (l.request.threads == load.request.threads && l.request.firms < least->request.firms)
      least = &l;
  return *least;
}

std::string Target::verdict() const {
  if (!value) return "not measured";
  if (!reaches(bound)) return "missed";
  return goal && reaches(*goal) ? "goal reached" : "met";
}

std::vector<Target> targets_of(const BenchResult& r) {
  const auto* large = r.load(kLarge, threads_of_bounds(r));
  const auto *large_run = whole_run(r, kLarge), *small_run = whole_run(r, kSmall);
  std::vector<Target> list{
      {"rate", "firm-months a second, 1 M firms", "", 2.5e6, 5e6, true, {}},
      {"whole_rate", "the same of a whole process, written months only", "", 1.5e6, 3e6, true, {}},
      {"scaling", "1 M firms, two threads over one", "", 1.85, {}, true, scaling_to_two(r)},
      {"state_bytes", "state a firm", "B", 700, {}, false, {}},
      {"resident", "resident memory, 1 M firms", "GiB", 1.2, {}, false, {}},
      {"slowdown", "time a firm-month, 1 M firms over 10 k", "", 1.5, {}, false, slowdown(r)},
      {"world_building", "world of 1 M firms built", "s", 4, {}, false, {}},
      {"small_run", "whole run of 10 k firms", "s", 0.6, {}, false, {}},
      {"side_by_side", "throughput, two small runs at a time over one", "", 1.9, {}, true, {}},
  };
  if (large != nullptr) {
    list[0].value = large->rate();
    list[3].value = large->state_bytes;
    list[6].value = large->build_seconds;
  }
  if (large_run != nullptr) list[1].value = r.whole_rate(*large_run);
  if (const auto most = peak(r)) list[4].value = *most / (1 << 30);
  if (small_run != nullptr) list[7].value = small_run->wall_seconds;
  if (r.side_by_side && r.side_by_side->one.firms == kSmall)
    list[8].value = r.side_by_side->ratio();
  return list;
}

} // namespace nearshore
