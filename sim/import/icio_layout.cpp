#include "sim/import/icio_layout.hpp"

#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

namespace nearshore::importing {
namespace {

bool is_category(std::string_view name) {
  return std::find(std::begin(kFinalCategories), std::end(kFinalCategories), name) !=
         std::end(kFinalCategories);
}

template <class Map> std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map)
    keys.push_back(key);
  return keys;
}

/// Reads labels one by one and keeps what the whole header must satisfy.
class HeaderReader {
public:
  HeaderReader(const CsvStream& stream, const IcioRules& r) : in(stream), rules(r) {
    layout.countries.resize(rules.regions.size());
  }

  IcioLayout read() {
    const auto names = header_names(in);
    if (names.size() < 4)
      throw in.error(0, fmt::format("{} columns where a table is expected", names.size()),
                     "a column of row labels, then COUNTRY_INDUSTRY, COUNTRY_CATEGORY, OUT");
    for (std::size_t i = 1; i < names.size(); ++i)
      read_label(names[i], i);
    if (!has_total) throw in.error(names.size(), "no column of gross output", "a last column OUT");
    check_grid();
    check_lists();
    return std::move(layout);
  }

private:
  void read_label(const std::string& label, std::size_t field) {
    if (!layout.column_of.emplace(label, layout.columns.size()).second)
      throw in.error(field, fmt::format("column '{}' appears twice", label));
    IcioColumn column;
    column.label = label;
    const auto cut = label.find('_');
    if (is_output_label(label)) {
      column.kind = IcioColumnKind::total;
      layout.total = layout.columns.size();
      has_total = true;
    } else if (cut == std::string::npos || cut == 0 || cut + 1 == label.size()) {
      throw in.error(field, fmt::format("column '{}' is no label of the table", label),
                     "COUNTRY_INDUSTRY, COUNTRY_CATEGORY or OUT");
    } else {
      const auto country = label.substr(0, cut), item = label.substr(cut + 1);
      const auto to = region_of(country, field);
      if (is_category(item)) {
        column.kind = IcioColumnKind::final_demand;
        column.destination = to.region.index();
        column.inventories = item == kInventories;
        column.may_be_negative =
            std::find(rules.may_be_negative.begin(), rules.may_be_negative.end(), item) !=
            rules.may_be_negative.end();
        categories[country].insert(item);
        all_categories.insert(item);
      } else {
        column.kind = IcioColumnKind::industry;
        column.user = user_of(to, industry_of(item, field));
        industries[country].insert(item);
      }
      first_field.emplace(country, field);
    }
    layout.columns.push_back(std::move(column));
  }

  RegionOf region_of(const std::string& country, std::size_t field) {
    const auto found = rules.countries.find(country);
    const bool seen = first_field.count(country) > 0;
    if (found == rules.countries.end()) {
      if (!rules.rest)
        throw in.error(field, fmt::format("unknown country '{}'", country),
                       fmt::format("a country of {}, or --rest REGION", rules.countries_file),
                       nearest(country, keys_of(rules.countries)));
      if (!seen) layout.rest.push_back(country);
    }
    const auto to = found == rules.countries.end() ? RegionOf{*rules.rest} : found->second;
    if (!seen) layout.countries[to.region.index()].push_back(country);
    return to;
  }

  std::size_t industry_of(const std::string& item, std::size_t field) {
    const auto known = std::find(layout.industries.begin(), layout.industries.end(), item);
    if (known != layout.industries.end())
      return static_cast<std::size_t>(known - layout.industries.begin());
    const auto found = rules.industries.find(item);
    if (found == rules.industries.end()) {
      auto candidates = keys_of(rules.industries);
      candidates.insert(candidates.end(), std::begin(kFinalCategories), std::end(kFinalCategories));
      throw in.error(field, fmt::format("unknown industry '{}'", item),
                     fmt::format("an industry of {}, or a category of final demand: {}",
                                 rules.industries_file,
                                 join(std::span<const std::string_view>(kFinalCategories))),
                     nearest(item, candidates));
    }
    layout.industries.push_back(item);
    layout.sectors_of.push_back(&found->second);
    return layout.industries.size() - 1;
  }

  std::size_t user_of(RegionOf region, std::size_t industry) {
    const auto key =
        std::tuple{region.region.index(), static_cast<std::size_t>(region.type), industry};
    const auto [it, fresh] = users.emplace(key, layout.users.size());
    if (fresh) layout.users.push_back({region, industry});
    return it->second;
  }

  // The published tables are full grids: what is missing was lost on the way.
  void check_grid() const {
    for (const auto& [country, own] : industries) {
      for (const auto& industry : layout.industries)
        if (own.count(industry) == 0)
          throw in.error(
              first_field.find(country)->second,
              fmt::format("country '{}' has no column '{}_{}'", country, country, industry),
              "the same industries for every country");
    }
    if (all_categories.count(std::string{kInventories}) == 0)
      throw in.error(in.size(), "no column of changes in inventories",
                     fmt::format("COUNTRY_{}", kInventories));
    std::vector<bool> consumes(rules.regions.size());
    for (const auto& [country, own] : categories) {
      for (const auto& category : all_categories)
        if (own.count(category) == 0)
          throw in.error(
              first_field.find(country)->second,
              fmt::format("country '{}' has no column '{}_{}'", country, country, category),
              "the same categories of final demand for every country");
      for (std::size_t r = 0; r < consumes.size(); ++r)
        if (std::count(layout.countries[r].begin(), layout.countries[r].end(), country) > 0)
          consumes[r] = true;
    }
    // Codes of firm types (MX1, MX2) have no final demand of their own: their country has.
    for (std::size_t r = 0; r < consumes.size(); ++r)
      if (!layout.countries[r].empty() && !consumes[r])
        throw in.error(first_field.find(layout.countries[r].front())->second,
                       fmt::format("no final demand of {}", join(layout.countries[r])),
                       "columns COUNTRY_HFCE and so on");
  }

  void check_lists() const {
    for (std::size_t r = 0; r < rules.regions.size(); ++r)
      if (layout.countries[r].empty())
        throw in.error(
            0, fmt::format("no country of the table belongs to region '{}'", rules.regions[r].code),
            "at least one for every region");
    for (std::size_t s = 0; s < rules.sectors.size(); ++s)
      if (std::none_of(layout.sectors_of.begin(), layout.sectors_of.end(), [&](const auto* to) {
            return std::any_of(to->sectors.begin(), to->sectors.end(),
                               [&](const auto& share) { return share.sector.index() == s; });
          }))
        throw in.error(
            0,
            fmt::format("no industry of the table belongs to sector '{}'", rules.sectors[s].code),
            "at least one for every sector");
  }

  const CsvStream& in;
  const IcioRules& rules;
  IcioLayout layout;
  bool has_total{false};
  std::map<std::string, std::size_t> first_field;
  std::map<std::string, std::set<std::string>> industries, categories;
  std::set<std::string> all_categories;
  std::map<std::tuple<std::size_t, std::size_t, std::size_t>, std::size_t> users;
};

} // namespace

IcioLayout read_icio_header(const CsvStream& in, const IcioRules& rules) {
  return HeaderReader{in, rules}.read();
}

bool is_output_label(std::string_view label) {
  return label == "OUT" || label == "OUTPUT" || label == "TOTAL";
}

std::optional<int> year_of_file_name(const std::string& path) {
  auto name = std::filesystem::path(path).filename().string();
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::vector<int> years;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t end = i;
    while (end < name.size() && digit(name[end]))
      ++end;
    if (end - i == 4) years.push_back(std::stoi(name.substr(i, 4)));
    i = std::max(end, i + 1);
  }
  // ICIO2021_2018.csv: the first is the edition.
  if (years.size() > 1 && name.rfind("ICIO", 0) == 0) years.erase(years.begin());
  if (years.size() != 1) return {};
  return years.front();
}

} // namespace nearshore::importing
