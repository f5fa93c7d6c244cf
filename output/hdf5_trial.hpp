#pragma once
// HDF5 1.10 crashes on some damaged files, or reads beyond its memory without crashing. A file that
// nothing vouches for is therefore never opened by this process.
#include "output/hdf5_handle.hpp"

#include <string>

namespace nearshore::hdf5 {

/// Reads a file in a child process, which hands over what it found there (output/hdf5_parts.hpp),
/// and builds a file in memory from that. hdf5::lock() must be held. Throws Error: kind input with
/// what is wrong with the file, kind memory where it does not fit, another where no process can be
/// made.
Handle open_on_trial(const std::string& path);

} // namespace nearshore::hdf5
