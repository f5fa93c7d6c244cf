#pragma once
// A checksum behind the end of an HDF5 file, where HDF5 does not look. HDF5 1.10 keeps none of what
// these files hold, and may crash on a damaged one: what was changed is refused before HDF5 sees
// it.
#include <string>

namespace nearshore::hdf5 {

enum class Seal {
  none,  ///< written by an earlier version or another program
  whole, ///< the file is as it was when it was sealed
  broken ///< it is not
};

/// Appends the seal to a file that HDF5 has closed: 32 bytes (docs/output.md). Throws Error with
/// the kind of the system's reason.
void seal(const std::string& path);
/// Reads the whole file. Throws Error (kind resource) where it cannot be read.
Seal seal_of(const std::string& path);

} // namespace nearshore::hdf5
