#include "sim/config/numeric_key.hpp"

#include "policy/text.hpp"
#include "sim/sector_behaviour.hpp"

#include <algorithm>

namespace nearshore {
namespace {

constexpr std::string_view kParameters = "parameters.", kSectors = "sectors.";

const ParameterSpec* parameter(std::string_view key) {
  const auto table = parameter_table();
  const auto at =
      std::find_if(table.begin(), table.end(), [&](const auto& p) { return p.key == key; });
  return at == table.end() ? nullptr : &*at;
}

/// Columns that hold any number, not months alone.
std::vector<const SectorKey*> sector_numbers() {
  std::vector<const SectorKey*> out;
  for (const auto& key : sector_keys())
    if (!std::holds_alternative<int SectorTraits::*>(key.member)) out.push_back(&key);
  return out;
}

const SectorKey* sector_number(std::string_view name) {
  for (const auto* key : sector_numbers())
    if (key->key == name) return key;
  return nullptr;
}

[[noreturn]] void refuse(std::string_view key, std::string_view wanted, const std::string& where,
                         const std::vector<std::string_view>& known, const std::string& allowed) {
  throw Error{ErrorKind::input, "no number '" + std::string{key} + "' can be set", where, allowed,
              nearest(wanted, std::span<const std::string_view>(known))};
}

NumericKey key_of_sector(std::string_view key, const std::string& where) {
  const auto rest = key.substr(kSectors.size());
  const auto dot = std::min(rest.find('.'), rest.size());
  const auto figure = rest.substr(std::min(dot + 1, rest.size()));
  const auto* found = sector_number(figure);
  std::vector<std::string_view> names;
  for (const auto* k : sector_numbers())
    names.push_back(k->key);
  if (found == nullptr || dot == 0)
    refuse(key, figure, where, names, "sectors.SECTOR.KEY, with one of " + join(names));
  return {std::string{key}, std::string{found->unit}, found->low, found->high, {}};
}

} // namespace

NumericKey numeric_key(std::string_view key, const std::string& where) {
  if (key.starts_with(kSectors)) return key_of_sector(key, where);
  const auto name = key.starts_with(kParameters) ? key.substr(kParameters.size()) : key;
  const auto* found = parameter(name);
  if (found == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& p : parameter_table())
      names.push_back(p.key);
    refuse(key, name, where, names, "a key of docs/parameters.md, or sectors.SECTOR.KEY");
  }
  return {std::string{kParameters} + std::string{name}, std::string{found->unit}, found->low,
          found->high, found->value};
}

void set_number(Scenario& scenario, const NumericKey& key, double value) {
  const std::string_view path = key.path;
  if (path.starts_with(kParameters)) {
    scenario.parameters.*parameter(path.substr(kParameters.size()))->member = value;
    return;
  }
  const auto rest = path.substr(kSectors.size());
  const auto sector = rest.substr(0, rest.find('.'));
  std::vector<std::string_view> codes;
  for (const auto& s : scenario.world->sectors)
    codes.push_back(s.code);
  const auto at = std::find(codes.begin(), codes.end(), sector);
  if (at == codes.end())
    throw Error{ErrorKind::input, "no sector '" + std::string{sector} + "' in " + key.path,
                scenario.file, join(codes),
                nearest(sector, std::span<const std::string_view>(codes))};
  auto sectors = std::make_shared<SectorData>(*scenario.sectors);
  set_value(*sector_number(rest.substr(rest.find('.') + 1)), *sectors,
            static_cast<std::size_t>(at - codes.begin()), value);
  scenario.sectors = std::move(sectors);
}

std::string toml_of(std::span<const NumericSetting> settings) {
  std::string text;
  std::vector<std::string> done;
  for (const auto& first : settings) {
    const auto table = first.key->path.substr(0, first.key->path.rfind('.'));
    if (std::find(done.begin(), done.end(), table) != done.end()) continue;
    done.push_back(table);
    text += (text.empty() ? "[" : "\n[") + table + "]\n";
    for (const auto& s : settings) {
      const auto dot = s.key->path.rfind('.');
      if (s.key->path.substr(0, dot) != table) continue;
      text += s.key->path.substr(dot + 1) + " = " + number_text(s.value);
      text += s.comment.empty() ? "\n" : " # " + s.comment + "\n";
    }
  }
  return text;
}

} // namespace nearshore
