#pragma once
// An experiment as data: runs to make, figures of them, and what each must show. The files are
// configs/validation/*.toml; nothing here knows a region, a sector or a measure.
#include "output/validation.hpp"
#include "sim/config/load_scenario.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

/// What is made of a figure's value in one run, or in several.
enum class HowCompared {
  none,       ///< the value itself
  difference, ///< less that of the run `against`, seed by seed
  ratio,      ///< over that of the run `against`, seed by seed
  elasticity, ///< ln of that ratio over ln(1 + tariff)
  spread,     ///< |median - that of `against`| over the width of its 5-95 % band
  rise,       ///< over the runs of a sweep: largest less first
  fall,       ///< largest less last
  peak,       ///< the value swept over at which the figure is largest
};

/// One scenario run with every seed.
struct ExperimentRun {
  std::string name, scenario;
  std::vector<std::string> sets; ///< KEY=VALUE
  std::string sweep;             ///< name of the sweep that it belongs to; empty: none
  double at{0};                  ///< value swept over
  std::string where;
};

struct ExperimentFigure {
  Target target;
  std::string run, against; ///< names of runs; `run` names a sweep for rise, fall and peak
  HowCompared comparison{HowCompared::none};
  double tariff{0}; ///< of elasticity
};

struct Experiment {
  std::string file, title, says;
  std::vector<std::uint64_t> seeds;
  std::vector<ExperimentRun> runs;
  std::vector<ExperimentFigure> figures;
};

/// Reads an experiment. `seeds` and `firms` above nothing take the place of the file's (a run that
/// sets its own firms keeps them). Throws Error (kind input) with file:line:column.
Experiment read_experiment(const std::string& path,
                           const std::optional<std::vector<std::uint64_t>>& seeds = {},
                           std::optional<std::int64_t> firms = {});

/// Makes the values of a figure from those of single runs: [run of the figure][seed], the runs of a
/// sweep in their order, or `run` and `against`. `at`: the values swept over.
std::vector<double> compared(const ExperimentFigure& figure,
                             const std::vector<std::vector<double>>& values,
                             const std::vector<double>& at);

struct ExperimentOptions {
  int jobs{0}; ///< runs at a time, 0: what processors and memory allow
  bool progress{true};
};

/// Makes all runs of all experiments, equal ones once, as many at a time as the machine has cores
/// for, and judges the figures; [experiment][figure], sections are the titles.
std::vector<TargetResult> run_experiments(const std::vector<Experiment>& experiments,
                                          const ExperimentOptions& options);

} // namespace nearshore
