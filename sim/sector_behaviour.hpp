#pragma once
// Behaviour that differs by sector: a table in a file, and [sectors.NAME] of a scenario over it.
#include "agents/context.hpp"
#include "sim/config/document.hpp"
#include "sim/world_table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nearshore {

/// A sector's behaviour plus what only the base year needs.
struct SectorData {
  std::vector<SectorTraits> traits;
  std::vector<double> mean_sales_musd;    ///< million USD a year of one firm
  std::vector<double> orientation_factor; ///< on Parameters::orientation_spread
};

/// A column of the table and key of [sectors.NAME].
struct SectorKey {
  using Member =
      std::variant<double SectorTraits::*, int SectorTraits::*, std::vector<double> SectorData::*>;
  std::string_view key;
  Member member;
  double low, high;
  std::string_view unit, meaning;
};
/// In the order of docs/parameters.md.
std::span<const SectorKey> sector_keys();

/// A figure of one sector.
double value_of(const SectorKey& key, const SectorData& data, std::size_t sector);
/// Sets a figure of one sector; no range is checked.
void set_value(const SectorKey& key, SectorData& data, std::size_t sector, double value);

/// With every sector's figures times the parameters that scale a column (theta_factor and the
/// like).
SectorData scaled(SectorData data, const Parameters& parameters);

/// Reads a table like configs/data/sector_behaviour.csv; one row for every sector of the world.
/// Throws Error (kind input) with file:line:column.
SectorData read_sector_behaviour(const std::string& path, const WorldTable&);

/// Reads [sectors]: the file named by `behaviour`, then what [sectors.NAME] changes of it. Throws
/// Error (input) at the key.
SectorData read_sectors(const TableView& root, const WorldTable&);

} // namespace nearshore
