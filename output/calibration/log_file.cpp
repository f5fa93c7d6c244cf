#include "output/calibration/log_file.hpp"

#include "output/hdf5_open.hpp"
#include "output/hdf5_seal.hpp"
#include "output/version.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <filesystem>

namespace nearshore {
namespace {

using hdf5::check;
using hdf5::Handle;
using hdf5::own;

/// No times of creation: equal calibrations, equal bytes.
Handle creation_list() {
  Handle list = own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "describe a dataset");
  check(H5Pset_obj_track_times(list, 0), "switch object times off");
  return list;
}

Handle write_array(hid_t where, const std::string& name, hid_t type, hid_t memory,
                   const std::vector<hsize_t>& shape, const void* values) {
  const Handle space = own(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                           H5Sclose, "describe an array");
  Handle dataset =
      own(H5Dcreate2(where, name.c_str(), type, space, H5P_DEFAULT, creation_list(), H5P_DEFAULT),
          H5Dclose, "create an array");
  if (std::find(shape.begin(), shape.end(), 0) == shape.end())
    check(H5Dwrite(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write an array");
  return dataset;
}

Handle write_texts(hid_t where, const std::string& name, const std::vector<std::string>& texts) {
  std::vector<const char*> starts;
  for (const auto& text : texts)
    starts.push_back(text.c_str());
  return write_array(where, name, hdf5::text_type(), hdf5::text_type(), {texts.size()},
                     starts.data());
}

class LogWriter {
public:
  explicit LogWriter(const std::string& path) : place(path) {
    const Handle creation = own(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "describe a file");
    check(H5Pset_obj_track_times(creation, 0), "switch object times off");
    file = own(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, H5P_DEFAULT), H5Fclose,
               "create the log");
  }

  void attribute(const char* name, const std::string& text) {
    hdf5::write_long_attribute(file, name, text);
  }

  void axis(const LogAxis& axis) {
    add_scale(axis.name, axis.labels.size(), write_texts(file, axis.name, axis.labels));
  }
  void axis(const std::string& name, const std::vector<std::int64_t>& numbers) {
    add_scale(
        name, numbers.size(),
        write_array(file, name, H5T_STD_I64LE, H5T_NATIVE_INT64, {numbers.size()}, numbers.data()));
  }

  void numbers(const LogTable& table, hid_t where = H5I_INVALID_HID) {
    attach(table, write_array(where < 0 ? file : where, table.name, H5T_IEEE_F64LE,
                              H5T_NATIVE_DOUBLE, shape_of(table), table.values.data()));
  }
  void texts(const LogTable& about, const std::vector<std::string>& list) {
    attach(about, write_texts(file, about.name, list));
  }
  Handle group(const char* name) {
    return own(H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
               "create a group");
  }
  void close() {
    scales.clear();
    if (!file.close()) hdf5::fail("close the log");
    hdf5::seal(place);
  }

private:
  struct ScaleOf {
    std::string name;
    hsize_t length;
    Handle dataset;
  };
  std::string place; ///< of the file
  Handle file;
  std::vector<ScaleOf> scales;

  void add_scale(const std::string& name, std::size_t length, Handle dataset) {
    check(H5DSset_scale(dataset, name.c_str()), "make a dimension scale");
    scales.push_back({name, length, std::move(dataset)});
  }
  [[nodiscard]] const ScaleOf& scale(const std::string& name) const {
    const auto at = std::find_if(scales.begin(), scales.end(),
                                 [&](const ScaleOf& s) { return s.name == name; });
    if (at == scales.end()) throw Error{ErrorKind::internal, "the log has no axis " + name};
    return *at;
  }
  [[nodiscard]] std::vector<hsize_t> shape_of(const LogTable& table) const {
    std::vector<hsize_t> shape;
    for (const auto& axis : table.axes)
      shape.push_back(scale(axis).length);
    return shape;
  }
  void attach(const LogTable& about, const Handle& dataset) const {
    hdf5::write_attribute(dataset, "long_name", about.meaning);
    for (unsigned a = 0; a < about.axes.size(); ++a)
      check(H5DSattach_scale(dataset, scale(about.axes[a]).dataset, a), "attach an axis");
  }
};

LogTable of_evaluations(const char* name, const char* meaning, std::vector<std::string> more = {}) {
  LogTable table{name, meaning, {"evaluation"}, {}};
  table.axes.insert(table.axes.end(), more.begin(), more.end());
  return table;
}

void write_evaluations(LogWriter& log, const std::vector<Evaluation>& evaluations) {
  auto values = of_evaluations("value", "value of each free parameter", {"parameter"});
  auto figures = of_evaluations("figure", "what runs showed", {"target", "seed"});
  auto objective = of_evaluations("objective", "mean of squared misses, in tolerances");
  auto seconds = of_evaluations("wall_seconds", "wall time of the evaluation");
  std::vector<std::string> stages;
  for (const auto& e : evaluations) {
    values.values.insert(values.values.end(), e.values.begin(), e.values.end());
    figures.values.insert(figures.values.end(), e.figures.values.begin(), e.figures.values.end());
    objective.values.push_back(e.objective);
    seconds.values.push_back(e.seconds);
    stages.push_back(e.stage);
  }
  log.numbers(values);
  log.numbers(figures);
  log.numbers(objective);
  log.texts(of_evaluations("stage", "part of the calibration that asked for it first"), stages);
  const Handle run = log.group("run");
  log.numbers(seconds, run);
}

} // namespace

void write_log(const std::string& path, const CalibrationProblem& problem,
               const std::string& identity, const std::vector<Evaluation>& evaluations,
               const std::vector<LogAxis>& axes, const std::vector<LogTable>& tables) {
  const auto held = hdf5::lock();
  LogWriter log{path};
  log.attribute("program", "nearshore calibrate");
  log.attribute("program_version", std::string{version()});
  log.attribute("git_commit", std::string{git_commit()});
  log.attribute("title", problem.title);
  log.attribute("identity", identity);
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < evaluations.size(); ++i)
    numbers.push_back(static_cast<std::int64_t>(i + 1));
  log.axis("evaluation", numbers);
  LogAxis parameters{"parameter", {}}, targets{"target", {}};
  for (const auto& p : problem.parameters)
    parameters.labels.push_back(p.key.path);
  for (const auto& t : problem.targets)
    targets.labels.push_back(t.figure.says);
  log.axis(parameters);
  log.axis(targets);
  log.axis("seed", {problem.seeds.begin(), problem.seeds.end()});
  for (const auto& axis : axes)
    log.axis(axis);
  write_evaluations(log, evaluations);
  for (const auto& table : tables)
    log.numbers(table);
  log.close();
}

namespace {

std::vector<double> read_numbers(hid_t file, const char* name, std::size_t expected) {
  const Handle dataset = own(H5Dopen2(file, name, H5P_DEFAULT), H5Dclose, "open an array");
  std::size_t n = 1;
  for (const auto length : hdf5::shape_of(dataset)) // each is bounded by the size of the file
    n *= length;
  if (n != expected) throw Error{ErrorKind::resource, std::string{name} + " has another length"};
  std::vector<double> values(n);
  if (n > 0)
    check(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          "read an array");
  return values;
}

std::vector<std::string> read_texts(hid_t file, const char* name) {
  return hdf5::read_texts(own(H5Dopen2(file, name, H5P_DEFAULT), H5Dclose, "open an array"));
}

std::string read_identity(hid_t file) {
  if (H5Aexists(file, "identity") <= 0)
    throw Error{ErrorKind::resource, "no log of a calibration: no attribute 'identity'"};
  const Handle attribute = own(H5Aopen(file, "identity", H5P_DEFAULT), H5Aclose, "open it");
  hdf5::require_single(attribute);
  char* start = nullptr;
  check(H5Aread(attribute, hdf5::text_type(), &start), "read an attribute");
  std::string text = start == nullptr ? "" : start;
  H5free_memory(start);
  return text;
}

/// The first line in which two texts differ, as the log has it and as it is now.
std::pair<std::string, std::string> first_difference(const std::string& log,
                                                     const std::string& now) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < std::min(log.size(), now.size()) && log[i] == now[i]; ++i)
    if (log[i] == '\n') begin = i + 1;
  const auto line = [&](const std::string& text) {
    return begin < text.size() ? text.substr(begin, text.find('\n', begin) - begin)
                               : std::string{"nothing"};
  };
  return {line(log), line(now)};
}

std::vector<Evaluation> read_open_log(hid_t file, const CalibrationProblem& problem) {
  const auto stages = read_texts(file, "stage");
  const std::size_t n = stages.size(), P = problem.parameters.size(), T = problem.targets.size(),
                    S = problem.seeds.size();
  const auto values = read_numbers(file, "value", n * P);
  const auto figures = read_numbers(file, "figure", n * T * S);
  const auto seconds = read_numbers(file, "run/wall_seconds", n);
  std::vector<Evaluation> out;
  for (std::size_t i = 0; i < n; ++i) {
    Evaluation e;
    const auto value = values.begin() + static_cast<std::ptrdiff_t>(i * P);
    e.values.assign(value, value + static_cast<std::ptrdiff_t>(P));
    e.figures = Figures{T, S};
    const auto figure = figures.begin() + static_cast<std::ptrdiff_t>(i * T * S);
    std::copy(figure, figure + static_cast<std::ptrdiff_t>(T * S), e.figures.values.begin());
    e.stage = stages[i];
    e.seconds = seconds[i];
    out.push_back(std::move(e));
  }
  return out;
}

} // namespace

std::vector<Evaluation> read_log(const std::string& path, const CalibrationProblem& problem,
                                 const std::string& identity) {
  const auto refuse = [&](const std::string& why, const std::string& allowed) -> Error {
    return {ErrorKind::input, why, path, allowed};
  };
  if (!std::filesystem::exists(path))
    throw refuse("there is no log to resume", "without --resume, a new calibration");
  const auto held = hdf5::lock();
  const Handle file = hdf5::open_to_read(path, "a log of a calibration");
  try {
    const auto of_log = read_identity(file);
    if (of_log != identity) {
      const auto [then, now] = first_difference(of_log, identity);
      throw refuse("the log belongs to another calibration: '" + then + "', and now '" + now + "'",
                   "the same file, scenarios and program; or another --output");
    }
    return read_open_log(file, problem);
  } catch (const Error& e) {
    if (e.kind != ErrorKind::resource) throw;
    throw refuse("the log is damaged: " + e.what_is_wrong, "a log of a calibration");
  }
}

} // namespace nearshore
