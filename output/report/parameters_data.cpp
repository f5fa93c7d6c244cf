// The numbers behind all, and which of them were fitted.
#include "output/calibration/problem.hpp"
#include "output/report/json_text.hpp"
#include "output/report/sections.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/settings.hpp"
#include "sim/csv.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace nearshore {
namespace {

/// What the shipped defaults are the result of.
constexpr const char* kFit = "configs/calibration/baseline.toml";
constexpr const char* kSectors = "configs/data/sector_behaviour.csv";

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

/// The shipped figure of a sector; the base's world may have other sectors.
nlohmann::json shipped(const SectorKey& key, const std::string& code) {
  std::vector<std::string> columns{"sector"};
  for (const auto& k : sector_keys())
    columns.emplace_back(k.key);
  for (const auto row : read_csv(find_input(kSectors), columns, {"estimate", "source"}))
    if (row.text("sector") == code) return short_number(row.number(key.key, key.low, key.high));
  return nullptr;
}

/// A free figure of a sector; null where the base's world has no such sector.
nlohmann::json sector_json(const Scenario& base, const FreeParameter& free) {
  const auto& path = free.key.path; // sectors.SECTOR.KEY
  const auto dot = path.find('.'), last = path.rfind('.');
  const auto code = path.substr(dot + 1, last - dot - 1), name = path.substr(last + 1);
  const auto& sectors = base.world->sectors;
  const auto sector =
      std::find_if(sectors.begin(), sectors.end(), [&](const auto& s) { return s.code == code; });
  const auto keys = sector_keys();
  const auto key =
      std::find_if(keys.begin(), keys.end(), [&](const auto& k) { return k.key == name; });
  if (sector == sectors.end() || key == keys.end()) return nullptr;
  const auto s = static_cast<std::size_t>(sector - sectors.begin());
  return {{"key", path},
          {"sector", code},
          {"unit", free.key.unit},
          {"value", short_number(value_of(*key, *base.sectors, s))},
          {"default", shipped(*key, code)},
          {"calibrated", true},
          {"meaning", spaced(name) + ": " + std::string{key->meaning}},
          {"source", fmt::format("calibrated by {}; bounds {} to {}: {}", kFit, free.low, free.high,
                                 free.source)}};
}

} // namespace

nlohmann::json parameters_json(const Scenario& base) {
  const auto fit = read_calibration(find_input(kFit));
  const auto is_free = [&fit](std::string_view key) {
    return std::any_of(fit.parameters.begin(), fit.parameters.end(), [&](const auto& p) {
      return p.key.path == "parameters." + std::string{key};
    });
  };
  auto out = nlohmann::json::array();
  for (const auto& p : parameter_table())
    out.push_back({{"key", p.key},
                   {"sector", ""},
                   {"unit", p.unit},
                   {"value", short_number(base.parameters.*p.member)},
                   {"default", short_number(p.value)},
                   {"calibrated", is_free(p.key)},
                   {"meaning", p.meaning},
                   {"source", p.source}});
  for (const auto& p : fit.parameters)
    if (p.key.path.starts_with("sectors."))
      if (auto row = sector_json(base, p); !row.is_null()) out.push_back(std::move(row));
  return out;
}

} // namespace nearshore
