#pragma once
// Tariff-line classes of a lane, built from what is known of their margins: how its value spreads
// over MFN rates, over product lists and over shipment sizes. Deterministic; the same data give the
// same lines.
#include "policy/duty_table.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

struct MfnBin {
  float share{0}, rate{0};
  bool free{false};
};

/// A product list inside one lane: an interval of one coordinate on [0, 1). Lists of one coordinate
/// overlap or exclude each other as their intervals do; those of different coordinates are
/// independent.
struct ListPlacement {
  ListId list;
  float begin{0}, share{0};
  std::size_t coordinate{0}; ///< 0: along the bins, in their order; 1 to 5: spread over them
};

/// Levels of the quantiles in LaneMargins::entry_quantiles.
inline constexpr std::array<float, 5> kEntryLevels{0.1F, 0.3F, 0.5F, 0.7F, 0.9F};

struct LaneMargins {
  RegionId origin;
  SectorId sector;
  std::vector<MfnBin> bins; ///< shares sum to 1
  std::vector<ListPlacement> lists;
  std::array<float, 5> entry_quantiles{}; ///< USD a customs entry at kEntryLevels of value
  std::size_t max_classes{32};
  bool rules_along_bins{
      false}; ///< rule draws follow the order of the bins, else independent of them
};

/// Classes whose shares sum to 1 and match the margins: every bin's and every list's share to 0.002
/// of the lane's value where max_classes leaves room (docs/policy.md, Tariff lines). Method: a
/// lattice of points is cut by the bins and intervals; the signatures that cover every bin and list
/// and the heaviest others are kept; shares are raked (iterative proportional fitting) to the
/// margins; heavy classes are split so that entry values and rule draws, laid by stratified
/// quantiles, spread over them. Margins under 0.002 are dropped.
std::vector<TariffLine> build_lines(const LaneMargins& margins);

} // namespace nearshore
