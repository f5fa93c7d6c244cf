#include "output/trajectory_file.hpp"

#include "output/hdf5_seal.hpp"
#include "output/run_attributes.hpp"
#include "output/variable.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <limits>
#include <unistd.h>

namespace nearshore {
namespace {

using hdf5::check;
using hdf5::Handle;
using hdf5::own;

constexpr int kDeflateLevel = 1; // 2 and more cost time and save about a per cent here
constexpr hsize_t kTimeChunk = 64;
// What HDF5 may need while it creates a file's objects, and while it writes a month: with plenty to
// spare.
constexpr std::size_t kMemoryToCreate = std::size_t{32} << 20,
                      kMemoryToAppend = std::size_t{8} << 20;
constexpr std::size_t kMemoryStep = 1U << 12; // by which a file in memory grows

/// Dataset creation list: no times of creation (equal runs, equal bytes), attributes in the order
/// written.
Handle creation_list() {
  Handle list = own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "describe a dataset");
  check(H5Pset_obj_track_times(list, 0), "switch object times off");
  check(H5Pset_attr_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
        "order attributes");
  return list;
}

Handle create_dataset(hid_t file, std::string_view name, hid_t type, hid_t space, hid_t creation,
                      hid_t access = H5P_DEFAULT) {
  return own(
      H5Dcreate2(file, std::string{name}.c_str(), type, space, H5P_DEFAULT, creation, access),
      H5Dclose, "create a dataset");
}

/// One-dimensional, growing along time.
Handle create_time_series(hid_t file, const char* name, hid_t type) {
  const hsize_t none = 0, unlimited = H5S_UNLIMITED;
  const Handle space = own(H5Screate_simple(1, &none, &unlimited), H5Sclose, "describe time");
  const Handle creation = creation_list();
  check(H5Pset_chunk(creation, 1, &kTimeChunk), "set chunks");
  return create_dataset(file, name, type, space, creation);
}

void make_scale(hid_t dataset, std::string_view name) {
  check(H5DSset_scale(dataset, std::string{name}.c_str()), "make a dimension scale");
}

/// One-dimensional, of fixed length, with its values.
Handle create_labels(hid_t file, std::string_view name, hid_t file_type, hid_t memory_type,
                     std::size_t n, const void* values) {
  const hsize_t length = n;
  const Handle space = own(H5Screate_simple(1, &length, nullptr), H5Sclose, "describe labels");
  Handle dataset = create_dataset(file, name, file_type, space, creation_list());
  check(H5Dwrite(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write labels");
  return dataset;
}

Handle create_text_labels(hid_t file, std::string_view name,
                          const std::vector<std::string>& labels) {
  std::vector<const char*> starts;
  for (const auto& label : labels)
    starts.push_back(label.c_str());
  const Handle type = hdf5::text_type();
  return create_labels(file, name, type, type, starts.size(), starts.data());
}

void extend(hid_t dataset, std::vector<hsize_t> shape, hsize_t months) {
  shape[0] = months;
  check(H5Dset_extent(dataset, shape.data()), "extend a variable by a month");
}

/// Writes one block, `block` long along each axis, from `start` on.
void write_block(hid_t dataset, std::vector<hsize_t> start, const std::vector<hsize_t>& block,
                 hid_t type, const void* data) {
  start.resize(block.size(), 0);
  const Handle space = own(H5Dget_space(dataset), H5Sclose, "find the place of a month");
  check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, block.data(), nullptr),
        "find the place of a month");
  const Handle memory = own(H5Screate_simple(static_cast<int>(block.size()), block.data(), nullptr),
                            H5Sclose, "describe a month");
  check(H5Dwrite(dataset, type, memory, space, H5P_DEFAULT, data), "write a month");
}

/// Writes a whole chunk, packed, past HDF5's own filters.
void write_chunk(hid_t dataset, std::vector<hsize_t> start, std::size_t rank,
                 const ChunkPacker::Packed& chunk) {
  start.resize(rank, 0);
  check(H5Dwrite_chunk(dataset, H5P_DEFAULT, chunk.skipped, start.data(), chunk.bytes.size(),
                       chunk.bytes.data()),
        "write a month");
}

template <class T> void set_fill_value(hid_t creation, hid_t type) {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  check(H5Pset_fill_value(creation, type, &nan), "set the fill value");
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
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

TrajectoryFile::TrajectoryFile(const std::string& path, const RunDescription& description,
                               const SlabLayout& layout, FilePlace place)
    : place_on_disk(path), slabs(layout), ensemble(description.ensemble), packer(kDeflateLevel) {
  if (place == FilePlace::disk) disk.emplace(path);
  require_memory(kMemoryToCreate);
  const auto held = hdf5::lock();
  if (disk) disk->extend(0, description.configuration.size());
  const Handle access = own(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "describe a file");
  if (!disk) check(H5Pset_fapl_core(access, kMemoryStep, 0), "keep a file in memory");
  const Handle creation = own(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "describe a file");
  constexpr unsigned kOrdered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  check(H5Pset_link_creation_order(creation, kOrdered), "order variables");
  check(H5Pset_attr_creation_order(creation, kOrdered), "order attributes");
  check(H5Pset_obj_track_times(creation, 0), "switch object times off");
  file = own(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose, "create the file");
  write_run_attributes(description);
  if (ensemble) create_ensemble_axes();
  create_time();
  create_scales(description.reporting);
  create_variables(description.reporting);
}

void TrajectoryFile::write_run_attributes(const RunDescription& d) {
  for (const auto& attribute : run_attributes(d)) {
    const auto* name = attribute.name.c_str();
    if (const auto* number = std::get_if<std::int64_t>(&attribute.value))
      hdf5::write_attribute(file, name, *number);
    else if (attribute.any_length)
      hdf5::write_long_attribute(file, name, std::get<std::string>(attribute.value));
    else
      hdf5::write_attribute(file, name, std::get<std::string>(attribute.value));
  }
}

void TrajectoryFile::create_ensemble_axes() {
  if (!ensemble->policies.empty()) {
    leading.push_back(create_text_labels(file, ensemble->axis, ensemble->policies));
    make_scale(leading.back(), ensemble->axis);
    hdf5::write_attribute(leading.back(), "long_name", ensemble->meaning);
  }
  leading.push_back(create_labels(file, "seed", H5T_STD_I64LE, H5T_NATIVE_INT64,
                                  ensemble->seeds.size(), ensemble->seeds.data()));
  make_scale(leading.back(), "seed");
  hdf5::write_attribute(leading.back(), "long_name", "random seed of the run");
}

void TrajectoryFile::create_time() {
  if (ensemble) { // known beforehand; an axis that grows must be the first
    std::vector<std::int32_t> days;
    std::vector<std::string> months_as_text;
    for (std::size_t t = 0; t < ensemble->months; ++t) {
      const Month month = ensemble->first + static_cast<int>(t);
      days.push_back(days_since_2000(month));
      months_as_text.push_back(month.text());
    }
    time = create_labels(file, "time", H5T_STD_I32LE, H5T_NATIVE_INT32, days.size(), days.data());
    month_text = create_text_labels(file, "month", months_as_text);
  } else {
    time = create_time_series(file, "time", H5T_STD_I32LE);
    month_text = create_time_series(file, "month", hdf5::text_type());
  }
  make_scale(time, "time");
  hdf5::write_attribute(time, "units", std::string{kTimeUnits});
  hdf5::write_attribute(time, "calendar", "proleptic_gregorian");
  hdf5::write_attribute(time, "standard_name", "time");
  hdf5::write_attribute(time, "long_name", "first day of the month");
  hdf5::write_attribute(month_text, "long_name", "month");
  check(H5DSattach_scale(month_text, time, 0), "attach the time axis");
}

void TrajectoryFile::create_scales(const Reporting& reporting) {
  for (const auto& d : dimensions()) {
    scales.push_back(create_text_labels(file, d.name, d.labels(reporting)));
    make_scale(scales.back(), d.name);
    hdf5::write_attribute(scales.back(), "long_name", std::string{d.meaning});
  }
}

void TrajectoryFile::create_variables(const Reporting& reporting) {
  const auto list = dimensions();
  for (const auto& v : variables()) {
    std::vector<hsize_t> chunk(leading.size() + 1, 1);
    for (const auto d : v.dims)
      chunk.push_back(dimension(d).labels(reporting).size());
    auto extent = chunk, limit = chunk;
    extent[0] = 0;
    limit[0] = H5S_UNLIMITED;
    if (ensemble) {
      if (leading.size() == 2) extent[0] = ensemble->policies.size();
      extent[leading.size() - 1] = ensemble->seeds.size();
      extent[leading.size()] = ensemble->months;
      limit = extent;
    }
    const auto rank = static_cast<int>(chunk.size());
    const Handle space =
        own(H5Screate_simple(rank, extent.data(), limit.data()), H5Sclose, "describe a variable");
    const Handle creation = creation_list();
    check(H5Pset_chunk(creation, rank, chunk.data()), "set chunks");
    check(H5Pset_shuffle(creation), "set compression");
    check(H5Pset_deflate(creation, static_cast<unsigned>(kDeflateLevel)), "set compression");
    const bool wide = v.storage == Storage::float64;
    const hid_t type = wide ? H5T_IEEE_F64LE : H5T_IEEE_F32LE;
    wide ? set_fill_value<double>(creation, type) : set_fill_value<float>(creation, type);
    // A chunk is written once and whole: caching more than one would only hold memory.
    const Handle access = own(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, "describe a variable");
    const std::size_t bytes = slab_size(v, reporting) * (wide ? sizeof(double) : sizeof(float));
    check(H5Pset_chunk_cache(access, 1, bytes, 1.0), "set the cache");

    Handle dataset = create_dataset(file, v.name, type, space, creation, access);
    wide ? write_fill_attribute<double>(dataset, type) : write_fill_attribute<float>(dataset, type);
    hdf5::write_attribute(dataset, "units", std::string{v.unit});
    hdf5::write_attribute(dataset, "long_name", std::string{v.meaning});
    hdf5::write_attribute(dataset, "coordinates", "month");
    unsigned axis = 0;
    for (const auto& scale : leading)
      check(H5DSattach_scale(dataset, scale, axis++), "attach an axis");
    check(H5DSattach_scale(dataset, time, axis++), "attach the time axis");
    for (std::size_t i = 0; i < v.dims.size(); ++i) {
      const auto at = std::find_if(list.begin(), list.end(),
                                   [&](const Dimension& d) { return d.name == v.dims[i]; });
      const auto scale = static_cast<std::size_t>(at - list.begin());
      check(H5DSattach_scale(dataset, scales.at(scale), axis++), "attach an axis");
    }
    datasets.push_back(std::move(dataset));
    chunk_shapes.push_back(std::move(chunk));
  }
}

/// Indices of a month along the first axes.
std::vector<hsize_t> TrajectoryFile::place_of(const MonthSlab& slab) const {
  if (!ensemble) return {months};
  const std::size_t seeds = ensemble->seeds.size();
  std::vector<hsize_t> place;
  if (leading.size() == 2) place.push_back(slab.run / seeds);
  place.push_back(slab.run % seeds);
  place.push_back(static_cast<hsize_t>(slab.month - ensemble->first));
  return place;
}

void TrajectoryFile::append_time(const MonthSlab& slab) {
  const std::int32_t days = days_since_2000(slab.month);
  const std::string text = slab.month.text();
  const char* start = text.c_str();
  extend(time, {1}, months + 1);
  write_block(time, {months}, {1}, H5T_NATIVE_INT32, &days);
  extend(month_text, {1}, months + 1);
  write_block(month_text, {months}, {1}, hdf5::text_type(), &start);
}

hsize_t TrajectoryFile::size_now() const {
  hsize_t size = 0;
  check(H5Fget_filesize(file, &size), "measure the file");
  return size;
}

void TrajectoryFile::append(const MonthSlab& slab) {
  require_memory(kMemoryToAppend + slab.values.size() * sizeof(double));
  const auto held = hdf5::lock();
  if (disk) disk->extend(size_now(), slab.values.size() * sizeof(double));
  if (!ensemble) append_time(slab);
  const auto list = variables();
  const auto place = place_of(slab);
  for (std::size_t v = 0; v < list.size(); ++v) {
    if (!ensemble) extend(datasets[v], chunk_shapes[v], months + 1);
    const std::span values{slab.values.data() + slabs.offset(v), slabs.length(v)};
    if (list[v].storage == Storage::float64) {
      write_chunk(datasets[v], place, chunk_shapes[v].size(),
                  packer.pack(std::as_bytes(values), sizeof(double)));
      continue;
    }
    narrow.resize(values.size());
    std::transform(values.begin(), values.end(), narrow.begin(),
                   [](double x) { return static_cast<float>(x); });
    write_chunk(datasets[v], place, chunk_shapes[v].size(),
                packer.pack(std::as_bytes(std::span{narrow}), sizeof(float)));
  }
  ++months;
}

void TrajectoryFile::close_datasets() {
  datasets.clear();
  scales.clear();
  leading.clear();
  month_text = {};
  time = {};
}

void TrajectoryFile::write_table(const FileTable& table) {
  const Handle group =
      own(H5Gcreate2(file, table.group.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
          "create a group");
  for (const auto& [name, text] : table.attributes)
    hdf5::write_attribute(group, name.c_str(), text);
  const Handle axis = create_text_labels(group, table.axis, table.labels);
  make_scale(axis, table.axis);
  for (const auto& column : table.columns) {
    const Handle values = create_labels(group, column.name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                                        column.values.size(), column.values.data());
    hdf5::write_attribute(values, "long_name", column.meaning);
    check(H5DSattach_scale(values, axis, 0), "attach an axis");
  }
}

void TrajectoryFile::finish(const RunInfo& info) {
  require_memory(kMemoryToAppend);
  const auto held = hdf5::lock();
  for (const auto& table : info.tables)
    write_table(table);
  Handle run = own(H5Gcreate2(file, "run", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
                   "create the group /run");
  hdf5::write_attribute(run, "threads", std::int64_t{info.threads});
  if (info.jobs > 0) hdf5::write_attribute(run, "jobs", std::int64_t{info.jobs});
  hdf5::write_attribute(run, "wall_seconds", info.wall_seconds);
  hdf5::write_attribute(run, "firm_months_per_second", info.firm_months_per_second);
  hdf5::write_attribute(run, "host", info.host.empty() ? host_name() : info.host);
  if (!info.started.empty()) hdf5::write_attribute(run, "started", info.started);
  if (!info.past.empty())
    hdf5::write_attribute(run, "branches", static_cast<std::int64_t>(info.past.size()));
  for (std::size_t i = 0; i < info.past.size(); ++i) {
    const auto name = [&](const char* what) { return fmt::format("branch_{}_{}", i + 1, what); };
    hdf5::write_attribute(run, name("after").c_str(), info.past[i].until);
    hdf5::write_long_attribute(run, name("configuration_before").c_str(),
                               info.past[i].configuration);
  }
  check(H5Fflush(file, H5F_SCOPE_LOCAL), "write the file");
  finished_bytes = size_now();
  if (!run.close()) hdf5::fail("write the file");
  close_datasets();
  if (!file.close()) hdf5::fail("write the file");
  if (!disk) return;
  hdf5::seal(place_on_disk); // in what is reserved
  disk->release();
}

void TrajectoryFile::abandon() noexcept {
  const auto held = hdf5::lock();
  close_datasets();
  (void)file.close();
}

} // namespace nearshore
