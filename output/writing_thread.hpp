#pragma once
// The thread that owns a file while it is written. Months wait in a short queue; HDF5 is not safe
// for threads, so no other thread touches the file.
#include "output/trajectory_writer.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace nearshore {

/// Writes PATH.partial and renames it to PATH in finish(); without finish() nothing is left behind.
class WritingThread {
public:
  /// At most about `queued` months wait. Throws Error (kind resource) if the file cannot be
  /// written.
  WritingThread(std::string path, RunDescription description, std::size_t queued);
  ~WritingThread();

  /// Takes what is needed from the record and returns; waits only if the queue is full. May be
  /// called by several threads, one a run. Throws what the writing met (disk full).
  void take(const MonthRecord& record, std::size_t run);
  /// Writes the rest, closes and renames. Throws Error (kind resource); then the file is removed.
  void finish(const RunInfo& info);

  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] const RunDescription& description() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace nearshore
