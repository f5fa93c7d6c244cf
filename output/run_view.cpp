#include "output/run_view.hpp"

#include "policy/error.hpp"
#include "policy/text.hpp"

#include <algorithm>

namespace nearshore {

std::size_t LabelledArray::axis(std::string_view dim) const {
  const auto at = std::find(dims.begin(), dims.end(), dim);
  if (at == dims.end())
    throw Error{ErrorKind::input, name + " has no axis '" + std::string{dim} + "'", {}, join(dims)};
  return static_cast<std::size_t>(at - dims.begin());
}

std::size_t LabelledArray::find(std::size_t axis_index, std::string_view label) const {
  const auto& list = labels.at(axis_index);
  const auto at = std::find(list.begin(), list.end(), label);
  if (at == list.end())
    throw Error{ErrorKind::input,
                "no '" + std::string{label} + "' on axis " + dims[axis_index] + " of " + name,
                {},
                join(list),
                nearest(label, std::span<const std::string>(list))};
  return static_cast<std::size_t>(at - list.begin());
}

} // namespace nearshore
