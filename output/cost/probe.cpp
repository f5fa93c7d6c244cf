#include "output/cost/probe.hpp"

#include "output/run_output.hpp"
#include "output/trajectory_file.hpp"
#include "sim/ensemble.hpp"
#include "sim/simulation.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <numeric>
#include <thread>
#include <utility>

namespace nearshore {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

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
  explicit MonthTimes(const Simulation& s) : simulation(s) {}
  /// Seconds of all passes since the last call, the duties' apart.
  double lap() {
    const auto& now = simulation.seconds();
    const double sum = std::accumulate(now.begin() + 1, now.end(), 0.0);
    law = now[0] - law_before;
    law_before = now[0];
    return sum - std::exchange(before, sum);
  }
  void on_month(const MonthRecord&) override { months.push_back(lap()); }

  double law{0};
  std::vector<double> months;

private:
  const Simulation& simulation;
  double before{0}, law_before{0};
};

/// One copy of the probe.
class OneProbe {
public:
  OneProbe(const Scenario& s, bool keep_months) : scenario(s), keep(keep_months) {}

  void run() {
    const auto start = Clock::now();
    Simulation simulation{scenario};
    found.world = since(start);
    describe(simulation.firms());
    MonthTimes times{simulation};
    settle(simulation, times);
    write_months(simulation, times);
  }

  Probe found;
  std::vector<MonthSlab> slabs;

private:
  Scenario scenario;
  bool keep;

  void describe(const Population& firms) {
    const auto n = static_cast<double>(firms.firms());
    found.firms = scenario.run.firms;
    found.links = static_cast<double>(firms.links()) / n;
    found.state_bytes = static_cast<double>(firms.bytes()) / n;
  }

  void settle(Simulation& simulation, MonthTimes& times) {
    const int months = scenario.run.spin_up;
    const auto start = Clock::now();
    simulation.spin_up(&times);
    found.spin_up = times.months;
    const double in_months = std::accumulate(times.months.begin(), times.months.end(), 0.0);
    const int rebases = (months > 0 ? 1 : 0) + (months > 1 ? 1 : 0);
    if (rebases > 0) found.rebase = std::max(0.0, since(start) - in_months) / rebases;
  }

  void write_months(Simulation& simulation, MonthTimes& times) {
    const auto reporting = describe_run(scenario).reporting;
    const SlabLayout layout{reporting};
    const int months = written_months(scenario.run);
    MonthSlab slab;
    for (int t = 0; t < months; ++t) {
      const auto& record = simulation.step();
      found.months.push_back(times.lap());
      found.law += times.law / months;
      const auto start = Clock::now();
      fill_slab(record, reporting, layout, slab);
      found.figures += since(start) / months;
      const bool due =
          static_cast<std::size_t>(t) * kSlabs / static_cast<std::size_t>(months) >= slabs.size();
      if (keep && due) slabs.push_back(slab);
    }
  }
};

/// Size of a file of so many of the months; `seconds`: of writing them, if asked for.
double file_of(const RunDescription& description, const SlabLayout& layout,
               const std::vector<MonthSlab>& slabs, std::size_t count, double* seconds = nullptr) {
  TrajectoryFile file{"probe", description, layout, FilePlace::memory};
  const auto start = Clock::now();
  for (std::size_t i = 0; i < count; ++i)
    file.append(slabs[i]);
  if (seconds != nullptr) *seconds = since(start);
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
  for (const auto member : {&Probe::world, &Probe::rebase, &Probe::law, &Probe::figures})
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
