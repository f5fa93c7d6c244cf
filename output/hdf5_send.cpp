// The half of the trial that HDF5 may end: everything that a damaged file does to it is done here.
#include "output/hdf5_open.hpp"
#include "output/hdf5_parts.hpp"

#include <hdf5_hl.h>

#include <array>

namespace nearshore::hdf5 {
namespace {

constexpr hsize_t kMostAtOnce = hsize_t{1} << 30; // bytes of values that are read together

/// A visit of HDF5's may not be left by an exception: it ends with what was thrown.
struct Visit {
  PartWriter& out;
  std::string object; ///< the one whose attributes are listed
  std::string fault;
};

template <class Do> herr_t guarded(Visit& visit, const std::string& where, Do what) {
  try {
    what();
    return 0;
  } catch (const Error& e) {
    if (visit.fault.empty())
      visit.fault = "at '" + where + "': " + e.what_is_wrong; // the innermost
    return -1;
  }
}

/// Reads through `read(type, to)`, then sends `announce()` and the values: a fault in reading
/// leaves no part that is half sent.
template <class Announce, class Read>
void send_values(PartWriter& out, const PartType& as, hsize_t count, hid_t memory,
                 Announce announce, Read read) {
  const Handle type = hdf5_type(as);
  const auto width = static_cast<hsize_t>(H5Tget_size(type));
  if (count > kMostAtOnce / width) throw Error{ErrorKind::resource, "too many values at once"};
  const auto n = static_cast<std::size_t>(count);
  if (as.kind != PartType::text) {
    std::vector<char> values(n * width);
    if (n > 0) check(read(type, values.data()), "read values");
    announce();
    return out.bytes(values.data(), values.size());
  }
  std::vector<char*> starts(n, nullptr);
  if (n > 0) check(read(type, starts.data()), "read texts");
  announce();
  for (const char* start : starts)
    out.text(start == nullptr ? "" : start);
  if (n > 0) H5Dvlen_reclaim(type, memory, H5P_DEFAULT, starts.data());
}

herr_t send_attribute(hid_t object, const char* name, const H5A_info_t*, void* data) {
  auto& visit = *static_cast<Visit*>(data);
  if (belongs_to_scales(name)) return 0;
  const auto on = visit.object == "." ? std::string{} : visit.object + "', ";
  return guarded(visit, on + "attribute '" + name, [&] {
    const Handle attribute = own(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, "open it");
    const Handle type = own(H5Aget_type(attribute), H5Tclose, "read a type");
    const Handle space = own(H5Aget_space(attribute), H5Sclose, "read a shape");
    const int rank = H5Sget_simple_extent_ndims(space);
    const auto count = H5Sget_simple_extent_npoints(space);
    if (rank < 0 || count < 0) throw Error{ErrorKind::resource, "it has no axes"};
    std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
    check(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "read a shape");
    const auto as = part_type_of(type);
    const auto announce = [&] {
      visit.out.letter('a');
      visit.out.text(visit.object);
      visit.out.text(name);
      visit.out.type(as);
      visit.out.shape(shape);
    };
    send_values(visit.out, as, static_cast<hsize_t>(count), space, announce,
                [&](hid_t t, void* to) { return H5Aread(attribute, t, to); });
  });
}

/// Values of other files are none of this file's.
void require_own_values(hid_t dataset) {
  const Handle creation = own(H5Dget_create_plist(dataset), H5Pclose, "read a layout");
  if (H5Pget_layout(creation) == H5D_VIRTUAL || H5Pget_external_count(creation) != 0)
    throw Error{ErrorKind::resource, "its values are in another file"};
}

/// One place along the first axis at a time; lists whole.
void send_dataset(PartWriter& out, const std::string& name, hid_t dataset) {
  require_own_values(dataset);
  const auto shape = shape_of(dataset);
  const Handle type = own(H5Dget_type(dataset), H5Tclose, "read a type");
  const Handle space = own(H5Dget_space(dataset), H5Sclose, "read a shape");
  const auto as = part_type_of(type);
  out.letter('d');
  out.text(name);
  out.type(as);
  out.shape(shape);
  if (H5Sget_simple_extent_npoints(space) <= 0) return;
  const bool by_place = shape.size() > 1;
  auto block = shape;
  std::vector<hsize_t> start(shape.size(), 0);
  if (by_place) block[0] = 1;
  hsize_t count = 1;
  for (const auto n : block)
    count *= n;
  const Handle memory = own(H5Screate_simple(static_cast<int>(block.size()), block.data(), nullptr),
                            H5Sclose, "describe");
  for (hsize_t at = 0; at < (by_place ? shape[0] : 1); ++at) {
    if (by_place) {
      start[0] = at;
      check(
          H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, block.data(), nullptr),
          "select a block");
    }
    const auto announce = [&] {
      out.letter('V');
      out.text(name);
    };
    send_values(out, as, count, memory, announce, [&](hid_t t, void* to) {
      return H5Dread(dataset, t, memory, space, H5P_DEFAULT, to);
    });
  }
}

herr_t send_object(hid_t file, const char* name, const H5O_info_t*, void* data) {
  auto& visit = *static_cast<Visit*>(data);
  return guarded(visit, std::string_view{name} == "." ? "/" : name, [&] {
    const Handle object = own(H5Oopen(file, name, H5P_DEFAULT), H5Oclose, "open it");
    visit.object = name;
    if (H5Iget_type(object) == H5I_DATASET) {
      send_dataset(visit.out, name, object);
    } else if (H5Iget_type(object) == H5I_GROUP) {
      visit.out.letter('g');
      visit.out.text(name);
    } else {
      throw Error{ErrorKind::resource, "neither a group nor a variable"};
    }
    if (H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, send_attribute, &visit) < 0)
      fail("list attributes");
  });
}

struct Axis {
  Visit& visit;
  unsigned number;
};

herr_t send_axis(hid_t, unsigned, hid_t scale, void* data) {
  const auto& axis = *static_cast<Axis*>(data);
  std::array<char, 1024> name{};
  const auto length = H5Iget_name(scale, name.data(), name.size());
  if (length <= 0 || static_cast<std::size_t>(length) >= name.size()) return 0;
  axis.visit.out.letter('x');
  axis.visit.out.text(axis.visit.object);
  axis.visit.out.number(axis.number);
  axis.visit.out.text(name.data());
  return 0;
}

herr_t send_label(hid_t file, const char* name, const H5O_info_t*, void* data) {
  auto& visit = *static_cast<Visit*>(data);
  return guarded(visit, name, [&] {
    const Handle object = own(H5Oopen(file, name, H5P_DEFAULT), H5Oclose, "open it");
    if (H5Iget_type(object) != H5I_DATASET || H5DSis_scale(object) <= 0) return;
    std::array<char, 1024> label{};
    const auto length = H5DSget_scale_name(object, label.data(), label.size());
    visit.out.letter('s');
    visit.out.text(name);
    visit.out.text(length > 0 ? label.data() : "");
  });
}

herr_t send_axes(hid_t file, const char* name, const H5O_info_t*, void* data) {
  auto& visit = *static_cast<Visit*>(data);
  return guarded(visit, name, [&] {
    const Handle object = own(H5Oopen(file, name, H5P_DEFAULT), H5Oclose, "open it");
    if (H5Iget_type(object) != H5I_DATASET || H5DSis_scale(object) > 0) return;
    visit.object = name;
    const auto rank = static_cast<unsigned>(shape_of(object).size());
    for (unsigned axis = 0; axis < rank; ++axis) {
      Axis of{visit, axis};
      if (H5DSget_num_scales(object, axis) > 0)
        H5DSiterate_scales(object, axis, nullptr, send_axis, &of);
    }
  });
}

} // namespace

void send_file(const std::string& path, PartWriter& to) {
  Visit visit{to, {}, {}};
  try {
    const Handle file =
        own(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open it");
    for (const auto visitor : {send_object, send_label, send_axes}) // scales before what has them
      if (H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, visitor, &visit, H5O_INFO_BASIC) < 0) {
        if (visit.fault.empty()) fail("list what it holds");
        throw Error{ErrorKind::resource, visit.fault};
      }
    to.letter('.');
  } catch (const Error& e) {
    to.letter('!');
    to.text(e.what_is_wrong);
  }
  to.flush();
}

} // namespace nearshore::hdf5
