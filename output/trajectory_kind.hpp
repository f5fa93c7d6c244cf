#pragma once
// What HDF5 files may be written over.
#include "sim/checkpoint/written_file.hpp"

namespace nearshore {

/// Any HDF5 file; `name` is what messages call it.
inline FileKind hdf5_kind(std::string name = "trajectory") {
  return beginning_with("\x89HDF\r\n\x1a\n", std::move(name));
}

} // namespace nearshore
