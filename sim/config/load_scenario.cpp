#include "sim/config/load_scenario.hpp"

#include "policy/text.hpp"
#include "sim/base_year.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/policy_reader.hpp"
#include "sim/config/settings.hpp"

#include <filesystem>

namespace nearshore {
namespace {

std::shared_ptr<const Reporting> read_reporting_of(const Document& document, const Scenario& s,
                                                   const std::string& world_folder) {
  const auto section = document.root().optional_table("reporting");
  if (!section) return nullptr;
  std::vector<std::string> agreements, authorities;
  for (const auto& a : s.regime->data().agreements)
    agreements.push_back(a.header.name);
  for (const auto& a : s.regime->data().authorities)
    authorities.push_back(a.key);
  return std::make_shared<const Reporting>(
      read_reporting(*section, *s.world, world_folder, agreements, authorities));
}

/// [sector_behaviour.SECTOR]: figures that replace those of the data file.
std::vector<SectorSetting> read_sector_settings(const TableView& root, const WorldTable& world) {
  std::vector<SectorSetting> out;
  const auto all = root.table("sector_behaviour");
  for (std::size_t s = 0; s < world.S(); ++s)
    if (const auto of_sector = all.optional_table(world.sectors[s].code))
      for (std::size_t f = 0; f < sector_figures().size(); ++f) {
        const auto& figure = sector_figures()[f];
        if (const auto value = of_sector->optional_number(figure.key, figure.low, figure.high))
          out.push_back({s, f, *value});
      }
  return out;
}

// Without a policy all else would miss something; a misspelt `extends` is the likeliest cause.
void require_policy(const TableView& root) {
  if (root.has("measure")) return;
  const std::vector<std::string> meant{"extends"};
  for (const auto& key : root.keys())
    if (!nearest(key, std::span<const std::string>(meant)).empty())
      throw root.error(key, "unknown key '" + key + "'", "extends", "extends");
  throw root.error("", "no [[measure]]: a scenario without a policy",
                   "measures, or a file that has some: extends = \"history.toml\"");
}

} // namespace

Scenario load_scenario(const std::string& path, std::span<const std::string> set_overrides) {
  const auto document = load_document(find_input(path), set_overrides);
  Scenario out;
  out.file = path;
  out.title = document.root().text("title", "untitled");
  out.description = document.root().optional_text("description").value_or("");
  require_policy(document.root());
  read_settings(document, out.run, out.switches);
  out.parameters = read_parameters(document);
  for (const auto* section : {"run", "switches", "parameters"})
    document.root().table(section).finish(); // before what takes longer
  const auto folder = find_input(out.run.world);
  if (!std::filesystem::is_directory(folder))
    throw document.root().table("run").error("world",
                                             "run.world = '" + out.run.world + "' is no folder",
                                             "a folder with the tables of a base year");
  out.world = std::make_shared<const WorldTable>(read_world_table(folder));
  out.sector_settings = read_sector_settings(document.root(), *out.world);
  out.regime = std::make_shared<const Regime>(read_regime(document.root(), names_of(*out.world)));
  out.reporting = read_reporting_of(document, out, folder);
  document.finish();

  std::vector<std::string> left_out;
  for (const auto& s : setting_table())
    if (!s.affects_results) left_out.push_back(std::string{s.section} + "." + std::string{s.key});
  out.resolved = document.resolved(false);
  out.resolved_sources = document.resolved(true);
  out.resolved_outcome = document.resolved(false, left_out);
  return out;
}

} // namespace nearshore
