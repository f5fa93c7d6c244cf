#pragma once
// The one list of what a trajectory holds. The HDF5 writer, docs/output.md and the checks on a file
// that is read back are all made from it: adding an output is one entry here.
#include "sim/record.hpp"
#include "sim/reporting.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

/// An axis of the variables, except the month, which is the first axis of every variable.
struct Dimension {
  std::string_view name;
  std::string_view meaning;
  std::vector<std::string> (*labels)(const Reporting&);
};

enum class Storage { float32, float64 };

struct Variable {
  std::string_view name;
  std::vector<std::string_view> dims; ///< after `time`, slowest first
  std::string_view unit;
  std::string_view meaning;
  Storage storage;
  /// Writes one month, row-major over `dims`; NaN where the value has no meaning (a share of
  /// nothing).
  void (*fill)(const MonthRecord&, const Reporting&, std::span<double> out);
};

std::span<const Dimension> dimensions();
std::span<const Variable> variables();

/// Throws Error (kind internal) for a name that is not in the list.
const Dimension& dimension(std::string_view name);
/// Number of values of one month.
std::size_t slab_size(const Variable& variable, const Reporting& reporting);

/// The page docs/output.md, complete, made from the two lists.
std::string output_documentation();

inline constexpr std::string_view kTimeUnits = "days since 2000-01-01";
/// Days from 2000-01-01 to the first day of the month.
int days_since_2000(Month month);
/// The month whose first day that is; nothing where the day is not the first of a month.
std::optional<Month> month_of_days_since_2000(int days);

} // namespace nearshore
