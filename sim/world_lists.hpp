#pragma once
// The lists that everything else is indexed by: regions, sectors and their reporting groups.
#include "sim/csv.hpp"
#include "sim/world_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

template <class Item> std::vector<std::string> codes_of(const std::vector<Item>& items) {
  std::vector<std::string> codes;
  codes.reserve(items.size());
  for (const auto& item : items)
    codes.push_back(item.code);
  return codes;
}

/// Readers of regions.csv, sectors.csv and groups.csv; they throw Error (kind input) with
/// file:line:column.
std::vector<Region> read_regions(const std::string& path);
std::vector<Sector> read_sectors(const std::string& path);
void read_groups(const std::string& path, const std::vector<Region>&, const std::vector<Sector>&,
                 std::vector<Group>& region_groups, std::vector<Group>& sector_groups);

/// A field that names a region or a group of regions, as the set of its members; the same for
/// sectors.
Bits read_region_set(const CsvRow&, std::string_view column, const std::vector<Region>&,
                     const std::vector<Group>&);
Bits read_sector_set(const CsvRow&, std::string_view column, const std::vector<Sector>&,
                     const std::vector<Group>&);

} // namespace nearshore
