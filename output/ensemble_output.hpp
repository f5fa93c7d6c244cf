#pragma once
// All that an ensemble says and writes: one file, progress over all runs, and a summary with bands,
// or, for two policies with the same luck, the effects.
#include "output/ensemble_progress.hpp"
#include "output/headlines.hpp"
#include "output/summary.hpp"
#include "output/trajectory_writer.hpp"
#include "sim/ensemble.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nearshore {

/// Throws Error (kind input) where two policies cannot be compared run by run: other months, number
/// of firms, base year or labels. `where`: what the error names.
void check_same_grid(const Scenario& reform, const Scenario& baseline, const std::string& where);

class EnsembleOutput {
public:
  struct Options {
    bool write{true};    ///< the file scenario.run.output
    bool progress{true}; ///< on standard error
    /// Names of the vectors of a parameter set; then `policies` is one policy with each of them.
    std::vector<std::string> members{};
    std::string parameter_set{}; ///< its text, an attribute of the file
  };
  /// One policy, or two: the baseline, then the reform, which gives the file its name; or one with
  /// each vector of a parameter set. Creates the
  /// file, so that a place that cannot be written is refused before the runs. Throws Error.
  EnsembleOutput(std::vector<Scenario> policies, std::vector<std::uint64_t> seeds,
                 const EnsemblePlan& plan, Options options);
  ~EnsembleOutput();

  /// What the file says about its runs.
  [[nodiscard]] RunDescription description() const;
  [[nodiscard]] std::size_t runs() const { return policies.size() * seeds.size(); }
  /// The three below are what run_ensemble() asks for. Run number = policy * seeds + seed.
  [[nodiscard]] Scenario scenario_of(std::size_t run) const;
  std::unique_ptr<Observer> observer_of(std::size_t run);
  /// What the names of a run's checkpoints begin with.
  [[nodiscard]] std::string checkpoints_of(std::size_t run) const;
  void finished(std::size_t run, Observer& observer);

  /// Ends the progress, completes the file and gives the summary to print. Throws Error.
  std::string finish();

private:
  class OfRun;
  [[nodiscard]] bool paired() const { return members.empty() && policies.size() == 2; }
  [[nodiscard]] const Scenario& named() const { return paired() ? policies[1] : policies[0]; }
  [[nodiscard]] std::string summary_text(double seconds) const;

  std::vector<Scenario> policies;
  std::vector<std::string> members;
  std::string parameter_set;
  std::vector<std::uint64_t> seeds;
  EnsemblePlan plan;
  std::chrono::steady_clock::time_point start{std::chrono::steady_clock::now()};
  std::string started; ///< UTC
  std::unique_ptr<EnsembleWriter> writer;
  std::unique_ptr<EnsembleProgress> progress;
  std::vector<TableOfRuns> tables; ///< of one policy
  std::shared_ptr<const std::vector<double>> wage_bill;
  std::vector<Headline> outcome_names;
  std::vector<std::vector<double>> outcomes; ///< [run][outcome], of two
  std::int64_t firm_months{0};
};

} // namespace nearshore
