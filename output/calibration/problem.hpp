#pragma once
// What `nearshore calibrate` is asked: free parameters, the figures that runs must show, the
// scenarios that show them, and the method. Read from TOML; docs/calibration.md explains the file.
#include "output/validation.hpp"
#include "sim/config/numeric_key.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

/// How a parameter's range is divided: equal steps, or equal factors.
enum class Spacing { linear, log };

struct FreeParameter {
  NumericKey key;
  double low{0}, high{1}, start{0};
  Spacing spacing{Spacing::linear};
  std::string source; ///< of the bounds

  /// The value at a place in [0, 1] of the range, rounded to eight digits, so that what a file says
  /// is what was run.
  [[nodiscard]] double value(double place) const;
  /// The place of a value in the range.
  [[nodiscard]] double place(double value) const;
  /// The key without its section.
  [[nodiscard]] std::string name() const;
};

/// A scenario that is run in every evaluation, once a seed.
struct FitScenario {
  std::string name, file;
  std::vector<std::string> sets;    ///< KEY=VALUE
  std::vector<std::uint64_t> seeds; ///< some of the problem's
  std::int64_t firms{0};
};

/// How the figure of a scenario is set against that of another.
enum class HowDiffers { none, difference, ratio, log_ratio };

/// A figure that runs must show: scale * statistic, as in `validate`; with `against`, scale *
/// comparison(statistic in `scenario`, statistic in `against`).
struct FitTarget {
  Target figure; ///< `data` is set
  std::size_t scenario{0};
  std::optional<std::size_t> against;
  HowDiffers comparison{HowDiffers::none};
  double tolerance{1}; ///< unit of the figure; a miss by as much counts 1
  double weight{1};
};

enum class GlobalSearch { none, design, crs2, isres, direct_l, direct_l_rand };
enum class LocalSearch { none, bobyqa, sbplx, gauss_newton };

struct CalibrationMethod {
  GlobalSearch global{GlobalSearch::design};
  std::size_t global_evaluations{0};
  LocalSearch local{LocalSearch::bobyqa};
  std::size_t local_evaluations{0};
  double local_step{0.1};       ///< first step, as a share of each range
  double local_tolerance{0.01}; ///< the local stage ends when steps are below it
  std::uint64_t search_seed{1}; ///< of the search's own draws, not of runs
  double shape_step{0.1};       ///< of profiles and derivatives, as a share of each range
  std::size_t shape_steps{2};   ///< of a profile to each side; 0: no shape
  double set_tolerance{0.1};    ///< of a parameter set: objective above the best one's
};

struct CalibrationProblem {
  std::string file, title;
  std::vector<std::uint64_t> seeds;
  std::vector<FreeParameter> parameters;
  std::vector<FitScenario> scenarios;
  std::vector<FitTarget> targets;
  CalibrationMethod method;

  [[nodiscard]] std::vector<double> values(const std::vector<double>& places) const;
  [[nodiscard]] std::vector<double> places(const std::vector<double>& values) const;
  [[nodiscard]] std::vector<double> start() const;
  /// Runs of one evaluation.
  [[nodiscard]] std::size_t runs() const;
  /// Months and seeds apart, all that the figures of an evaluation depend on besides the program:
  /// a log of other text is refused.
  [[nodiscard]] std::string identity() const;
};

/// What the command line puts in the place of the file's figures.
struct CalibrationOverrides {
  std::optional<std::int64_t> firms;      ///< of every scenario
  std::optional<std::string> seeds;       ///< of every scenario
  std::optional<std::size_t> evaluations; ///< of both stages together, in the file's proportion
};

/// Seeds from this one on are kept for checking a finished fit.
inline constexpr std::uint64_t kFirstCheckingSeed = 101;

/// Throws Error (kind input) with file:line:column.
CalibrationProblem read_calibration(const std::string& path, const CalibrationOverrides& = {});

} // namespace nearshore
