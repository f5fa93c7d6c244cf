#pragma once
// Names of regions and sectors, which configurations and command lines refer to.
#include "policy/ids.hpp"
#include "sim/world_table.hpp"

#include <string>
#include <vector>

namespace nearshore {

/// Index i is RegionId{i}, SectorId{i}.
struct WorldNames {
  std::vector<std::string> regions, sectors; ///< codes
  std::vector<double> hourly_wage;           ///< [region] USD
  Bits goods{0};                             ///< sectors that are goods
};

WorldNames names_of(const WorldTable& world);
/// Reads regions.csv and sectors.csv of a world folder alone. Throws Error (kind input).
WorldNames read_world_names(const std::string& folder);

} // namespace nearshore
