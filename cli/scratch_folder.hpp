#pragma once
// A folder for files that are looked at and thrown away.
#include <string>

namespace nearshore {

/// Made under TMPDIR and removed with all that is in it. Throws Error (kind resource).
class ScratchFolder {
public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string path;
};

} // namespace nearshore
