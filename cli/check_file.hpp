#pragma once
// Is a file of results whole, and with what was it made?
#include <string>

namespace nearshore {

/// Whether a file begins as HDF5 files do.
bool is_hdf5(const std::string& path);

/// Says on standard output what can be told of a file without running it again; the exit status.
/// Throws Error (kind input) where it was changed, or is no file of this program.
int check_file(const std::string& path, bool quiet);

} // namespace nearshore
