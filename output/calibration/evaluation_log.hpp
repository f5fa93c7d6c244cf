#pragma once
// Every evaluation of a calibration, in memory and in an HDF5 file that is whole at any time: it is
// written beside its name and renamed.
#include "output/calibration/objective.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace nearshore {

struct Evaluation {
  std::vector<double> values; ///< of the parameters
  Figures figures;
  double objective{0};
  std::string stage;
  double seconds{0}; ///< wall time
};

/// Results that are known at the end: tables of numbers with labelled axes.
struct LogTable {
  std::string name, meaning;
  std::vector<std::string> axes; ///< names of axes of the log
  std::vector<double> values;    ///< row-major
};
struct LogAxis {
  std::string name;
  std::vector<std::string> labels;
};

class EvaluationLog {
public:
  /// `identity`: of the problem, its scenarios and the program. An empty path keeps all in memory.
  EvaluationLog(const CalibrationProblem& problem, std::string identity, std::string path);

  /// Takes over the evaluations of the file at the path. Throws Error (kind input) for a file that
  /// is missing, damaged, or of another calibration.
  void resume();

  /// Nothing if these values were not evaluated.
  [[nodiscard]] const Evaluation* find(const std::vector<double>& values) const;
  /// In the order made.
  [[nodiscard]] const std::vector<Evaluation>& all() const { return list; }
  void add(Evaluation evaluation);

  /// Writes the file, unless little time has passed since (`now` false). Throws Error (kind
  /// resource).
  void save(bool now);
  /// Results for the file's next writing.
  void set_results(std::vector<LogAxis> axes, std::vector<LogTable> tables);

private:
  const CalibrationProblem& problem;
  std::string identity, path;
  std::vector<Evaluation> list;
  std::map<std::vector<double>, std::size_t> place;
  std::vector<LogAxis> axes;
  std::vector<LogTable> tables;
  std::chrono::steady_clock::time_point saved{};
};

} // namespace nearshore
