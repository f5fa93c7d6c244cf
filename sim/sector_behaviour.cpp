#include "sim/sector_behaviour.hpp"

#include "sim/config/paths.hpp"
#include "sim/csv.hpp"

#include <fmt/format.h>

#include <array>

namespace nearshore {

std::span<const SectorKey> sector_keys() {
  using T = SectorTraits;
  static const std::array kKeys{
      SectorKey{"theta", &T::theta, 0.1, 50, "1",
                "dispersion of match among suppliers: weight of log cost in the choice"},
      SectorKey{"demand_elasticity", &T::demand_elasticity, 0, 50, "1",
                "CES of final demand over sellers, long run"},
      SectorKey{"review_factor", &T::review_factor, 0, 10, "1",
                "on the monthly rate of contract review"},
      SectorKey{"lead_low", &T::lead_low, 0, 60, "months",
                "shortest time to qualify a supplier of this sector's producers"},
      SectorKey{"lead_high", &T::lead_high, 0, 60, "months",
                "longest such time; not below lead_low"},
      SectorKey{"documentation_factor", &T::documentation_factor, 0, 100, "1",
                "on the median documentation cost"},
      SectorKey{"energy_share", &T::energy_share, 0, 1, "share",
                "of own value added that moves with the energy cost of the region"},
      SectorKey{"inventory_cover", &T::inventory_cover, 0, 24, "months", "inputs held"},
      SectorKey{"orientation_factor", &SectorData::orientation_factor, 0, 10, "1",
                "on the spread of firms between regional and global sourcing"},
      SectorKey{"mean_sales_musd", &SectorData::mean_sales_musd, 1e-3, 1e6, "million USD a year",
                "mean sales of the exporting firms that agents stand for"},
  };
  return kKeys;
}

double value_of(const SectorKey& key, const SectorData& data, std::size_t sector) {
  if (const auto* m = std::get_if<double SectorTraits::*>(&key.member))
    return data.traits[sector].**m;
  if (const auto* m = std::get_if<int SectorTraits::*>(&key.member)) return data.traits[sector].**m;
  return (data.*std::get<std::vector<double> SectorData::*>(key.member))[sector];
}

namespace {

bool is_whole(const SectorKey& key) {
  return std::holds_alternative<int SectorTraits::*>(key.member);
}

SectorData empty_data(const WorldTable& world) {
  SectorData data;
  data.traits.resize(world.S());
  for (std::size_t s = 0; s < world.S(); ++s)
    data.traits[s].is_goods = world.sectors[s].is_goods;
  for (const auto& key : sector_keys())
    if (const auto* m = std::get_if<std::vector<double> SectorData::*>(&key.member))
      (data.**m).resize(world.S());
  return data;
}

std::vector<std::string> codes_of(const WorldTable& world) {
  std::vector<std::string> codes;
  for (const auto& s : world.sectors)
    codes.push_back(s.code);
  return codes;
}

bool leads_disagree(const SectorData& data, std::size_t sector) {
  return data.traits[sector].lead_high < data.traits[sector].lead_low;
}

} // namespace

void set_value(const SectorKey& key, SectorData& data, std::size_t sector, double value) {
  if (const auto* m = std::get_if<double SectorTraits::*>(&key.member))
    data.traits[sector].** m = value;
  else if (const auto* i = std::get_if<int SectorTraits::*>(&key.member))
    data.traits[sector].** i = static_cast<int>(value);
  else
    (data.*std::get<std::vector<double> SectorData::*>(key.member))[sector] = value;
}

SectorData scaled(SectorData data, const Parameters& parameters) {
  for (auto& t : data.traits) {
    t.theta *= parameters.theta_factor;
    t.demand_elasticity *= parameters.demand_elasticity_factor;
  }
  return data;
}

SectorData read_sector_behaviour(const std::string& path, const WorldTable& world) {
  std::vector<std::string> columns{"sector"};
  for (const auto& key : sector_keys())
    columns.emplace_back(key.key);
  const CsvTable table = read_csv(path, columns, {"estimate", "source"});
  const auto codes = codes_of(world);
  SectorData data = empty_data(world);
  std::vector<bool> seen(world.S());
  for (const auto row : table) {
    const auto s = row.choice("sector", codes, "sector");
    if (seen[s])
      throw row.error("sector", "sector '" + codes[s] + "' appears twice", "one row a sector");
    seen[s] = true;
    for (const auto& key : sector_keys())
      set_value(key, data, s,
                is_whole(key)
                    ? static_cast<double>(row.integer(key.key, static_cast<std::int64_t>(key.low),
                                                      static_cast<std::int64_t>(key.high)))
                    : row.number(key.key, key.low, key.high));
    if (leads_disagree(data, s))
      throw row.error("lead_high", "lead_high is below lead_low",
                      fmt::format("{} to 60", data.traits[s].lead_low));
  }
  for (std::size_t s = 0; s < codes.size(); ++s)
    if (!seen[s])
      throw Error(ErrorKind::input, "no row for sector '" + codes[s] + "'", path,
                  "one row a sector");
  return data;
}

SectorData read_sectors(const TableView& root, const WorldTable& world) {
  const auto section = root.table("sectors");
  SectorData data = read_sector_behaviour(
      find_input(section.text("behaviour", "configs/data/sector_behaviour.csv")), world);
  const auto codes = codes_of(world);
  for (std::size_t s = 0; s < codes.size(); ++s) {
    const auto table = section.table(codes[s]);
    for (const auto& key : sector_keys()) {
      const double otherwise = value_of(key, data, s);
      set_value(key, data, s,
                is_whole(key)
                    ? static_cast<double>(table.integer(key.key, static_cast<std::int64_t>(key.low),
                                                        static_cast<std::int64_t>(key.high),
                                                        static_cast<std::int64_t>(otherwise)))
                    : table.number(key.key, key.low, key.high, otherwise));
    }
    if (leads_disagree(data, s))
      throw table.error(table.has("lead_high") ? "lead_high" : "lead_low",
                        "lead_high is below lead_low", "lead_low not above lead_high");
    table.finish();
  }
  section.finish();
  return data;
}

} // namespace nearshore
