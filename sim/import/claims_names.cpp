#include "sim/import/claims.hpp"

#include "policy/text.hpp"
#include "sim/csv.hpp"
#include "sim/world_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace nearshore::importing {
namespace {

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

} // namespace

CountryNames::CountryNames(const std::string& path, const std::vector<Region>& list) {
  const auto codes = codes_of(list);
  for (const auto row : read_csv(path, {"country", "region", "source"})) {
    const RegionId region{row.choice("region", codes, "region")};
    static_cast<void>(row.required_text("source"));
    if (!regions.emplace(lower(row.required_text("country")), region).second)
      throw row.error("country", fmt::format("'{}' appears twice", row.text("country")));
  }
  if (regions.empty())
    throw Error(ErrorKind::input, "no country", path, "one row for each country");
}

std::optional<RegionId> CountryNames::find(std::string_view name) const {
  const auto at = regions.find(lower(name));
  if (at == regions.end()) return {};
  return at->second;
}

std::vector<std::string> CountryNames::names() const {
  std::vector<std::string> out;
  for (const auto& [name, region] : regions)
    out.push_back(name);
  return out;
}

MfnRates::MfnRates(const std::string& path) {
  for (const auto row : read_csv(path, {"line", "rate"}, {"source"})) {
    const std::string line{row.required_text("line")};
    if (line.size() < 2 || line.size() > 10 || line.size() % 2 != 0 ||
        !std::all_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }))
      throw row.error("line", fmt::format("'{}' is no tariff line", line),
                      "2, 4, 6, 8 or 10 digits without dots");
    const bool free = lower(row.required_text("rate")) == "free" || row.number("rate", 0, 100) == 0;
    if (!free_lines.emplace(line, free).second)
      throw row.error("line", fmt::format("'{}' appears twice", line));
    longest = std::max(longest, line.size());
  }
}

std::optional<bool> MfnRates::is_free(std::string_view line) const {
  for (auto length = std::min(longest, line.size()); length >= 2; --length)
    if (const auto at = free_lines.find(line.substr(0, length)); at != free_lines.end())
      return at->second;
  return {};
}

} // namespace nearshore::importing
