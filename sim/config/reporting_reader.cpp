#include "sim/reporting.hpp"

#include "sim/config/paths.hpp"
#include "sim/csv.hpp"

#include <algorithm>

namespace nearshore {
namespace {

ReportingGroup group_of(const Group& group) {
  ReportingGroup g{group.code, {}};
  for (std::size_t i = 0; i < kMaxRegions; ++i)
    if (contains(group.members, i)) g.members.push_back(i);
  return g;
}

std::vector<std::string> codes(const std::vector<Group>& groups) {
  std::vector<std::string> list;
  for (const auto& g : groups)
    list.push_back(g.code);
  return list;
}

TradeBridge read_bridge(const std::string& path, const std::vector<std::string>& regions) {
  TradeBridge bridge;
  bridge.exports_addon.assign(regions.size(), 0);
  bridge.imports_addon.assign(regions.size(), 0);
  std::vector<bool> seen(regions.size());
  const auto table = read_csv(path, {"partner", "exports_addon_musd", "imports_addon_musd"},
                              {"source", "estimate"});
  for (const auto row : table) {
    const std::size_t partner = row.choice("partner", regions, "region");
    if (seen[partner]) throw row.error("partner", "a second row for the same partner");
    seen[partner] = true;
    bridge.exports_addon[partner] = row.number("exports_addon_musd", -1e7, 1e7);
    bridge.imports_addon[partner] = row.number("imports_addon_musd", -1e7, 1e7);
  }
  return bridge;
}

} // namespace

Reporting read_reporting(const TableView& section, const WorldTable& world,
                         const std::string& world_folder, std::span<const std::string> agreements,
                         std::span<const std::string> authorities) {
  Reporting r;
  for (const auto& region : world.regions) {
    r.regions.push_back(region.code);
    r.region_names.push_back(region.name);
  }
  for (const auto& sector : world.sectors) {
    r.sectors.push_back(sector.code);
    r.sector_names.push_back(sector.name);
    r.is_goods.push_back(sector.is_goods);
  }
  r.programmes = {"none"};
  r.programmes.insert(r.programmes.end(), agreements.begin(), agreements.end());
  r.authorities.assign(authorities.begin(), authorities.end());
  for (const auto& g : world.sector_groups)
    r.sector_groups.push_back(group_of(g));

  r.home = section.choice("home", r.regions, "region");
  r.fellow_members = section.choices("exporters", r.regions, "region");
  const auto groups = codes(world.region_groups);
  for (const std::size_t g : section.choices("blocs", groups, "group of regions"))
    r.blocs.push_back(group_of(world.region_groups[g]));
  auto sources = r.regions;
  sources.insert(sources.end(), groups.begin(), groups.end());
  for (const std::size_t s : section.choices("content", sources, "region or group of regions")) {
    if (s < r.R())
      r.content_groups.push_back({r.regions[s], {s}});
    else
      r.content_groups.push_back(group_of(world.region_groups[s - r.R()]));
  }
  r.bridge =
      read_bridge(find_input(world_folder) + "/" + section.required_text("bridge"), r.regions);
  return r;
}

} // namespace nearshore
