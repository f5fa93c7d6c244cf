#pragma once
// The static context of a report: labels of every axis, groups of sectors and regions that are
// shown together, and the bridge to published trade statistics. All of it is data; sim's records
// hold only indices.
#include "sim/world_table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

/// A named set of regions or of sectors, by index in the world table's order.
struct ReportingGroup {
  std::string name;                 ///< label in files, e.g. "north_america"
  std::string title;                ///< words for a table, e.g. "North America"
  std::vector<std::size_t> members; ///< ascending, no duplicates
};

/// What published statistics of the home region hold beyond the world table, million USD a year by
/// partner: re-exports in its exports; special classification chapters and valuation in its
/// imports.
struct TradeBridge {
  std::vector<double> exports_addon; ///< [region], 0 where nothing is known
  std::vector<double> imports_addon; ///< [region]
};

struct Reporting {
  std::vector<std::string> regions, region_names; ///< codes and names, [region]
  std::vector<std::string> sectors, sector_names; ///< [sector]
  std::vector<bool> is_goods;                     ///< [sector]
  std::vector<std::string> programmes;            ///< "none", then the agreements
  std::vector<std::string> authorities;           ///< [authority]
  std::vector<ReportingGroup> region_groups;
  std::vector<ReportingGroup> sector_groups; ///< further labels of export_sector, after the sectors
  std::vector<std::size_t> blocs;            ///< region groups on the axis `bloc`
  std::vector<std::size_t> content_groups;   ///< region groups whose content the summary shows
  std::size_t home{0};                       ///< region of the partner statistics
  std::vector<std::size_t>
      fellow_members; ///< exporters of the summary: members of an agreement with home
  TradeBridge bridge;

  [[nodiscard]] std::size_t R() const { return regions.size(); }
  [[nodiscard]] std::size_t S() const { return sectors.size(); }
  [[nodiscard]] std::size_t P() const { return programmes.size(); }
  [[nodiscard]] std::size_t A() const { return authorities.size(); }
};

/// Reads a reporting file (TOML, configs/data/reporting.toml) against the labels of a world.
/// `agreements` and `authorities` are the names in the order of the regime's programmes and
/// authorities. Relative paths in the file are relative to its folder. Throws Error (kind input)
/// with file:line:column.
Reporting read_reporting(const std::string& file, const WorldTable& world,
                         std::span<const std::string> agreements,
                         std::span<const std::string> authorities);

} // namespace nearshore
