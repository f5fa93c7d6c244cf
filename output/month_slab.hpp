#pragma once
// One month of every variable as numbers, on its way from a run to the file.
#include "output/variable.hpp"

#include <cstddef>
#include <vector>

namespace nearshore {

/// In the order of variables(), as doubles.
struct MonthSlab {
  std::size_t run{0}; ///< in a file of several runs
  Month month;
  std::vector<double> values;
};

/// Where each variable lies in a MonthSlab.
class SlabLayout {
public:
  explicit SlabLayout(const Reporting& reporting);
  [[nodiscard]] std::size_t size() const { return offsets.back(); }
  [[nodiscard]] std::size_t offset(std::size_t variable) const { return offsets[variable]; }
  [[nodiscard]] std::size_t length(std::size_t variable) const {
    return offsets[variable + 1] - offsets[variable];
  }

private:
  std::vector<std::size_t> offsets;
};

/// Throws Error (kind internal) for a record whose arrays do not have the sizes of the report.
void check_record(const MonthRecord& record, const Reporting& reporting);

/// Computes all variables of a month.
void fill_slab(const MonthRecord& record, const Reporting& reporting, const SlabLayout& layout,
               MonthSlab& slab);

} // namespace nearshore
