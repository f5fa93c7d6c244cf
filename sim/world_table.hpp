#pragma once
// The base year: a balanced world table of producers (region, type, sector), their inputs by
// origin, and final demand by origin. Values are million USD a year at producers' prices.
#include "policy/ids.hpp"

#include <string>
#include <vector>

namespace nearshore {

enum class FirmType : std::uint8_t { domestic = 0, processing = 1 };
inline constexpr std::size_t kFirmTypes = 2;

struct Region {
  std::string code, name;
  bool splits_processing{false}; ///< has export-processing producers beside domestic ones
  double hourly_wage_usd{0};     ///< labour cost in manufacturing, USD an hour
};
struct Sector {
  std::string code, name;
  bool is_goods{true};         ///< services pay no duty and count as regional content
  double energy_cost_share{0}; ///< purchases of energy and minerals, share of gross output
  double labour_share{0};      ///< compensation of employees, share of value added
};
/// Regions or sectors reported under one name; bit i is the member with index i.
struct Group {
  std::string code;
  Bits members{0};
};

/// Flat arrays, indexed by the functions below. A producer is (region, type, sector); a region
/// without an export-processing split has zero processing producers. Exports of (region, sector)
/// are drawn from its types in proportion to `exports`, home sales in proportion to `gross_output -
/// exports`: origin shares of a buyer do not depend on the type of the seller.
struct WorldTable {
  std::vector<Region> regions;
  std::vector<Sector> sectors;
  std::vector<Group> sector_groups; ///< in the order of groups.csv, e.g. manufacturing
  std::vector<Group> region_groups; ///< blocs, e.g. north_america
  std::vector<double> gross_output, value_added, exports; ///< [producer]
  std::vector<double> inputs;       ///< [producer][input sector][origin region]
  std::vector<double> final_demand; ///< [destination][sector][origin region]

  [[nodiscard]] std::size_t R() const { return regions.size(); }
  [[nodiscard]] std::size_t S() const { return sectors.size(); }
  [[nodiscard]] std::size_t producers() const { return R() * kFirmTypes * S(); }
  [[nodiscard]] std::size_t producer(RegionId r, FirmType t, SectorId s) const {
    return (r.index() * kFirmTypes + static_cast<std::size_t>(t)) * S() + s.index();
  }
  [[nodiscard]] double& input(std::size_t producer, SectorId j, RegionId origin) {
    return inputs[(producer * S() + j.index()) * R() + origin.index()];
  }
  [[nodiscard]] double input(std::size_t producer, SectorId j, RegionId origin) const {
    return inputs[(producer * S() + j.index()) * R() + origin.index()];
  }
  [[nodiscard]] double& final_use(RegionId destination, SectorId s, RegionId origin) {
    return final_demand[(destination.index() * S() + s.index()) * R() + origin.index()];
  }
  [[nodiscard]] double final_use(RegionId destination, SectorId s, RegionId origin) const {
    return final_demand[(destination.index() * S() + s.index()) * R() + origin.index()];
  }
};

/// Money in the files is million USD with at most three decimals: a whole number of thousand USD,
/// so that closure is exact.
inline constexpr double kTableUnitsPerMillion = 1000;

/// Reads regions.csv, sectors.csv, groups.csv, producers.csv, inputs.csv and final_demand.csv of a
/// folder. Exactly, in thousand USD: each producer's output = its inputs + its value added; the
/// output of a (region, sector), summed over types, = its uses by all destinations; its exports =
/// its uses abroad; exports <= output for each producer. Throws Error (kind input) with
/// file:line:column for anything else.
WorldTable read_world_table(const std::string& folder);

} // namespace nearshore
