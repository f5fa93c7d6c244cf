#pragma once
// One run as figures are made from it, wherever its months are: in a file of its own, in an
// ensemble's file, or in memory.
#include "policy/calendar.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

/// A variable in memory, row-major, with the labels of its axes.
struct LabelledArray {
  std::string name;
  std::vector<std::string> dims;                ///< of one run: "time" first
  std::vector<std::vector<std::string>> labels; ///< [axis]; months as "2025-06"
  std::vector<double> values;                   ///< NaN: no value

  [[nodiscard]] std::size_t extent(std::size_t axis) const { return labels[axis].size(); }
  /// Index of an axis; throws Error (kind input) with the axes there are.
  [[nodiscard]] std::size_t axis(std::string_view dim) const;
  /// Index of a label on an axis; throws Error (kind input) with the labels there are.
  [[nodiscard]] std::size_t find(std::size_t axis, std::string_view label) const;
};

class RunView {
public:
  virtual ~RunView() = default;
  /// For messages: file, and which run of it.
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual const std::vector<Month>& months() const = 0;
  /// All months of a variable; throws Error (kind input) if there is none of that name.
  [[nodiscard]] virtual LabelledArray read(const std::string& variable) const = 0;
  /// Month against which changes are counted.
  [[nodiscard]] virtual std::optional<Month> reference() const = 0;

protected:
  RunView() = default;
  RunView(const RunView&) = default;
  RunView& operator=(const RunView&) = default;
};

} // namespace nearshore
