#include "sim/config/world_names.hpp"

#include "sim/csv.hpp"

namespace nearshore {

WorldNames names_of(const WorldTable& world) {
  WorldNames names;
  for (const auto& region : world.regions) {
    names.regions.push_back(region.code);
    names.hourly_wage.push_back(region.hourly_wage_usd);
  }
  for (std::size_t s = 0; s < world.sectors.size(); ++s) {
    names.sectors.push_back(world.sectors[s].code);
    if (world.sectors[s].is_goods) names.goods |= bit(s);
  }
  return names;
}

WorldNames read_world_names(const std::string& folder) {
  WorldNames names;
  const auto regions = read_csv(folder + "/regions.csv", {"code", "name", "hourly_wage_usd"},
                                {"splits_processing", "source", "estimate"});
  const auto sectors =
      read_csv(folder + "/sectors.csv", {"code", "name", "is_goods"},
               {"harmonized_system", "energy_cost_share", "labour_share", "source", "estimate"});
  if (regions.size() > kMaxRegions)
    throw regions[kMaxRegions].error("code", "too many regions", "at most 32");
  if (sectors.size() > kMaxSectors)
    throw sectors[kMaxSectors].error("code", "too many sectors", "at most 32");
  for (const auto row : regions) {
    names.regions.emplace_back(row.required_text("code"));
    names.hourly_wage.push_back(row.number("hourly_wage_usd", 0.01, 1000));
  }
  for (const auto row : sectors) {
    if (row.boolean("is_goods")) names.goods |= bit(names.sectors.size());
    names.sectors.emplace_back(row.required_text("code"));
  }
  return names;
}

} // namespace nearshore
