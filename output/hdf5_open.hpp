#pragma once
// Opening an HDF5 file that somebody else may have damaged, and the sizes it may ask for.
#include "output/hdf5_handle.hpp"

#include <string>
#include <vector>

namespace nearshore::hdf5 {

/// Opens a file for reading, hdf5::lock() held. A sealed file (output/hdf5_seal.hpp) must be as it
/// was when it was sealed; one without a seal is read by a child process, and what is returned is a
/// file in memory with what that found (output/hdf5_trial.hpp). Throws Error (kind input): no file,
/// no HDF5, changed, or damaged; `allowed` says what would be right.
Handle open_to_read(const std::string& path, const std::string& allowed);

/// Called with the path of every file without a seal that is opened; nobody, if null. To be set
/// before files are opened.
void tell_unsealed(void (*tell)(const std::string& path));

/// Lengths of a dataset's axes. Throws Error (kind resource) where its values cannot be in the
/// file: nothing is allocated for a shape that a damaged file claims.
std::vector<hsize_t> shape_of(hid_t dataset);
/// The same of a list: one axis.
std::size_t length_of(hid_t dataset);
/// Throws Error (kind resource) unless an attribute is one value.
void require_single(hid_t attribute);

/// All texts of a list, and gives HDF5 its memory back. Throws Error (kind resource).
std::vector<std::string> read_texts(hid_t dataset);

} // namespace nearshore::hdf5
