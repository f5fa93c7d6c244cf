#include "output/hdf5_open.hpp"

#include "output/deflate_bound.hpp"
#include "output/hdf5_seal.hpp"
#include "output/hdf5_trial.hpp"

#include <filesystem>

namespace nearshore::hdf5 {
namespace {

void (*unsealed)(const std::string& path) = nullptr;

hsize_t size_of_file(hid_t object) {
  const Handle file = own(H5Iget_file_id(object), H5Fclose, "measure the file");
  hsize_t size = 0;
  check(H5Fget_filesize(file, &size), "measure the file");
  return size;
}

} // namespace

Handle open_to_read(const std::string& path, const std::string& allowed) {
  const auto refuse = [&](const std::string& why) {
    throw Error{ErrorKind::input, why, path, allowed};
  };
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code))
    refuse(std::filesystem::exists(path, code) ? "not a file" : "there is no such file");
  if (H5Fis_hdf5(path.c_str()) <= 0) refuse("not an HDF5 file");
  const auto seal = seal_of(path);
  if (seal == Seal::broken) refuse("the file is damaged: it was changed since it was written");
  if (seal == Seal::none) {
    if (unsealed != nullptr) unsealed(path);
    return open_on_trial(path);
  }
  const hid_t id = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  if (id < 0) refuse("the file is incomplete or damaged: HDF5 cannot open it");
  return {id, H5Fclose};
}

void tell_unsealed(void (*tell)(const std::string& path)) {
  unsealed = tell;
}

std::vector<hsize_t> shape_of(hid_t dataset) {
  const auto damaged = [](const char* why) {
    throw Error{ErrorKind::resource, std::string{"cannot read a shape: "} + why};
  };
  const Handle space = own(H5Dget_space(dataset), H5Sclose, "read a shape");
  const int rank = H5Sget_simple_extent_ndims(space);
  if (rank < 0 || H5Sis_simple(space) <= 0) damaged("it has no axes");
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  check(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "read a shape");
  const Handle type = own(H5Dget_type(dataset), H5Tclose, "read a type");
  const Handle creation = own(H5Dget_create_plist(dataset), H5Pclose, "read a shape");
  const bool packed = H5Pget_nfilters(creation) > 0;
  const hsize_t width = H5Tget_size(type);
  if (width == 0) damaged("its values have no size");
  hsize_t most = size_of_file(dataset) * (packed ? kMostFromAByte : 1) / width;
  for (const auto n : shape) {
    if (n == 0) return shape; // no value
    most /= n;
  }
  if (most == 0) damaged("more values than the file can hold");
  return shape;
}

std::size_t length_of(hid_t dataset) {
  const auto shape = shape_of(dataset);
  if (shape.size() != 1)
    throw Error{ErrorKind::resource, "a list has " + std::to_string(shape.size()) + " axes"};
  return shape[0];
}

void require_single(hid_t attribute) {
  const Handle space = own(H5Aget_space(attribute), H5Sclose, "read an attribute");
  if (H5Sget_simple_extent_npoints(space) != 1)
    throw Error{ErrorKind::resource, "cannot read an attribute: it is not one value"};
}

std::vector<std::string> read_texts(hid_t dataset) {
  std::vector<char*> starts(length_of(dataset), nullptr);
  if (starts.empty()) return {};
  const Handle type = text_type();
  const Handle stored = own(H5Dget_type(dataset), H5Tclose, "read labels");
  if (H5Tis_variable_str(stored) <= 0)
    throw Error{ErrorKind::resource, "labels are no texts of any length"};
  check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, starts.data()), "read labels");
  std::vector<std::string> texts;
  for (const char* start : starts)
    texts.emplace_back(start == nullptr ? "" : start);
  const Handle space = own(H5Dget_space(dataset), H5Sclose, "read labels");
  check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, starts.data()), "read labels");
  return texts;
}

} // namespace nearshore::hdf5
