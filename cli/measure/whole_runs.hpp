#pragma once
// Whole processes, from their start to their end: what a user waits for.
#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

/// `run` as it is started: what differs between measurements is given with each.
struct RunLine {
  std::string file;              ///< scenario
  std::vector<std::string> sets; ///< KEY=VALUE
  std::string scratch;           ///< folder for the trajectories
};

struct WholeRun {
  std::int64_t firms{0};
  int threads{1}, copies{1}; ///< of each copy; runs at a time
  int repeats{1};
  double wall_seconds{0}; ///< median over the repeats, until the last copy ended
  double peak_bytes{0};   ///< largest of one process
};

/// Runs of the program with spin-up and trajectory, seeds 1, 2, ... for the copies.
WholeRun measure_whole_run(const RunLine&, std::int64_t firms, int threads, int copies,
                           int repeats);

/// One run on one thread against two such runs at a time, in turn.
struct SideBySide {
  WholeRun one, two;
  /// Throughput of two at a time over that of one: 2 where they do not hinder each other.
  [[nodiscard]] double ratio() const { return 2 * one.wall_seconds / two.wall_seconds; }
};
SideBySide measure_side_by_side(const RunLine&, std::int64_t firms, int repeats);

} // namespace nearshore
