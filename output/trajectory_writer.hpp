#pragma once
// Trajectories on disk: one HDF5 file per run, opened by xarray, ncdump and R with its labels.
// Months are streamed: a thread of its own owns all HDF5 calls and takes months from a queue of
// two.
#include "sim/record.hpp"
#include "sim/reporting.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace nearshore {

/// What identifies a run; equal descriptions and equal months give equal bytes.
struct RunDescription {
  std::string title;
  std::int64_t seed{0};
  std::int64_t firms{0};
  Month reference;           ///< month against which claim_change is counted
  std::string configuration; ///< resolved, TOML
  Reporting reporting;
};

/// What may differ between equal runs; kept in the group /run.
struct RunInfo {
  int threads{0};
  double wall_seconds{0};
  double firm_months_per_second{0};
  std::string host;    ///< empty: asked of the system
  std::string started; ///< e.g. "2026-05-01T12:00:00Z"; empty: left out
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

inline std::unique_ptr<TrajectoryWriter> open_trajectory(std::string path,
                                                         RunDescription description) {
  return std::make_unique<TrajectoryWriter>(std::move(path), std::move(description));
}

} // namespace nearshore
