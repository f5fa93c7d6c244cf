#include "recorder.hpp"

#include "output/month_slab.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"

#include <algorithm>
#include <limits>

namespace nearshore::python {
namespace {

const Variable& variable_named(const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto& v : variables()) {
    if (v.name == name) return v;
    names.push_back(v.name);
  }
  throw Error{ErrorKind::input, "no variable '" + name + "'", "variables", "one of docs/output.md",
              nearest(name, std::span<const std::string_view>(names))};
}

template <class T> py::array new_array(const std::vector<py::ssize_t>& shape) {
  py::array_t<T> array(shape);
  std::fill_n(array.mutable_data(), array.size(), std::numeric_limits<T>::quiet_NaN());
  return array;
}

} // namespace

Arrays::Arrays(const Reporting& labels, std::size_t runs, std::size_t month_count,
               const std::optional<std::vector<std::string>>& names)
    : reporting(labels), months(month_count) {
  std::vector<const Variable*> wanted;
  if (names)
    for (const auto& name : *names)
      wanted.push_back(&variable_named(name));
  else
    for (const auto& v : variables())
      wanted.push_back(&v);
  for (const auto* v : wanted) {
    std::vector<py::ssize_t> shape{static_cast<py::ssize_t>(runs),
                                   static_cast<py::ssize_t>(months)};
    for (const auto d : v->dims)
      shape.push_back(static_cast<py::ssize_t>(dimension(d).labels(reporting).size()));
    auto array =
        v->storage == Storage::float64 ? new_array<double>(shape) : new_array<float>(shape);
    kept.push_back({v, slab_size(*v, reporting), array.mutable_data()});
    arrays[py::str{std::string{v->name}}] = array;
  }
}

void Arrays::put(std::size_t run, std::size_t month, const MonthRecord& record,
                 std::vector<double>& scratch) const {
  check_record(record, reporting);
  for (const auto& k : kept) {
    const std::size_t at = (run * months + month) * k.length;
    if (k.variable->storage == Storage::float64) {
      k.variable->fill(record, reporting, {static_cast<double*>(k.data) + at, k.length});
      continue;
    }
    scratch.resize(k.length);
    k.variable->fill(record, reporting, scratch);
    std::transform(scratch.begin(), scratch.end(), static_cast<float*>(k.data) + at,
                   [](double x) { return static_cast<float>(x); });
  }
}

void Recorder::on_month(const MonthRecord& record) {
  if (stopping) throw Interrupted{};
  if (!record.spin_up)
    out.put(number, static_cast<std::size_t>(record.month - first_month), record, scratch);
  ++months_done;
}

} // namespace nearshore::python
