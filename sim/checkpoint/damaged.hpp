#pragma once
#include "policy/error.hpp"

namespace nearshore {

/// A checkpoint or its records that cannot be trusted: cut off, changed, or something else.
struct DamagedFile : Error {
  DamagedFile(const std::string& path, const std::string& why)
      : Error(ErrorKind::input, "damaged: " + why, path,
              "a checkpoint as `nearshore run --checkpoint-every` wrote it") {}
};

} // namespace nearshore
