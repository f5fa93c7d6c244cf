#pragma once
// Trajectories on disk: one HDF5 file for a run, or for an ensemble of runs, opened by xarray,
// ncdump and R with its labels. Months are streamed: a thread of its own owns all HDF5 calls and
// takes months from a short queue.
#include "sim/past_configuration.hpp"
#include "sim/record.hpp"
#include "sim/reporting.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// The first axes of a file of several runs: (policy or member,) seed, time. Run number = policy *
/// seeds + seed.
struct EnsembleAxes {
  std::vector<std::string> policies; ///< labels of the first axis; empty: no such axis
  std::vector<std::int64_t> seeds;   ///< of the axis `seed`
  Month first;                       ///< of every run
  std::size_t months{0};
  std::string axis{"policy"}; ///< what the first axis is called
  std::string meaning{"policy, with the same luck in each"};

  [[nodiscard]] std::size_t runs() const {
    return seeds.size() * (policies.empty() ? 1 : policies.size());
  }
};

/// What identifies a run; equal descriptions and equal months give equal bytes.
struct RunDescription {
  std::string title;
  std::int64_t seed{0};
  std::int64_t firms{0};
  Month reference;           ///< month against which claim_change is counted
  std::string configuration; ///< resolved, TOML
  std::string data_sums;     ///< Scenario::data_sums
  Reporting reporting;
  std::optional<EnsembleAxes> ensemble{}; ///< of a file of several runs; `seed` does not count then
  /// Further attributes of the file, e.g. the configuration of a second policy.
  std::vector<std::pair<std::string, std::string>> more{};
};

/// A small table beside the variables, in a group of its own; the unit is in the label.
struct FileTable {
  struct Column {
    std::string name, meaning;
    std::vector<double> values;
  };
  std::string group, axis;
  std::vector<std::string> labels; ///< of the axis
  std::vector<Column> columns;
  std::vector<std::pair<std::string, std::string>> attributes; ///< of the group
};

/// What may differ between equal runs; kept in the group /run.
struct RunInfo {
  int threads{0}; ///< of each run
  double wall_seconds{0};
  double firm_months_per_second{0};
  std::string host;                      ///< empty: asked of the system
  std::string started;                   ///< e.g. "2026-05-01T12:00:00Z"; empty: left out
  int jobs{0};                           ///< runs at a time; 0: left out
  std::vector<FileTable> tables{};       ///< results that are known at the end only
  std::vector<PastConfiguration> past{}; ///< of a branch, oldest first
};

/// Writes PATH.partial and renames it to PATH in finish(); without finish() nothing is left behind.
class TrajectoryWriter : public Observer {
public:
  /// Throws Error (kind resource) if the folder cannot be written.
  TrajectoryWriter(std::string path, RunDescription description);
  ~TrajectoryWriter() override;

  /// Takes what is needed from the record and returns; spin-up months are not written. Months must
  /// follow one another. Waits only if two months are queued. Throws what the writing thread met
  /// (disk full).
  void on_month(const MonthRecord& record) override;
  /// Writes the rest, closes and renames. Throws Error (kind resource); then the file is removed.
  void finish(const RunInfo& info);

  [[nodiscard]] const std::string& path() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

/// The same for the runs of an ensemble, in one file. `description.ensemble` must be set.
class EnsembleWriter {
public:
  /// Throws Error (kind resource) if the file cannot be written. `jobs`: runs at a time.
  EnsembleWriter(std::string path, RunDescription description, int jobs);
  ~EnsembleWriter();

  /// Takes the months of one run; to be used by one thread. The writer must outlive it.
  std::unique_ptr<Observer> observer_of(std::size_t run);
  /// Throws Error (kind internal) unless every run is complete, and as TrajectoryWriter does.
  void finish(const RunInfo& info);

  [[nodiscard]] const std::string& path() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

inline std::unique_ptr<TrajectoryWriter> open_trajectory(std::string path,
                                                         RunDescription description) {
  return std::make_unique<TrajectoryWriter>(std::move(path), std::move(description));
}

} // namespace nearshore
