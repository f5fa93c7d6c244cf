#pragma once
// All that `bench` found out, and its three forms: verdicts, text, JSON.
#include "cli/measure/conditions.hpp"
#include "cli/measure/load.hpp"
#include "cli/measure/whole_runs.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

struct BenchResult {
  MachineDescription machine;
  std::optional<double> others_busy; ///< processors that others used meanwhile
  std::string scenario;              ///< file
  Month start;                       ///< first month measured
  int months{0}, spin_up{0};         ///< of the loads
  int candidates{0};
  int whole_months{0}, whole_spin_up{0}; ///< of the whole processes
  std::map<int, double> triad;           ///< bytes a second, by threads
  std::vector<LoadFigures> loads;
  std::vector<WholeRun> whole; ///< one run at a time, all threads
  std::vector<std::string> left_out;
  std::optional<SideBySide> side_by_side;

  /// Firm-months a second of a whole process, counting the written months only.
  [[nodiscard]] double whole_rate(const WholeRun& run) const {
    return static_cast<double>(run.firms) * whole_months / run.wall_seconds;
  }
  /// Nothing where that load was not measured.
  [[nodiscard]] const LoadFigures* load(std::int64_t firms, int threads) const;
  [[nodiscard]] int most_threads() const;
  /// The load with the fewest firms on as many threads as this one.
  [[nodiscard]] const LoadFigures& smallest_beside(const LoadFigures&) const;
};

/// A bound that the project has set itself, and what was measured.
struct Target {
  std::string key, meaning, unit;
  double bound{0};
  std::optional<double> goal;
  bool at_least{true}; ///< else at most
  std::optional<double> value;

  [[nodiscard]] bool met() const { return value && reaches(bound); }
  /// "met", "goal reached", "missed" or "not measured".
  [[nodiscard]] std::string verdict() const;

private:
  [[nodiscard]] bool reaches(double wanted) const {
    return at_least ? *value >= wanted : *value <= wanted;
  }
};
std::vector<Target> targets_of(const BenchResult&);

/// Tables for a terminal.
std::string bench_text(const BenchResult&);
/// The same and all details, JSON.
std::string bench_json(const BenchResult&);

} // namespace nearshore
