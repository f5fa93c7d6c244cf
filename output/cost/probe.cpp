#include "output/cost/probe.hpp"

#include "output/run_output.hpp"
#include "output/trajectory_file.hpp"
#include "sim/ensemble.hpp"
#include "sim/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <exception>
#include <thread>
#include <utility>

namespace nearshore {
namespace {

/// Time as a free machine would pass it: what others on the processor take does not count for a
/// run of one thread. With several threads there is only the clock on the wall.
class Watch {
public:
  explicit Watch(int threads) : clock(threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC) {}
  [[nodiscard]] double now() const {
    timespec t{};
    ::clock_gettime(clock, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
  }

private:
  clockid_t clock;
};

constexpr std::size_t kSlabs = 6; // months that are compressed, spread over those of the probe
// The index of a variable's chunks (HDF5's B-tree of version 1, 32 to 64 children a node) gets a
// new node when one is full, and both are half full then.
constexpr double kMonthsOfIndex = 32;

Scenario shortened(const Scenario& scenario, const ProbeRequest& request, int copy) {
  auto s = with_seed(scenario, scenario.run.seed + static_cast<std::uint64_t>(copy));
  s.run.firms = request.firms;
  s.run.threads = request.threads;
  s.run.spin_up = std::min(s.run.spin_up, request.spin_up);
  s.run.end = std::min(s.run.end, s.run.start + (request.months - 1));
  s.run.reference = std::min(s.run.reference, s.run.end);
  return s;
}

/// Takes the months of the spin-up.
class MonthTimes : public Observer {
public:
  explicit MonthTimes(const Watch& w) : watch(w), before(watch.now()) {}
  void on_month(const MonthRecord&) override {
    const double now = watch.now();
    months.push_back(now - std::exchange(before, now));
  }

  std::vector<double> months;

private:
  const Watch& watch;
  double before;
};

/// One copy of the probe.
class OneProbe {
public:
  OneProbe(const Scenario& s, bool keep_months)
      : scenario(s), keep(keep_months), watch(s.run.threads) {}

  void run() {
    const double start = watch.now();
    Simulation simulation{scenario};
    found.world = watch.now() - start;
    describe(simulation.firms());
    settle(simulation);
    write_months(simulation);
  }

  Probe found;
  std::vector<MonthSlab> slabs;

private:
  Scenario scenario;
  bool keep;
  Watch watch;

  void describe(const Population& firms) {
    const auto n = static_cast<double>(firms.firms());
    found.firms = scenario.run.firms;
    found.links = static_cast<double>(firms.links()) / n;
    found.state_bytes = static_cast<double>(firms.bytes()) / n;
  }

  void settle(Simulation& simulation) {
    const double start = watch.now();
    MonthTimes times{watch};
    simulation.spin_up(&times);
    const double all = watch.now() - start;
    // A rebase lies before the middle month and after the last one.
    const int months = scenario.run.spin_up, rebases = rebases_of(months);
    found.spin_up = times.months;
    if (rebases > 0)
      found.rebase = std::max(0.0, all - months * undisturbed(times.months)) / rebases;
  }

  void write_months(Simulation& simulation) {
    const auto reporting = describe_run(scenario).reporting;
    const SlabLayout layout{reporting};
    const int months = written_months(scenario.run);
    std::vector<double> figures;
    MonthSlab slab;
    for (int t = 0; t < months; ++t) {
      const double start = watch.now();
      const auto& record = simulation.step();
      const double stepped = watch.now();
      found.months.push_back(stepped - start);
      fill_slab(record, reporting, layout, slab);
      figures.push_back(watch.now() - stepped);
      const bool due =
          static_cast<std::size_t>(t) * kSlabs / static_cast<std::size_t>(months) >= slabs.size();
      if (keep && due) slabs.push_back(slab);
    }
    found.figures = undisturbed(figures);
  }
};

/// Size of a file of so many of the months; `seconds`: of writing them, if asked for.
double file_of(const RunDescription& description, const SlabLayout& layout,
               const std::vector<MonthSlab>& slabs, std::size_t count, double* seconds = nullptr) {
  TrajectoryFile file{"probe", description, layout, FilePlace::memory};
  const Watch watch{1};
  const double start = watch.now();
  for (std::size_t i = 0; i < count; ++i)
    file.append(slabs[i]);
  if (seconds != nullptr) *seconds = watch.now() - start;
  file.finish({});
  return static_cast<double>(file.bytes());
}

void measure_file(const Scenario& scenario, const std::vector<MonthSlab>& slabs,
                  ProbeResult& result) {
  const auto description = describe_run(scenario);
  const SlabLayout layout{description.reporting};
  double seconds = 0;
  result.file.empty = file_of(description, layout, slabs, 0);
  const double one = file_of(description, layout, slabs, 1);
  const double all = file_of(description, layout, slabs, slabs.size(), &seconds);
  const auto further = static_cast<double>(slabs.size() - 1);
  result.file.month = further > 0 ? (all - one) / further : one - result.file.empty;
  result.file.index = std::max(0.0, one - result.file.empty - result.file.month);
  result.time.compression = seconds / static_cast<double>(slabs.size());
}

/// Means over the copies.
Probe mean_of(const std::vector<OneProbe>& copies) {
  Probe mean = copies.front().found;
  const auto average = [&](auto member) {
    double sum = 0;
    for (const auto& c : copies)
      sum += c.found.*member;
    mean.*member = sum / static_cast<double>(copies.size());
  };
  for (const auto member : {&Probe::world, &Probe::rebase, &Probe::figures})
    average(member);
  for (const auto months : {&Probe::spin_up, &Probe::months})
    for (std::size_t t = 0; t < (mean.*months).size(); ++t) {
      double sum = 0;
      for (const auto& c : copies)
        sum += (c.found.*months)[t];
      (mean.*months)[t] = sum / static_cast<double>(copies.size());
    }
  return mean;
}

} // namespace

int rebases_of(int spin_up) {
  return (spin_up > 0 ? 1 : 0) + (spin_up > 1 ? 1 : 0);
}

double undisturbed(std::vector<double> seconds) {
  if (seconds.empty()) return 0;
  const auto at = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 4);
  std::nth_element(seconds.begin(), at, seconds.end());
  return *at;
}

double FileShape::bytes(double months) const {
  return empty + month * months + index * std::ceil(months / kMonthsOfIndex);
}

ProbeResult probe_run(const Scenario& scenario, const ProbeRequest& request, bool with_file) {
  std::vector<OneProbe> copies;
  for (int c = 0; c < request.copies; ++c)
    copies.emplace_back(shortened(scenario, request, c), with_file && c == 0);
  std::vector<std::exception_ptr> failures(copies.size());
  {
    std::vector<std::jthread> team;
    const auto work = [&](std::size_t c) {
      try {
        copies[c].run();
      } catch (...) {
        failures[c] = std::current_exception();
      }
    };
    for (std::size_t c = 1; c < copies.size(); ++c)
      team.emplace_back(work, c);
    work(0);
  }
  for (const auto& failure : failures)
    if (failure) std::rethrow_exception(failure);
  ProbeResult result;
  result.time = mean_of(copies);
  if (with_file) measure_file(scenario, copies.front().slabs, result);
  return result;
}

} // namespace nearshore
