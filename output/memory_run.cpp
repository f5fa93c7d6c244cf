#include "output/memory_run.hpp"

#include "policy/error.hpp"
#include "policy/text.hpp"

#include <algorithm>

namespace nearshore {
namespace {

std::vector<std::string_view> known_names() {
  std::vector<std::string_view> names;
  for (const auto& v : variables())
    names.push_back(v.name);
  return names;
}

const Variable& variable_of(const std::string& name) {
  const auto list = variables();
  const auto at =
      std::find_if(list.begin(), list.end(), [&](const Variable& v) { return v.name == name; });
  if (at != list.end()) return *at;
  const auto names = known_names();
  throw Error{ErrorKind::input,
              "no variable '" + name + "'",
              {},
              "one of docs/output.md",
              nearest(name, std::span<const std::string_view>(names))};
}

} // namespace

MemoryRun::MemoryRun(std::shared_ptr<const Reporting> reporting, Month reference, std::string name,
                     std::span<const std::string> variables)
    : context(std::move(reporting)), reference_month(reference), called(std::move(name)) {
  for (const auto& v : variables)
    kept.emplace(v, Kept{&variable_of(v), {}});
}

void MemoryRun::on_month(const MonthRecord& record) {
  if (record.spin_up) return;
  months_seen.push_back(record.month);
  for (auto& [name, k] : kept) {
    const std::size_t n = slab_size(*k.variable, *context), at = k.values.size();
    k.values.resize(at + n);
    const std::span<double> month{k.values.data() + at, n};
    k.variable->fill(record, *context, month);
    if (k.variable->storage == Storage::float32)
      for (double& x : month)
        x = static_cast<float>(x);
  }
}

LabelledArray MemoryRun::read(const std::string& variable) const {
  const auto at = kept.find(variable);
  if (at == kept.end()) {
    variable_of(variable);
    throw Error{ErrorKind::internal, "the variable '" + variable + "' was not kept", called};
  }
  LabelledArray array{variable, {"time"}, {{}}, at->second.values};
  for (const Month m : months_seen)
    array.labels[0].push_back(m.text());
  for (const auto d : at->second.variable->dims) {
    array.dims.emplace_back(d);
    array.labels.push_back(dimension(d).labels(*context));
  }
  return array;
}

} // namespace nearshore
