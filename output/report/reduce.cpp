#include "output/report/reduce.hpp"

#include "policy/error.hpp"

namespace nearshore {
namespace {

/// For one axis: where each of its labels goes in the result, or nowhere.
struct AxisPlan {
  std::vector<std::size_t> step;
  std::vector<bool> counts;
};

std::vector<AxisPlan> plan_of(const LabelledArray& array, const std::vector<std::string>& keep,
                              const Only& only) {
  std::map<std::string, std::size_t> stride;
  std::size_t size = 1;
  for (auto dim = keep.rbegin(); dim != keep.rend(); ++dim) {
    stride[*dim] = size;
    size *= array.extent(array.axis(*dim));
  }
  std::vector<AxisPlan> plan(array.dims.size());
  for (std::size_t axis = 0; axis < plan.size(); ++axis) {
    const auto chosen = only.find(array.dims[axis]);
    const auto kept = stride.find(array.dims[axis]);
    for (std::size_t i = 0; i < array.extent(axis); ++i) {
      plan[axis].step.push_back(kept == stride.end() ? 0 : i * kept->second);
      plan[axis].counts.push_back(chosen == only.end() ||
                                  chosen->second.contains(array.labels[axis][i]));
    }
  }
  return plan;
}

} // namespace

std::vector<double> reduce(const LabelledArray& array, const std::vector<std::string>& keep,
                           const Only& only) {
  for (const auto& [dim, labels] : only) {
    const auto axis = array.axis(dim);
    for (const auto& label : labels)
      (void)array.find(axis, label);
  }
  const auto plan = plan_of(array, keep, only);
  std::size_t size = 1;
  for (const auto& dim : keep)
    size *= array.extent(array.axis(dim));
  std::vector<double> out(size, 0.0);
  std::vector<std::size_t> at(plan.size(), 0);
  for (const double value : array.values) {
    std::size_t place = 0;
    bool counts = true;
    for (std::size_t axis = 0; axis < plan.size(); ++axis) {
      place += plan[axis].step[at[axis]];
      counts = counts && plan[axis].counts[at[axis]];
    }
    if (counts) out[place] += value;
    for (std::size_t axis = plan.size(); axis-- > 0;) {
      if (++at[axis] < array.extent(axis)) break;
      at[axis] = 0;
    }
  }
  return out;
}

std::vector<double> cell(const LabelledArray& array,
                         const std::map<std::string, std::string>& labels) {
  std::size_t inner = 0; // row-major offset inside one month
  for (std::size_t axis = 0; axis < array.dims.size(); ++axis) {
    if (array.dims[axis] == "time") continue;
    const auto chosen = labels.find(array.dims[axis]);
    if (chosen == labels.end())
      throw Error{ErrorKind::internal, "no label for the axis " + array.dims[axis], array.name};
    inner = inner * array.extent(axis) + array.find(axis, chosen->second);
  }
  const auto months = array.extent(array.axis("time"));
  const auto slab = months == 0 ? 0 : array.values.size() / months;
  std::vector<double> out;
  for (std::size_t m = 0; m < months; ++m)
    out.push_back(array.values[m * slab + inner]);
  return out;
}

} // namespace nearshore
