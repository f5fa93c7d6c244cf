#pragma once
// The same figures of several runs: bands and means over seeds.
#include "output/report/run_figures.hpp"

#include <string>
#include <vector>

namespace nearshore {

/// [month]; NaN where the figure has no meaning in one of the runs.
struct BandSeries {
  std::vector<double> p05, median, p95;
};

class OverRuns {
public:
  /// All runs have the same series of the same length.
  void add(RunFigures figures);

  [[nodiscard]] std::vector<std::string> spread_names() const;
  [[nodiscard]] std::vector<std::string> mean_names() const;
  /// Throws Error (kind internal) for a name that there is not.
  [[nodiscard]] BandSeries bands(const std::string& name) const;
  [[nodiscard]] std::vector<double> means(const std::string& name) const;
  [[nodiscard]] bool has_bands(const std::string& name) const { return spread.contains(name); }

private:
  using Runs = std::map<std::string, std::vector<std::vector<double>>>;
  Runs spread, mean; // [name][run][month]
};

} // namespace nearshore
