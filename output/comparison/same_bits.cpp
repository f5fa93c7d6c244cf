#include "output/comparison/same_bits.hpp"

#include "output/hdf5_open.hpp"
#include "output/trajectory_reader.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

namespace nearshore {
namespace {

using hdf5::check;
using hdf5::Handle;
using hdf5::own;

/// Addresses inside a file; what they stand for is compared as names of axes.
const std::set<std::string> kAddresses{"DIMENSION_LIST", "REFERENCE_LIST"};

/// Which program wrote a file.
const std::set<std::string> kProgram{"git_commit", "program_version"};

/// Values as they are stored: bytes, or texts of any length.
struct Values {
  std::vector<std::string> texts;
  std::vector<char> bytes;
  std::size_t size{0}; ///< of one value in bytes
  bool operator==(const Values&) const = default;
  [[nodiscard]] std::size_t count() const { return size == 0 ? texts.size() : bytes.size() / size; }
};

std::size_t places(hid_t space) {
  const auto n = H5Sget_simple_extent_npoints(space);
  if (n < 0) hdf5::fail("read a shape");
  return static_cast<std::size_t>(n);
}

/// Values whose bytes are the value: no pointers to more of them.
void require_plain(hid_t type) {
  const auto kind = H5Tget_class(type);
  if (kind == H5T_VLEN || kind == H5T_COMPOUND || kind == H5T_ARRAY || kind == H5T_NO_CLASS)
    throw Error{ErrorKind::resource, "values of a kind that no trajectory holds"};
}

/// Reads through `read(type, to)`, whatever holds the values.
template <class Read> Values read_values(hid_t type, hid_t space, Read read) {
  Values v;
  const std::size_t n = places(space);
  require_plain(type);
  if (H5Tis_variable_str(type) > 0) {
    std::vector<char*> starts(n, nullptr);
    check(read(starts.data()), "read texts");
    for (const char* start : starts)
      v.texts.emplace_back(start == nullptr ? "" : start);
    check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, starts.data()), "read texts");
    return v;
  }
  v.size = H5Tget_size(type);
  v.bytes.resize(n * v.size);
  if (n > 0) check(read(v.bytes.data()), "read values");
  return v;
}

Values attribute_values(hid_t attribute) {
  const Handle type = own(H5Aget_type(attribute), H5Tclose, "read an attribute");
  const Handle space = own(H5Aget_space(attribute), H5Sclose, "read an attribute");
  return read_values(type, space, [&](void* to) { return H5Aread(attribute, type, to); });
}

std::vector<std::string> attribute_names(hid_t object) {
  std::vector<std::string> names;
  const auto visit = [](hid_t, const char* name, const H5A_info_t*, void* out) -> herr_t {
    static_cast<std::vector<std::string>*>(out)->emplace_back(name);
    return 0;
  };
  check(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, visit, &names), "list attributes");
  return names;
}

/// Names of everything in a file outside /run, "/" for the file itself.
std::set<std::string> objects(hid_t file) {
  std::set<std::string> names;
  const auto visit = [](hid_t, const char* name, const H5O_info_t*, void* out) -> herr_t {
    const std::string path = name;
    if (path.substr(0, path.find('/')) != "run")
      static_cast<std::set<std::string>*>(out)->insert(path == "." ? "/" : path);
    return 0;
  };
  check(H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, visit, &names, H5O_INFO_BASIC),
        "list what a file holds");
  return names;
}

std::vector<std::string> axes(hid_t dataset, unsigned rank) {
  std::vector<std::string> names;
  const auto visit = [](hid_t, unsigned, hid_t scale, void* out) -> herr_t {
    std::string name(256, '\0');
    const auto length = H5Iget_name(scale, name.data(), name.size());
    if (length <= 0) return -1;
    name.resize(std::min<std::size_t>(static_cast<std::size_t>(length), name.size()));
    static_cast<std::vector<std::string>*>(out)->push_back(name);
    return 0;
  };
  for (unsigned axis = 0; axis < rank; ++axis) {
    names.emplace_back("axis");
    if (H5DSis_scale(dataset) <= 0 && H5DSget_num_scales(dataset, axis) > 0)
      H5DSiterate_scales(dataset, axis, nullptr, visit, &names);
  }
  return names;
}

class Comparer {
public:
  Comparer(hid_t first, hid_t second, std::size_t limit, Program p, BitDifferences& found)
      : a(first), b(second), most(limit), program(p), out(found) {}

  void run() {
    const auto mine = objects(a), theirs = objects(b);
    for (const auto& name : mine)
      if (theirs.count(name) == 0) differs(name + " is in the first file only");
    for (const auto& name : theirs)
      if (mine.count(name) == 0) differs(name + " is in the second file only");
    for (const auto& name : mine)
      if (theirs.count(name) > 0 && out.found.size() < most) compare(name);
  }

private:
  hid_t a, b;
  std::size_t most;
  Program program;
  BitDifferences& out;

  void differs(const std::string& what) {
    if (out.found.size() < most) out.found.push_back(what);
  }

  void compare(const std::string& name) {
    const Handle x = own(H5Oopen(a, name.c_str(), H5P_DEFAULT), H5Oclose, "open an object");
    const Handle y = own(H5Oopen(b, name.c_str(), H5P_DEFAULT), H5Oclose, "open an object");
    ++out.objects;
    if (H5Iget_type(x) != H5Iget_type(y))
      return differs(name + ": a variable in one, a group in the other");
    compare_attributes(name, x, y);
    if (H5Iget_type(x) == H5I_DATASET) compare_values(name, x, y);
  }

  void compare_attributes(const std::string& name, hid_t x, hid_t y) {
    const auto mine = attribute_names(x), theirs = attribute_names(y);
    if (mine != theirs)
      return differs(name + ": attributes " + join(mine) + " and " + join(theirs));
    for (const auto& key : mine) {
      if (kAddresses.count(key) > 0) continue;
      if (program == Program::left_out && kProgram.count(key) > 0) continue;
      const Handle p = own(H5Aopen(x, key.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
      const Handle q = own(H5Aopen(y, key.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
      if (!(attribute_values(p) == attribute_values(q)))
        differs(name + ": attribute " + key + " differs");
    }
  }

  /// One place along the first axis at a time, so that memory does not grow with the seeds.
  static Values slice(hid_t dataset, std::vector<hsize_t> block, hsize_t at) {
    const Handle type = own(H5Dget_type(dataset), H5Tclose, "read a variable");
    const Handle space = own(H5Dget_space(dataset), H5Sclose, "read a variable");
    std::vector<hsize_t> start(block.size(), 0);
    if (!block.empty()) {
      start[0] = at;
      block[0] = 1;
      check(
          H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, block.data(), nullptr),
          "read a variable");
    }
    const Handle memory =
        block.empty() ? own(H5Screate(H5S_SCALAR), H5Sclose, "read a variable")
                      : own(H5Screate_simple(static_cast<int>(block.size()), block.data(), nullptr),
                            H5Sclose, "read a variable");
    return read_values(type, memory, [&](void* to) {
      return H5Dread(dataset, type, memory, space, H5P_DEFAULT, to);
    });
  }

  static bool same_place(const Values& x, const Values& y, std::size_t i) {
    if (x.size == 0) return x.texts[i] == y.texts[i];
    return std::memcmp(x.bytes.data() + i * x.size, y.bytes.data() + i * y.size, x.size) == 0;
  }

  static std::string place_text(std::size_t i, const std::vector<hsize_t>& extent) {
    std::vector<std::string> place(extent.size());
    for (std::size_t d = extent.size(); d-- > 0; i /= extent[d])
      place[d] = std::to_string(i % extent[d]);
    return "[" + join(place) + "]";
  }

  void compare_values(const std::string& name, hid_t x, hid_t y) {
    const auto extent = hdf5::shape_of(x);
    if (extent != hdf5::shape_of(y)) return differs(name + ": different shapes");
    const Handle p = own(H5Dget_type(x), H5Tclose, "read a type");
    const Handle q = own(H5Dget_type(y), H5Tclose, "read a type");
    if (H5Tequal(p, q) <= 0) return differs(name + ": different types");
    const auto rank = static_cast<unsigned>(extent.size());
    if (axes(x, rank) != axes(y, rank)) return differs(name + ": different axes");
    if (std::find(extent.begin(), extent.end(), 0) != extent.end()) return; // no value
    std::size_t all = 0, unlike = 0, first = 0;
    for (hsize_t at = 0; at < (extent.empty() ? 1 : extent[0]); ++at) {
      const auto mine = slice(x, extent, at), theirs = slice(y, extent, at);
      for (std::size_t i = 0; !(mine == theirs) && i < mine.count(); ++i)
        if (!same_place(mine, theirs, i) && unlike++ == 0) first = all + i;
      all += mine.count();
    }
    out.values += all;
    if (unlike > 0)
      differs(fmt::format("{}: {} of {} values differ, the first at {}", name, unlike, all,
                          place_text(first, extent)));
  }
};

Handle open(const std::string& path) {
  { const TrajectoryReader readable{path}; } // refuses what is no trajectory
  const auto held = hdf5::lock();
  return hdf5::open_to_read(path, "a trajectory written by `nearshore run`");
}

} // namespace

BitDifferences bit_differences(const std::string& path, const std::string& other, std::size_t most,
                               Program program) {
  Handle a = open(path), b = open(other);
  const auto held = hdf5::lock();
  BitDifferences out;
  try {
    Comparer{a, b, most, program, out}.run();
    (void)a.close();
    (void)b.close();
  } catch (const Error& e) {
    throw Error{ErrorKind::input, "a file is damaged: " + e.what_is_wrong, path + ", " + other};
  }
  return out;
}

} // namespace nearshore
