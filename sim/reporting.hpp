#pragma once
// The static context of a report: labels of every axis, groups of sectors and regions that are
// shown together, and the bridge to published trade statistics. All of it is data; sim's records
// hold only indices.
#include "sim/config/document.hpp"
#include "sim/world_table.hpp"

#include <span>
#include <string>
#include <vector>

namespace nearshore {

/// A named set of regions or of sectors, by index in the world table's order.
struct ReportingGroup {
  std::string name;                 ///< label in files, e.g. "north_america"
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
  std::vector<ReportingGroup> sector_groups; ///< further labels of export_sector, after the sectors
  std::vector<ReportingGroup> blocs;         ///< groups of regions on the axis `bloc`
  std::vector<ReportingGroup> content_groups; ///< sources of value added in the summary
  std::size_t home{0};                        ///< region of the partner statistics
  std::vector<std::size_t> fellow_members;    ///< exporters of the summary, who may claim in home
  TradeBridge bridge;

  [[nodiscard]] std::size_t R() const { return regions.size(); }
  [[nodiscard]] std::size_t S() const { return sectors.size(); }
  [[nodiscard]] std::size_t P() const { return programmes.size(); }
  [[nodiscard]] std::size_t A() const { return authorities.size(); }
};

/// Reads the table [reporting] of a configuration (configs/reporting.toml) against a world and the
/// names of the regime's agreements and authorities, in their order. The bridge is a file of the
/// world's folder. The groups are those of the world. Throws Error (kind input) at the key that is
/// wrong.
Reporting read_reporting(const TableView& section, const WorldTable& world,
                         const std::string& world_folder, std::span<const std::string> agreements,
                         std::span<const std::string> authorities);

} // namespace nearshore
