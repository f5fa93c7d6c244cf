#pragma once
// The one file of all runs of a sweep while it is written.
#include "output/sweep/labelled_file.hpp"
#include "output/sweep/ledger.hpp"
#include "output/sweep/run_result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nearshore {

/// Declared as a whole first, then written point by point; hold hdf5::lock() around declare(),
/// finish() and its end.
class MergedFile {
public:
  MergedFile(const Sweep& s, const SweepScenarios& c, const Ledger& l, const std::string& path)
      : sweep(s), scenarios(c), ledger(l), file(path) {}

  void declare(const SweepIdentity& identity, bool partial, bool mixed);
  void write_point(std::size_t policy, std::size_t point);
  void finish();
  void abandon() noexcept { file.abandon(); }

private:
  const Sweep& sweep;
  const SweepScenarios& scenarios;
  const Ledger& ledger;
  LabelledFile file;
  std::vector<std::size_t> outcomes, outcome_bands, series, series_bands;
  std::size_t headline{0}, headline_bands{0}, seconds{0}, headlines{0};
  std::string coordinates;

  [[nodiscard]] bool bands() const { return sweep.seeds.size() > 1 && !sweep.quantiles.empty(); }
  void declare_axes();
  void declare_numbers();
  void declare_series();
  void write_numbers(std::size_t policy, std::size_t point,
                     const std::vector<std::optional<RunNumbers>>& of_seed);
  void write_series(std::size_t policy, std::size_t point, std::size_t s,
                    std::vector<std::optional<RunResult>>& of_seed);
  void write_bands(std::size_t variable, std::vector<std::size_t> start,
                   const std::vector<std::size_t>& block,
                   const std::vector<std::vector<double>>& of_seed);
};

} // namespace nearshore
