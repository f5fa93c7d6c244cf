#include "sim/world_lists.hpp"

#include "policy/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace nearshore {
namespace {

template <class Item>
void check_new_code(const CsvRow& row, const std::vector<Item>& items, std::size_t limit) {
  const auto code = row.required_text("code");
  for (const auto& item : items)
    if (item.code == code) throw row.error("code", fmt::format("'{}' appears twice", code));
  if (items.size() == limit)
    throw row.error("code", "too many rows", fmt::format("at most {}", limit));
}

template <class Item>
std::optional<Bits> members_of(std::string_view code, const std::vector<Item>& items,
                               const std::vector<Group>& groups) {
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].code == code) return bit(i);
  for (const auto& g : groups)
    if (g.code == code) return g.members;
  return {};
}

template <class Item>
Bits read_members_of(const CsvRow& row, std::string_view column, const std::vector<Item>& items,
                     const std::vector<Group>& groups, const char* what) {
  if (const auto found = members_of(row.text(column), items, groups)) return *found;
  auto known = codes_of(items);
  for (const auto& g : groups)
    known.push_back(g.code);
  [[maybe_unused]] const auto unknown = row.choice(column, known, what); // throws
  return 0;
}

} // namespace

std::vector<Region> read_regions(const std::string& path) {
  std::vector<Region> regions;
  for (const auto row : read_csv(
           path, {"code", "name", "splits_processing", "hourly_wage_usd", "source", "estimate"})) {
    check_new_code(row, regions, kMaxRegions);
    regions.push_back({std::string{row.text("code")}, std::string{row.required_text("name")},
                       row.boolean("splits_processing"),
                       row.number("hourly_wage_usd", 0.01, 1000)});
  }
  if (regions.empty()) throw Error(ErrorKind::input, "no region", path, "one row for each region");
  return regions;
}

std::vector<Sector> read_sectors(const std::string& path) {
  std::vector<Sector> sectors;
  for (const auto row : read_csv(
           path,
           {"code", "name", "is_goods", "energy_cost_share", "labour_share", "source", "estimate"},
           {"harmonized_system"})) {
    check_new_code(row, sectors, kMaxSectors);
    sectors.push_back({std::string{row.text("code")}, std::string{row.required_text("name")},
                       row.boolean("is_goods"), row.number("energy_cost_share", 0, 1),
                       row.number("labour_share", 0, 1)});
  }
  if (sectors.empty()) throw Error(ErrorKind::input, "no sector", path, "one row for each sector");
  return sectors;
}

void read_groups(const std::string& path, const std::vector<Region>& regions,
                 const std::vector<Sector>& sectors, std::vector<Group>& region_groups,
                 std::vector<Group>& sector_groups) {
  const std::vector<std::string> dimensions{"sector", "region"};
  const std::array codes{codes_of(sectors), codes_of(regions)};
  for (const auto row : read_csv(path, {"dimension", "group", "member"})) {
    const auto d = row.choice("dimension", dimensions, "dimension");
    auto& groups = d == 0 ? sector_groups : region_groups;
    const std::string code{row.required_text("group")};
    const auto member = row.choice("member", codes[d], dimensions[d]);
    if (std::find(codes[d].begin(), codes[d].end(), code) != codes[d].end())
      throw row.error("group", fmt::format("group '{}' has the name of a {}", code, dimensions[d]));
    auto group =
        std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.code == code; });
    if (group == groups.end()) group = groups.insert(groups.end(), Group{code, 0});
    if (contains(group->members, member))
      throw row.error("member",
                      fmt::format("'{}' appears twice in '{}'", row.text("member"), code));
    group->members |= bit(member);
  }
}

Bits read_region_set(const CsvRow& row, std::string_view column, const std::vector<Region>& regions,
                     const std::vector<Group>& groups) {
  return read_members_of(row, column, regions, groups, "region or group of regions");
}

Bits read_sector_set(const CsvRow& row, std::string_view column, const std::vector<Sector>& sectors,
                     const std::vector<Group>& groups) {
  return read_members_of(row, column, sectors, groups, "sector or group of sectors");
}

} // namespace nearshore
