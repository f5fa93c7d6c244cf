#pragma once
// The stack of a lane in a month, measure by measure, with the reason why each applies or does not.
// Rates come from the same evaluation as the tables (policy/stack.hpp).
#include "policy/regime.hpp"
#include "policy/stack.hpp"

#include <array>
#include <utility>
#include <vector>

namespace nearshore {

inline constexpr std::size_t kReasons = 6; ///< of Reason

/// What one measure asks of a shipment in a month; averages over its days and the goods' weights.
struct StackLine {
  const Measure* measure{nullptr};
  double full{0};    ///< on the whole value
  double content{0}; ///< on the part of the value that is not the importer's own content
  int days{0};       ///< of the month in which it is in force
  std::array<double, kReasons> because{}; ///< [Reason] share of goods and days in force
  double displaced{0}; ///< part of the value that others pushed it off, where it would apply
  std::vector<const Measure*> displaced_by;
};

/// Measures of the lane in force on some day of the month, by authority, then by start. `goods` and
/// their weights, which sum to 1; one good, or the classes of a lane.
std::vector<StackLine> explain(const Regime& regime, RegionId importer, RegionId origin,
                               Month month, const std::vector<std::pair<Good, double>>& goods);

} // namespace nearshore
