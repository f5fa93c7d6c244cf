// The half of the trial that builds a file anew: HDF5 is given only what it wrote itself.
#include "output/hdf5_parts.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <map>
#include <utility>

namespace nearshore::hdf5 {
namespace {

constexpr std::size_t kGrowth = std::size_t{1} << 20; // of the file in memory
constexpr std::size_t kLongestName = 1023;

[[noreturn]] void damaged(const std::string& what) {
  throw Error{ErrorKind::resource, what};
}

std::uint64_t count_of(const std::vector<hsize_t>& shape) {
  std::uint64_t count = 1;
  for (const auto n : shape)
    if (__builtin_mul_overflow(count, n, &count)) damaged("more values than can be counted");
  return count;
}

Handle space_of(const std::vector<hsize_t>& shape) {
  return own(shape.empty()
                 ? H5Screate(H5S_SCALAR)
                 : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
             H5Sclose, "describe a shape");
}

/// Values as they were sent, and for texts where each begins.
struct Sent {
  std::vector<char> bytes;
  std::vector<std::string> texts;
  std::vector<const char*> starts;
  [[nodiscard]] const void* data() const {
    return starts.empty() ? static_cast<const void*>(bytes.data()) : starts.data();
  }
};

Sent read_sent(PartReader& from, const PartType& type, std::uint64_t count) {
  Sent sent;
  if (type.kind != PartType::text) {
    std::uint64_t size = 0;
    if (__builtin_mul_overflow(count, std::uint64_t{type.size}, &size))
      damaged("more values than can be counted");
    sent.bytes = from.bytes(size);
    return sent;
  }
  for (std::uint64_t i = 0; i < count; ++i)
    sent.texts.push_back(from.text());
  for (const auto& text : sent.texts)
    sent.starts.push_back(text.c_str());
  return sent;
}

class Builder {
public:
  explicit Builder(PartReader& parts) : from(parts) {
    const Handle access = own(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "describe a file");
    check(H5Pset_fapl_core(access, kGrowth, 0), "keep a file in memory");
    // Attributes of more than 64 KiB need it.
    check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_LATEST), "keep a file in memory");
    static std::uint64_t made = 0; // HDF5 knows files in memory apart by their names
    const auto name = "in memory " + std::to_string(++made);
    file = own(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access), H5Fclose,
               "keep a file in memory");
    links = own(H5Pcreate(H5P_LINK_CREATE), H5Pclose, "describe a link");
    check(H5Pset_create_intermediate_group(links, 1), "describe a link");
  }

  Handle build() {
    for (;;) {
      const char letter = from.letter();
      if (letter == '.') return std::move(file);
      const auto name = from.text();
      if (letter == '!') damaged(name);
      if (name.empty() || name.size() > kLongestName || name.find('\0') != std::string::npos)
        damaged("a name that is none");
      add(letter, name);
    }
  }

private:
  /// A variable while its values arrive.
  struct Arriving {
    Handle dataset;
    PartType type;
    std::vector<hsize_t> shape;
    hsize_t place{0};
  };
  PartReader& from;
  Handle file, links;
  std::map<std::string, Arriving> variables;

  void add(char letter, const std::string& name) {
    switch (letter) {
    case 'g':
      if (name != ".")
        own(H5Gcreate2(file, name.c_str(), links, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
            "make a group");
      return;
    case 'd':
      return add_variable(name);
    case 'V':
      return add_values(variable(name));
    case 'a':
      return add_attribute(name);
    case 's': {
      const auto label = from.text();
      return check(H5DSset_scale(variable(name).dataset, label.empty() ? nullptr : label.c_str()),
                   "make a scale");
    }
    case 'x': {
      const auto axis = from.number();
      auto& of = variable(name);
      const auto path = from.text(); // "/NAME"
      auto& scale = variable(path.substr(std::min<std::size_t>(path.size(), 1)));
      if (axis >= of.shape.size()) damaged("an axis that there is not");
      return check(H5DSattach_scale(of.dataset, scale.dataset, static_cast<unsigned>(axis)),
                   "attach a scale");
    }
    default:
      damaged("an unknown part");
    }
  }

  Arriving& variable(const std::string& name) {
    const auto at = variables.find(name);
    if (at == variables.end()) damaged("'" + name + "' is no variable");
    return at->second;
  }

  void add_variable(const std::string& name) {
    Arriving v;
    v.type = from.type();
    v.shape = from.shape();
    (void)count_of(v.shape);
    const Handle type = hdf5_type(v.type), space = space_of(v.shape);
    v.dataset = own(H5Dcreate2(file, name.c_str(), type, space, links, H5P_DEFAULT, H5P_DEFAULT),
                    H5Dclose, "make a variable");
    variables.insert_or_assign(name, std::move(v));
  }

  void add_values(Arriving& v) {
    auto block = v.shape;
    const bool by_place = block.size() > 1;
    if (by_place) block[0] = 1;
    const auto sent = read_sent(from, v.type, count_of(block));
    const Handle type = hdf5_type(v.type), memory = space_of(block), space = space_of(v.shape);
    if (by_place) {
      std::vector<hsize_t> start(block.size(), 0);
      start[0] = v.place++;
      check(
          H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, block.data(), nullptr),
          "select a block");
    }
    check(H5Dwrite(v.dataset, type, memory, space, H5P_DEFAULT, sent.data()), "keep values");
  }

  void add_attribute(const std::string& object) {
    const auto name = from.text();
    const auto as = from.type();
    const auto shape = from.shape();
    const auto sent = read_sent(from, as, count_of(shape));
    if (name.empty() || name.find('\0') != std::string::npos) damaged("a name that is none");
    const Handle type = hdf5_type(as), space = space_of(shape);
    const Handle at = own(H5Oopen(file, object.c_str(), H5P_DEFAULT), H5Oclose, "open an object");
    const Handle attribute =
        own(H5Acreate2(at, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
            "make an attribute");
    if (count_of(shape) > 0) check(H5Awrite(attribute, type, sent.data()), "keep an attribute");
  }
};

} // namespace

Handle receive_file(PartReader& from) {
  return Builder{from}.build();
}

} // namespace nearshore::hdf5
