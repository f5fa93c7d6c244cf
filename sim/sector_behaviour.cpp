#include "sim/base_year.hpp"
#include "sim/csv.hpp"

namespace nearshore {

SectorData read_sector_behaviour(const std::string& path, const WorldTable& world) {
  const std::vector<std::string> columns{"sector",
                                         "theta",
                                         "demand_elasticity",
                                         "review_factor",
                                         "lead_low",
                                         "lead_high",
                                         "documentation_factor",
                                         "energy_share",
                                         "inventory_cover",
                                         "orientation_factor",
                                         "mean_sales_musd"};
  const std::vector<std::string> optional{"estimate", "source"};
  const CsvTable table = read_csv(path, columns, optional);
  std::vector<std::string> codes;
  for (const auto& s : world.sectors)
    codes.push_back(s.code);
  SectorData data;
  data.traits.resize(world.S());
  data.mean_sales.resize(world.S());
  data.orientation_factor.resize(world.S());
  std::vector<bool> seen(world.S());
  for (const auto row : table) {
    const auto s = row.choice("sector", codes, "sector");
    if (seen[s])
      throw row.error("sector", "sector '" + codes[s] + "' appears twice", "one row a sector");
    seen[s] = true;
    auto& t = data.traits[s];
    t.is_goods = world.sectors[s].is_goods;
    t.theta = row.number("theta", 0.1, 50);
    t.demand_elasticity = row.number("demand_elasticity", 0, 50);
    t.review_factor = row.number("review_factor", 0, 10);
    t.lead_low = static_cast<int>(row.integer("lead_low", 0, 60));
    t.lead_high = static_cast<int>(row.integer("lead_high", t.lead_low, 60));
    t.documentation_factor = row.number("documentation_factor", 0, 100);
    t.energy_share = row.number("energy_share", 0, 1);
    t.inventory_cover = row.number("inventory_cover", 0, 24);
    data.orientation_factor[s] = row.number("orientation_factor", 0, 10);
    data.mean_sales[s] = row.number("mean_sales_musd", 1e-3, 1e6) * 1e6;
  }
  for (std::size_t s = 0; s < codes.size(); ++s)
    if (!seen[s])
      throw Error(ErrorKind::input, "no row for sector '" + codes[s] + "'", path,
                  "one row a sector");
  return data;
}

} // namespace nearshore
