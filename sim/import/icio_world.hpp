#pragma once
// From the sums of an Inter-Country table to a world table that closes exactly.
#include "sim/import/icio.hpp"
#include "sim/world_lists.hpp"

#include <string>
#include <vector>

namespace nearshore::importing {

/// The lists of a world: what the table is aggregated to.
struct WorldLists {
  std::vector<Region> regions;
  std::vector<Sector> sectors;
  std::vector<Group> sector_groups, region_groups;
};
/// Reads regions.csv, sectors.csv and groups.csv of a folder.
WorldLists read_world_lists(const std::string& folder);

/// A seller's (region, type, sector) draw-down of inventories beyond its other final sales.
struct DrawDown {
  std::size_t seller{0}; ///< producer
  double amount{0};      ///< million USD, taken off its other final sales
};

struct ImportedWorld {
  WorldTable table; ///< in whole thousand USD; closes exactly
  std::vector<DrawDown> draw_downs;
  std::vector<std::size_t> folded;   ///< export-processing producers added to the domestic ones
  double folded_output{0};           ///< million USD
  std::vector<double> taxes;         ///< [region] on inputs of producers, now in value added
  std::vector<double> value_added;   ///< [region] as published
  double value_added_moved{0};       ///< sum of |value added - (published + taxes)| over producers
  double largest_value_added_gap{0}; ///< largest of these, over the producer's output
  std::size_t largest_gap_producer{0};
  double rounding_moved{0};            ///< sum of |cell - cell before rounding|
  double split_value{0}, all_value{0}; ///< million USD in flows that rest on shares, and in all
};

/// Columns of a divided industry go to its sectors in proportion to their sales (one technology for
/// the industry); taxes less subsidies on inputs are value added; a draw-down of inventories that
/// exceeds a seller's other sales to a destination is taken off its other final sales, in
/// proportion; export-processing producers with less output than `smallest` (million USD) join the
/// domestic ones. Output is the sum of a row, value added the rest of a column; docs/import.md has
/// the formulas. Throws Error (kind input) where a producer's value added would not be positive or
/// a draw-down exceeds all final sales.
ImportedWorld build_world(const IcioSums&, const WorldLists&, const std::string& file,
                          double smallest);

/// Does some industry that is divided over sectors sell in this sector?
std::vector<bool> sectors_with_shares(const IcioSums&);

} // namespace nearshore::importing
