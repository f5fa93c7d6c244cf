#include "output/sweep/labelled_file.hpp"

#include "output/hdf5_seal.hpp"
#include "output/variable.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace nearshore {
namespace {

using hdf5::check;
using hdf5::Handle;
using hdf5::own;

constexpr unsigned kOrdered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr unsigned kDeflateLevel = 1;
constexpr std::uint64_t kOfVariable = 64 * 1024; // heads and indices, with plenty to spare

Handle creation_list() {
  Handle list = own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "describe a dataset");
  check(H5Pset_obj_track_times(list, 0), "switch object times off");
  check(H5Pset_attr_creation_order(list, kOrdered), "order attributes");
  return list;
}

Handle write_list(hid_t where, const std::string& name, hid_t type, hid_t memory, std::size_t n,
                  const void* values) {
  const hsize_t length = n;
  const Handle space = own(H5Screate_simple(1, &length, nullptr), H5Sclose, "describe labels");
  Handle dataset =
      own(H5Dcreate2(where, name.c_str(), type, space, H5P_DEFAULT, creation_list(), H5P_DEFAULT),
          H5Dclose, "create labels");
  if (n > 0)
    check(H5Dwrite(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write labels");
  return dataset;
}

Handle write_texts(hid_t where, const std::string& name, const std::vector<std::string>& texts) {
  std::vector<const char*> starts;
  for (const auto& text : texts)
    starts.push_back(text.c_str());
  const Handle type = hdf5::text_type();
  return write_list(where, name, type, type, starts.size(), starts.data());
}

template <class T> void mark_absent(hid_t creation, hid_t type) {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  check(H5Pset_fill_value(creation, type, &nan), "set the fill value");
}

/// As netCDF writes it: one element, of the variable's type.
template <class T> void write_fill_attribute(hid_t dataset, hid_t type) {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const hsize_t one = 1;
  const Handle space = own(H5Screate_simple(1, &one, nullptr), H5Sclose, "describe a value");
  const Handle attribute =
      own(H5Acreate2(dataset, "_FillValue", type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
          "create an attribute");
  check(H5Awrite(attribute, type, &nan), "write an attribute");
}

} // namespace

LabelledFile::LabelledFile(const std::string& path) : name_of_file(path), disk(path) {
  disk.extend(0, 1 << 20);
  const Handle creation = own(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "describe a file");
  check(H5Pset_link_creation_order(creation, kOrdered), "order variables");
  check(H5Pset_attr_creation_order(creation, kOrdered), "order attributes");
  check(H5Pset_obj_track_times(creation, 0), "switch object times off");
  file = own(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, H5P_DEFAULT), H5Fclose,
             "create the file");
}

void LabelledFile::attribute(const char* name, const std::string& text) {
  hdf5::write_long_attribute(file, name, text);
}

const LabelledFile::Axis& LabelledFile::find(const std::string& name) const {
  const auto at =
      std::find_if(axes.begin(), axes.end(), [&](const Axis& a) { return a.name == name; });
  if (at == axes.end()) throw Error{ErrorKind::internal, "the file has no axis " + name};
  return *at;
}

void LabelledFile::add_axis(const std::string& name, std::size_t length, Handle dataset,
                            const std::string& meaning) {
  check(H5DSset_scale(dataset, name.c_str()), "make a dimension scale");
  hdf5::write_attribute(dataset, "long_name", meaning);
  axes.push_back({name, length, std::move(dataset)});
}

void LabelledFile::axis(const std::string& name, const std::vector<std::string>& labels,
                        const std::string& meaning) {
  add_axis(name, labels.size(), write_texts(file, name, labels), meaning);
}

void LabelledFile::axis(const std::string& name, const std::vector<std::int64_t>& numbers,
                        const std::string& meaning) {
  add_axis(name, numbers.size(),
           write_list(file, name, H5T_STD_I64LE, H5T_NATIVE_INT64, numbers.size(), numbers.data()),
           meaning);
}

void LabelledFile::axis(const std::string& name, const std::vector<double>& numbers,
                        const std::string& meaning) {
  add_axis(
      name, numbers.size(),
      write_list(file, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, numbers.size(), numbers.data()),
      meaning);
}

void LabelledFile::time_axis(const std::vector<int>& days, const std::vector<std::string>& months) {
  add_axis("time", days.size(),
           write_list(file, "time", H5T_STD_I32LE, H5T_NATIVE_INT, days.size(), days.data()),
           "first day of the month");
  const auto& time = axes.back().dataset;
  hdf5::write_attribute(time, "units", std::string{kTimeUnits});
  hdf5::write_attribute(time, "calendar", "proleptic_gregorian");
  hdf5::write_attribute(time, "standard_name", "time");
  const Handle text = write_texts(file, "month", months);
  hdf5::write_attribute(text, "long_name", "month");
  check(H5DSattach_scale(text, time, 0), "attach the time axis");
}

std::size_t LabelledFile::variable(const Variable& v) {
  std::vector<hsize_t> shape, chunk;
  for (std::size_t a = 0; a < v.axes.size(); ++a) {
    shape.push_back(find(v.axes[a]).length);
    chunk.push_back(a < v.chunk_from ? 1 : std::max<hsize_t>(1, shape.back()));
  }
  const auto rank = static_cast<int>(shape.size());
  const Handle space =
      own(H5Screate_simple(rank, shape.data(), nullptr), H5Sclose, "describe a variable");
  const Handle creation = creation_list();
  hsize_t size = 0;
  check(H5Fget_filesize(file, &size), "measure the file");
  std::uint64_t values = 1;
  for (const auto n : shape)
    values *= n;
  const std::uint64_t width = v.wide ? sizeof(double) : sizeof(float);
  disk.extend(size, kOfVariable + (v.chunk_from > 0 ? 0 : values * width));
  const Handle access = own(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, "describe a variable");
  if (v.chunk_from > 0) {
    check(H5Pset_chunk(creation, rank, chunk.data()), "set chunks");
    check(H5Pset_shuffle(creation), "set compression");
    check(H5Pset_deflate(creation, kDeflateLevel), "set compression");
    // A chunk is written once and whole: caching more than one would only hold memory.
    const std::uint64_t bytes =
        std::accumulate(chunk.begin(), chunk.end(), width, [](auto a, auto b) { return a * b; });
    check(H5Pset_chunk_cache(access, 1, bytes, 1.0), "set the cache");
  }
  const hid_t type = v.wide ? H5T_IEEE_F64LE : H5T_IEEE_F32LE;
  v.wide ? mark_absent<double>(creation, type) : mark_absent<float>(creation, type);
  const Handle group = v.in_run_group ? run_group() : Handle{};
  Handle dataset = own(H5Dcreate2(v.in_run_group ? hid_t{group} : hid_t{file}, v.name.c_str(), type,
                                  space, H5P_DEFAULT, creation, access),
                       H5Dclose, "create a variable");
  v.wide ? write_fill_attribute<double>(dataset, type) : write_fill_attribute<float>(dataset, type);
  hdf5::write_attribute(dataset, "units", v.unit);
  hdf5::write_attribute(dataset, "long_name", v.meaning);
  if (!v.coordinates.empty()) hdf5::write_attribute(dataset, "coordinates", v.coordinates);
  for (unsigned a = 0; a < v.axes.size(); ++a)
    check(H5DSattach_scale(dataset, find(v.axes[a]).dataset, a), "attach an axis");
  datasets.push_back(std::move(dataset));
  return datasets.size() - 1;
}

void LabelledFile::write(std::size_t variable, const std::vector<std::size_t>& start,
                         const std::vector<std::size_t>& block, std::span<const double> values) {
  hsize_t size = 0;
  check(H5Fget_filesize(file, &size), "measure the file");
  disk.extend(size, values.size_bytes());
  const std::vector<hsize_t> from(start.begin(), start.end()), length(block.begin(), block.end());
  const Handle space = own(H5Dget_space(datasets.at(variable)), H5Sclose, "find a place");
  check(H5Sselect_hyperslab(space, H5S_SELECT_SET, from.data(), nullptr, length.data(), nullptr),
        "find a place");
  const Handle memory =
      own(H5Screate_simple(static_cast<int>(length.size()), length.data(), nullptr), H5Sclose,
          "describe a block");
  check(H5Dwrite(datasets[variable], H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, values.data()),
        "write a block");
}

Handle LabelledFile::run_group() {
  if (H5Lexists(file, "run", H5P_DEFAULT) > 0)
    return own(H5Gopen2(file, "run", H5P_DEFAULT), H5Gclose, "open the group /run");
  return own(H5Gcreate2(file, "run", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
             "create the group /run");
}

void LabelledFile::run_attribute(const char* name, const std::string& text) {
  hdf5::write_long_attribute(run_group(), name, text);
}

void LabelledFile::run_attribute(const char* name, double value) {
  hdf5::write_attribute(run_group(), name, value);
}

void LabelledFile::close() {
  datasets.clear();
  axes.clear();
  check(H5Fflush(file, H5F_SCOPE_LOCAL), "write the file");
  if (!file.close()) hdf5::fail("write the file");
  hdf5::seal(name_of_file);
  disk.release();
}

void LabelledFile::abandon() noexcept {
  datasets.clear();
  axes.clear();
  (void)file.close();
}

} // namespace nearshore
