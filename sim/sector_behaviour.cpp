#include "sim/base_year.hpp"
#include "sim/csv.hpp"

#include <array>

namespace nearshore {

std::span<const SectorFigure> sector_figures() {
  using D = SectorData;
  static const std::array kFigures{
      SectorFigure{"theta", 0.1, 50,
                   [](D& d, std::size_t s) -> double& { return d.traits[s].theta; }},
      SectorFigure{"demand_elasticity", 0, 50,
                   [](D& d, std::size_t s) -> double& { return d.traits[s].demand_elasticity; }},
      SectorFigure{"review_factor", 0, 10,
                   [](D& d, std::size_t s) -> double& { return d.traits[s].review_factor; }},
      SectorFigure{"documentation_factor", 0, 100,
                   [](D& d, std::size_t s) -> double& { return d.traits[s].documentation_factor; }},
      SectorFigure{"energy_share", 0, 1,
                   [](D& d, std::size_t s) -> double& { return d.traits[s].energy_share; }},
      SectorFigure{"inventory_cover", 0, 24,
                   [](D& d, std::size_t s) -> double& { return d.traits[s].inventory_cover; }},
      SectorFigure{"orientation_factor", 0, 10,
                   [](D& d, std::size_t s) -> double& { return d.orientation_factor[s]; }},
  };
  return kFigures;
}

SectorData sector_data_of(SectorData data, std::span<const SectorSetting> settings,
                          const Parameters& parameters) {
  for (const auto& s : settings)
    sector_figures()[s.figure].of(data, s.sector) = s.value;
  for (auto& t : data.traits) {
    t.theta *= parameters.theta_factor;
    t.demand_elasticity *= parameters.demand_elasticity_factor;
  }
  return data;
}

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
    t.lead_low = static_cast<int>(row.integer("lead_low", 0, 60));
    t.lead_high = static_cast<int>(row.integer("lead_high", t.lead_low, 60));
    for (const auto& figure : sector_figures())
      figure.of(data, s) = row.number(figure.key, figure.low, figure.high);
    data.mean_sales[s] = row.number("mean_sales_musd", 1e-3, 1e6) * 1e6;
  }
  for (std::size_t s = 0; s < codes.size(); ++s)
    if (!seen[s])
      throw Error(ErrorKind::input, "no row for sector '" + codes[s] + "'", path,
                  "one row a sector");
  return data;
}

} // namespace nearshore
