#pragma once
// HDF5 1.10 crashes on some damaged files. A file that nothing vouches for is read by a child
// process first.
#include <string>

namespace nearshore::hdf5 {

/// Walks through a file in a child process and reads every attribute and value. What ended it, in
/// words; empty if it came to the end: errors that HDF5 reports are not its concern. hdf5::lock()
/// must be held. Throws Error where no process can be made.
std::string fault_in_reading(const std::string& path);

} // namespace nearshore::hdf5
