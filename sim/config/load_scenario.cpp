#include "sim/config/layers.hpp"

#include "policy/text.hpp"
#include "sim/config/data_files.hpp"
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

} // namespace

namespace {

// Without a policy all else would miss something; a misspelt `extends` is the likeliest cause.
void require_policy(const TableView& root) {
  if (root.has("measure")) return;
  const std::vector<std::string> meant{"extends"};
  for (const auto& key : root.keys())
    if (!nearest(key, std::span<const std::string>(meant)).empty())
      throw root.error(key, "unknown key '" + key + "'", "extends", "extends");
  throw root.error(
      "", "no [[measure]]: a scenario without a policy",
      "measures, or a file that has some: extends = \"history.toml\"; measure = [] for a "
      "world without duties");
}

// Measures before the calendar are not known, so that none would seem to have been in force.
void require_known(const Document& document, const RunSettings& run, const RegimeData& law) {
  if (!law.known_from || run.start >= law.known_from->in_month()) return;
  throw document.root().table("run").error(
      "start",
      "run.start = " + run.start.text() + " is before the calendar of measures begins (policy." +
          "known_from)",
      law.known_from->in_month().text() + " or later");
}

} // namespace

namespace {

Scenario read_scenario(const Document& document, const std::string& name,
                       const std::string& default_output) {
  Scenario out;
  out.run.output = default_output;
  out.file = name;
  out.title = document.root().text("title", "untitled");
  out.description = document.root().optional_text("description").value_or("");
  require_policy(document.root());
  read_settings(document, out.run, out.switches);
  out.parameters = read_parameters(document);
  for (const auto* section : {"run", "switches", "parameters"})
    document.root().table(section).finish(); // before what takes longer
  const auto folder = find_input(out.run.world);
  if (std::error_code failed; !std::filesystem::is_directory(folder, failed))
    throw document.root().table("run").error("world",
                                             "run.world = '" + out.run.world + "' is no folder",
                                             "a folder with the tables of a base year");
  out.world = std::make_shared<const WorldTable>(read_world_table(folder));
  out.sectors = std::make_shared<const SectorData>(read_sectors(document.root(), *out.world));
  out.regime = std::make_shared<const Regime>(read_regime(document.root(), names_of(*out.world)));
  require_known(document, out.run, out.regime->data());
  out.reporting = read_reporting_of(document, out, folder);
  document.finish();

  std::vector<std::string> left_out;
  for (const auto& s : setting_table())
    if (!s.affects_results) left_out.push_back(std::string{s.section} + "." + std::string{s.key});
  out.resolved = document.resolved(false);
  out.resolved_sources = document.resolved(true);
  out.resolved_outcome = document.resolved(false, left_out);
  out.data_sums = data_sums_of(out.resolved_outcome);
  return out;
}

/// Runs of several scenarios in one folder do not write over one another.
std::string output_named_after(const std::string& path) {
  return std::filesystem::path{path}.stem().string() + ".h5";
}

} // namespace

Scenario load_scenario(const std::string& path, std::span<const std::string> set_overrides) {
  return read_scenario(load_document(find_input(path), set_overrides), path,
                       output_named_after(path));
}

Scenario load_scenario(const std::string& path, std::span<const std::string> set_overrides,
                       std::span<const Layer> over) {
  return read_scenario(load_document(find_input(path), set_overrides, over), path,
                       output_named_after(path));
}

Scenario load_scenario_text(std::string_view text, const std::string& name,
                            std::span<const std::string> set_overrides) {
  return read_scenario(parse_document(text, name, set_overrides), name, RunSettings{}.output);
}

} // namespace nearshore
