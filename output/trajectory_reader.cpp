#include "output/trajectory_reader.hpp"

#include "output/hdf5_open.hpp"
#include "output/variable.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <map>

namespace nearshore {
namespace {

using hdf5::check;
using hdf5::Handle;
using hdf5::own;

[[noreturn]] void refuse(const std::string& path, const std::string& why,
                         const std::string& allowed = {}) {
  throw Error{ErrorKind::input, why, path, allowed};
}

std::vector<std::int64_t> read_integers(hid_t dataset) {
  std::vector<std::int64_t> values(hdf5::length_of(dataset));
  check(H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
        "read labels");
  return values;
}

/// Name of the scale attached to an axis, without the leading "/"; empty if there is none.
std::string scale_name(hid_t dataset, unsigned axis) {
  std::string name;
  const auto visit = [](hid_t, unsigned, hid_t scale, void* out) -> herr_t {
    const auto length = H5Iget_name(scale, nullptr, 0);
    if (length <= 0) return -1;
    std::string text(static_cast<std::size_t>(length) + 1, '\0');
    H5Iget_name(scale, text.data(), text.size());
    text.resize(static_cast<std::size_t>(length));
    *static_cast<std::string*>(out) = text.substr(text.rfind('/') + 1);
    return 1;
  };
  if (H5DSget_num_scales(dataset, axis) > 0)
    H5DSiterate_scales(dataset, axis, nullptr, visit, &name);
  return name;
}

bool holds_sweep(hid_t file) {
  return H5Aexists(file, "sweep") > 0;
}

} // namespace

struct TrajectoryReader::Impl {
  std::string path;
  Handle file;
  std::vector<Month> months;
  std::vector<std::int64_t> seeds;
  std::vector<std::string> policies, members;                     // at most one of the two
  mutable std::map<std::string, std::vector<std::string>> labels; // of axes read so far

  ~Impl() {
    const auto held = hdf5::lock();
    (void)file.close();
  }

  [[noreturn]] void refuse_variable(const std::string& name) const {
    std::vector<std::string_view> known;
    for (const auto& v : variables())
      known.push_back(v.name);
    throw Error{ErrorKind::input, "the file holds no variable '" + name + "'", path,
                "one of docs/output.md", nearest(name, std::span<const std::string_view>(known))};
  }

  [[nodiscard]] Handle dataset(const std::string& name) const {
    if (H5Lexists(file, name.c_str(), H5P_DEFAULT) <= 0) refuse_variable(name);
    return own(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, "open a variable");
  }

  void read_months() {
    const Handle time = dataset("time");
    std::vector<int> days(hdf5::length_of(time));
    check(H5Dread(time, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, days.data()), "read time");
    for (const int d : days) {
      const auto month = month_of_days_since_2000(d);
      if (!month || (!months.empty() && *month - months.back() != 1))
        refuse(path,
               "time holds " + std::to_string(d) + " at month " + std::to_string(months.size() + 1),
               "first days of months that follow one another, in " + std::string{kTimeUnits});
      months.push_back(*month);
    }
  }

  void read_ensemble_axes() {
    const auto exists = [&](const char* name) { return H5Lexists(file, name, H5P_DEFAULT) > 0; };
    if (exists("seed")) seeds = read_integers(dataset("seed"));
    if (exists("policy")) policies = hdf5::read_texts(dataset("policy"));
    if (exists("member")) members = hdf5::read_texts(dataset("member"));
  }

  const std::vector<std::string>& labels_of(const std::string& dim) const {
    const auto at = labels.find(dim);
    if (at != labels.end()) return at->second;
    std::vector<std::string> list;
    if (dim == "time")
      for (const Month m : months)
        list.push_back(m.text());
    else if (dim == "seed")
      for (const auto seed : seeds)
        list.push_back(std::to_string(seed));
    else
      list = hdf5::read_texts(dataset(dim));
    return labels.emplace(dim, std::move(list)).first->second;
  }

  /// Where a run's part begins along an axis; nothing for axes that it has whole.
  [[nodiscard]] std::optional<std::size_t> place(const std::string& dim, std::size_t run) const {
    if (dim == "seed") return run % seeds.size();
    if (dim == "policy" || dim == "member") return run / seeds.size();
    return {};
  }

  [[nodiscard]] LabelledArray read_unguarded(const std::string& variable,
                                             std::optional<std::size_t> run) const {
    const Handle from = dataset(variable);
    LabelledArray array;
    array.name = variable;
    const auto shape = hdf5::shape_of(from);
    std::vector<hsize_t> start(shape.size(), 0), block = shape;
    std::size_t size = 1;
    for (unsigned axis = 0; axis < shape.size(); ++axis) {
      const auto dim = scale_name(from, axis);
      if (dim.empty()) refuse(path, variable + " has no labels on axis " + std::to_string(axis));
      const auto& names = labels_of(dim);
      if (names.size() != shape[axis])
        refuse(path, variable + " has " + std::to_string(shape[axis]) + " values along " + dim +
                         ", which has " + std::to_string(names.size()) + " labels");
      if (const auto at = run ? place(dim, *run) : std::nullopt) {
        start[axis] = *at;
        block[axis] = 1;
        continue;
      }
      size *= shape[axis];
      array.dims.push_back(dim);
      array.labels.push_back(names);
    }
    array.values.resize(size);
    const Handle space = own(H5Dget_space(from), H5Sclose, "read a shape");
    check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, block.data(), nullptr),
          "find a run");
    const Handle memory =
        own(H5Screate_simple(static_cast<int>(block.size()), block.data(), nullptr), H5Sclose,
            "describe a variable");
    check(H5Dread(from, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, array.values.data()),
          "read a variable");
    return array;
  }

  [[nodiscard]] LabelledArray read(const std::string& variable,
                                   std::optional<std::size_t> run) const {
    const auto held = hdf5::lock();
    try {
      return read_unguarded(variable, run);
    } catch (const Error& e) {
      if (e.kind != ErrorKind::resource) throw;
      refuse(path, "the file is damaged at '" + variable + "': " + e.what_is_wrong);
    }
  }
};

TrajectoryReader::TrajectoryReader(std::string path) : impl(std::make_unique<Impl>()) {
  impl->path = std::move(path);
  const std::string& name = impl->path;
  const auto held = hdf5::lock();
  impl->file = hdf5::open_to_read(name, "a trajectory written by `nearshore run`");
  try {
    if (H5Aexists(impl->file, "program") <= 0)
      refuse(name, "not a trajectory of this program: no attribute 'program'");
    impl->read_months();
    impl->read_ensemble_axes();
  } catch (const Error& e) {
    if (holds_sweep(impl->file))
      refuse(name, "a merged sweep is no trajectory", "a trajectory written by `nearshore run`");
    if (e.kind != ErrorKind::resource) throw;
    refuse(name, "the file is damaged: " + e.what_is_wrong);
  }
}

bool is_merged_sweep(const std::string& path) {
  const auto held = hdf5::lock();
  try {
    return holds_sweep(hdf5::open_to_read(path, {}));
  } catch (const Error&) {
    return false; // reading will say so
  }
}

TrajectoryReader::~TrajectoryReader() = default;
TrajectoryReader::TrajectoryReader(TrajectoryReader&&) noexcept = default;

const std::string& TrajectoryReader::path() const {
  return impl->path;
}
const std::vector<Month>& TrajectoryReader::months() const {
  return impl->months;
}

bool TrajectoryReader::has(const std::string& variable) const {
  const auto held = hdf5::lock();
  return H5Lexists(impl->file, variable.c_str(), H5P_DEFAULT) > 0;
}

namespace {

class FileRun : public RunView {
public:
  FileRun(const TrajectoryReader& r, std::size_t number) : reader(r), run(number) {}
  [[nodiscard]] std::string name() const override {
    if (reader.runs() == 1) return reader.path();
    const std::size_t n = reader.seeds().size();
    const auto seed = "seed " + std::to_string(reader.seeds()[run % n]);
    if (!reader.members().empty())
      return reader.path() + ", member " + reader.members()[run / n] + ", " + seed;
    return reader.path() + ", " +
           (reader.policies().empty() ? seed : reader.policies()[run / n] + ", " + seed);
  }
  [[nodiscard]] const std::vector<Month>& months() const override { return reader.months(); }
  [[nodiscard]] LabelledArray read(const std::string& variable) const override {
    return reader.read(variable, run);
  }
  [[nodiscard]] std::optional<Month> reference() const override {
    return parse_month(reader.text_attribute("reference_month"));
  }

private:
  const TrajectoryReader& reader;
  std::size_t run;
};

} // namespace

const std::vector<std::int64_t>& TrajectoryReader::seeds() const {
  return impl->seeds;
}
const std::vector<std::string>& TrajectoryReader::policies() const {
  return impl->policies;
}
const std::vector<std::string>& TrajectoryReader::members() const {
  return impl->members;
}
std::size_t TrajectoryReader::runs() const {
  if (impl->seeds.empty()) return 1;
  return impl->seeds.size() * std::max<std::size_t>(1, impl->policies.size()) *
         std::max<std::size_t>(1, impl->members.size());
}
std::unique_ptr<RunView> TrajectoryReader::run(std::size_t number) const {
  return std::make_unique<FileRun>(*this, number);
}

LabelledArray TrajectoryReader::read(const std::string& variable) const {
  return impl->read(variable, {});
}
LabelledArray TrajectoryReader::read(const std::string& variable, std::size_t run) const {
  return impl->read(variable, run);
}

namespace {

/// Opens an attribute of one value and reads it by `take`.
template <class Take>
auto attribute_of(const std::string& path, hid_t file, const std::string& name, Take take) {
  if (H5Aexists(file, name.c_str()) <= 0)
    refuse(path, "the file holds no attribute '" + name + "'");
  try {
    const Handle attribute =
        own(H5Aopen(file, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
    hdf5::require_single(attribute);
    return take(attribute);
  } catch (const Error& e) {
    if (e.kind != ErrorKind::resource) throw;
    refuse(path, "the file is damaged at attribute '" + name + "': " + e.what_is_wrong);
  }
}

std::string text_in(const std::string& path, hid_t object, const std::string& name) {
  return attribute_of(path, object, name, [&](hid_t attribute) {
    const Handle type = own(H5Aget_type(attribute), H5Tclose, "read an attribute");
    if (H5Tget_class(type) != H5T_STRING) refuse(path, "attribute '" + name + "' is no text");
    if (H5Tis_variable_str(type) > 0) {
      char* start = nullptr;
      check(H5Aread(attribute, hdf5::text_type(), &start), "read an attribute");
      std::string text = start == nullptr ? "" : start;
      H5free_memory(start);
      return text;
    }
    std::string text(H5Tget_size(type), '\0');
    check(H5Aread(attribute, type, text.data()), "read an attribute");
    return text.substr(0, text.find('\0'));
  });
}

std::int64_t integer_in(const std::string& path, hid_t object, const std::string& name) {
  return attribute_of(path, object, name, [](hid_t attribute) {
    std::int64_t value = 0;
    check(H5Aread(attribute, H5T_NATIVE_INT64, &value), "read an attribute");
    return value;
  });
}

} // namespace

std::string TrajectoryReader::text_attribute(const std::string& name) const {
  const auto held = hdf5::lock();
  return text_in(impl->path, impl->file, name);
}

std::int64_t TrajectoryReader::integer_attribute(const std::string& name) const {
  const auto held = hdf5::lock();
  return integer_in(impl->path, impl->file, name);
}

bool TrajectoryReader::has_attribute(const std::string& name) const {
  const auto held = hdf5::lock();
  return H5Aexists(impl->file, name.c_str()) > 0;
}

std::vector<PastConfiguration> TrajectoryReader::past_configurations() const {
  std::vector<PastConfiguration> out;
  const auto held = hdf5::lock();
  if (H5Lexists(impl->file, "run", H5P_DEFAULT) <= 0) return out;
  const Handle run = own(H5Gopen2(impl->file, "run", H5P_DEFAULT), H5Gclose, "open the group /run");
  if (H5Aexists(run, "branches") <= 0) return out;
  const auto n = integer_in(impl->path, run, "branches");
  for (std::int64_t i = 1; i <= n; ++i) { // an attribute that is missing is told
    const auto of = [&](const char* what) {
      return text_in(impl->path, run, fmt::format("branch_{}_{}", i, what));
    };
    out.push_back({of("after"), of("configuration_before")});
  }
  return out;
}

} // namespace nearshore
