#pragma once
// Evaluations on demand, each made once, and the search for the smallest objective: a global stage
// over the whole box, then a local one. All of it is deterministic, so replaying a log goes on
// where it stopped.
#include "output/calibration/evaluation_log.hpp"
#include "output/calibration/runs.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace nearshore {

class Evaluator {
public:
  /// Called after every evaluation that was run, not for those of the log.
  using OnEvaluation = std::function<void(const Evaluation&)>;

  /// `at_once`: evaluations handed to `simulate` together where several are known beforehand.
  Evaluator(const CalibrationProblem& problem, Simulate simulate, EvaluationLog& log,
            std::size_t at_once = 1, OnEvaluation on_evaluation = {});

  /// Evaluations of places in the box, in their order; those in the log are not run again. The log
  /// is saved as they come. Throws what `simulate` throws, after a last saving.
  std::vector<Evaluation> at(const std::vector<std::vector<double>>& places,
                             const std::string& stage);

  [[nodiscard]] const CalibrationProblem& problem() const { return asked; }
  /// What has been asked for so far, each place once, in order. A resumed log may hold more: what
  /// is decided on the way depends on this alone, so that a resumed calibration does as one that
  /// was never interrupted.
  [[nodiscard]] const std::vector<Evaluation>& seen() const { return visited; }
  /// The one of the smallest objective, the earliest of several. There must be one.
  [[nodiscard]] const Evaluation& best() const;

private:
  void run(const std::vector<std::vector<double>>& values, const std::string& stage);

  const CalibrationProblem& asked;
  Simulate simulate;
  EvaluationLog& evaluations;
  std::vector<Evaluation> visited;
  std::set<std::vector<double>> known; ///< values of those
  std::size_t at_once;
  OnEvaluation on_evaluation;
};

/// Point i (from 0) of a sequence that fills the box evenly, whatever its length: an additive
/// recurrence with the powers of the root of x^(d+1) = x + 1 (Roberts 2018). Places in [0, 1).
std::vector<double> even_point(std::size_t i, std::size_t dimensions, std::uint64_t seed);

/// The start, the global and the local stage. Throws Error (kind
/// input) where a target has no figure at the start; what evaluations throw.
void search(Evaluator& evaluate);

} // namespace nearshore
