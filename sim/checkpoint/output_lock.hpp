#pragma once
// One run at a time on one output.
#include <string>

namespace nearshore {

/// Holds PATH.lock from before anything is written until after the last file has its name. The
/// system gives it back when the process ends, however it ends.
class OutputLock {
public:
  /// Throws Error: kind busy, with the process that holds it, or that of the system's reason.
  explicit OutputLock(const std::string& output);
  ~OutputLock();
  OutputLock(const OutputLock&) = delete;
  OutputLock& operator=(const OutputLock&) = delete;

private:
  std::string path;
  int descriptor{-1};
};

} // namespace nearshore
