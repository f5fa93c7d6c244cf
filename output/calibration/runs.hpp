#pragma once
// The runs of evaluations: every scenario on each of its seeds, several evaluations at once, as
// many runs at a time as the machine allows. The same seeds in every evaluation: differences
// between two parameter vectors are not blurred by luck.
#include "output/calibration/objective.hpp"
#include "sim/ensemble.hpp"

#include <atomic>
#include <functional>
#include <vector>

namespace nearshore {

/// Figures of several parameter vectors (values in the problem's order). An Interrupted may come
/// out of it.
using Simulate = std::function<std::vector<Figures>(const std::vector<std::vector<double>>&)>;

/// Thrown where the user asked to stop.
struct Interrupted {};

class CalibrationRuns {
public:
  /// Loads every scenario. `threads`: processors to use, 0: all. `stop`: when it becomes true, runs
  /// end after their month. Throws Error (kind input).
  CalibrationRuns(const CalibrationProblem& problem, int threads,
                  const std::atomic<bool>* stop = nullptr);

  /// Throws Error as run_ensemble() and evaluate() do; Interrupted.
  std::vector<Figures> operator()(const std::vector<std::vector<double>>& points) const;

  /// Runs at a time for so many parameter vectors.
  [[nodiscard]] EnsemblePlan plan(std::size_t points) const;
  /// Firm-months of one evaluation.
  [[nodiscard]] std::int64_t firm_months() const;
  /// The resolved text of every scenario: part of what a log belongs to.
  [[nodiscard]] std::string identity() const;

private:
  struct Run {
    std::size_t scenario;
    std::uint64_t seed;
    std::size_t seed_place; ///< in the problem's seeds
  };
  [[nodiscard]] std::vector<Figures> combine(std::size_t points,
                                             const std::vector<std::vector<double>>& raw) const;

  const CalibrationProblem& problem;
  int threads;
  const std::atomic<bool>* stop;
  std::vector<Scenario> scenarios;
  std::vector<std::vector<Target>> figures;        ///< [scenario]: what is read of its runs
  std::vector<std::vector<std::size_t>> target_of; ///< [scenario][figure]: place of the target
  std::vector<Run> runs;                           ///< of one evaluation, longest first
};

} // namespace nearshore
