#pragma once
// All that an ensemble says and writes: one file, progress over all runs, and a summary with bands.
#include "output/ensemble_progress.hpp"
#include "output/summary.hpp"
#include "output/trajectory_writer.hpp"
#include "sim/ensemble.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nearshore {

class EnsembleOutput {
public:
  struct Options {
    bool write{true};    ///< the file scenario.run.output
    bool progress{true}; ///< on standard error
  };
  /// Creates the file, so that a place that cannot be written is refused before the runs. Throws
  /// Error.
  EnsembleOutput(const Scenario& scenario, std::vector<std::uint64_t> seeds,
                 const EnsemblePlan& plan, Options options);
  ~EnsembleOutput();

  [[nodiscard]] std::size_t runs() const { return seeds.size(); }
  /// The three below are what run_ensemble() asks for.
  [[nodiscard]] Scenario scenario_of(std::size_t run) const;
  std::unique_ptr<Observer> observer_of(std::size_t run);
  void finished(std::size_t run, Observer& observer);

  /// Ends the progress, completes the file and gives the summary to print. Throws Error.
  std::string finish();

private:
  class OfRun;
  const Scenario& scenario;
  std::vector<std::uint64_t> seeds;
  EnsemblePlan plan;
  std::chrono::steady_clock::time_point start{std::chrono::steady_clock::now()};
  std::string started; ///< UTC
  std::unique_ptr<EnsembleWriter> writer;
  std::unique_ptr<EnsembleProgress> progress;
  std::vector<std::vector<SummaryTable>> tables; ///< [run]
  std::int64_t firm_months{0};
};

} // namespace nearshore
