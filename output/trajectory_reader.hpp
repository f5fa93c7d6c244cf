#pragma once
// Opens a trajectory that was written before: for validation and comparison.
#include "policy/calendar.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

/// A variable in memory, row-major, with the labels of its axes; the first axis is the month.
struct LabelledArray {
  std::string name;
  std::vector<std::string> dims;                ///< "time" first
  std::vector<std::vector<std::string>> labels; ///< [axis]; months as "2025-06"
  std::vector<double> values;                   ///< NaN: no value

  [[nodiscard]] std::size_t extent(std::size_t axis) const { return labels[axis].size(); }
  /// Index of an axis; throws Error (kind input) with the axes there are.
  [[nodiscard]] std::size_t axis(std::string_view dim) const;
  /// Index of a label on an axis; throws Error (kind input) with the labels there are.
  [[nodiscard]] std::size_t find(std::size_t axis, std::string_view label) const;
};

class TrajectoryReader {
public:
  /// Throws Error (kind input) for a file that is missing, no HDF5, incomplete, or no trajectory of
  /// this program.
  explicit TrajectoryReader(std::string path);
  ~TrajectoryReader();
  TrajectoryReader(TrajectoryReader&&) noexcept;

  [[nodiscard]] const std::string& path() const;
  [[nodiscard]] const std::vector<Month>& months() const;
  [[nodiscard]] bool has(const std::string& variable) const;
  /// Reads a whole variable; throws Error (kind input) naming the file if it is missing or
  /// misshapen.
  [[nodiscard]] LabelledArray read(const std::string& variable) const;
  [[nodiscard]] std::string text_attribute(const std::string& name) const;
  [[nodiscard]] std::int64_t integer_attribute(const std::string& name) const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace nearshore
