#include "sim/import/concordance.hpp"

#include "policy/error.hpp"
#include "sim/csv.hpp"
#include "sim/world_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore::importing {
namespace {

constexpr double kShareTolerance = 1e-9;

// A row of a concordance is a claim about a statistic: it must say where it comes from.
void require_source(const CsvRow& row) {
  static_cast<void>(row.required_text("source"));
}

} // namespace

CountryConcordance read_country_concordance(const std::string& path,
                                            const std::vector<Region>& regions) {
  const auto codes = codes_of(regions);
  const std::vector<std::string> types{"domestic", "processing"};
  CountryConcordance out;
  for (const auto row : read_csv(path, {"country", "region", "type", "source", "estimate"})) {
    const RegionOf to{RegionId{row.choice("region", codes, "region")},
                      static_cast<FirmType>(row.choice("type", types, "type"))};
    if (to.type == FirmType::processing && !regions[to.region.index()].splits_processing)
      throw row.error("type",
                      fmt::format("region '{}' has no processing producers", row.text("region")),
                      "domestic, or a region with splits_processing = yes in regions.csv");
    require_source(row);
    if (!out.emplace(row.required_text("country"), to).second)
      throw row.error("country", fmt::format("'{}' appears twice", row.text("country")));
  }
  if (out.empty()) throw Error(ErrorKind::input, "no country", path, "one row for each country");
  return out;
}

IndustryConcordance read_industry_concordance(const std::string& path,
                                              const std::vector<Sector>& sectors) {
  const auto codes = codes_of(sectors);
  IndustryConcordance out;
  std::map<std::string, std::string, std::less<>> place;
  for (const auto row : read_csv(path, {"industry", "sector", "intermediate_share", "final_share",
                                        "source", "estimate"})) {
    const std::string industry{row.required_text("industry")};
    const SectorShare share{SectorId{row.choice("sector", codes, "sector")},
                            row.number("intermediate_share", 0, 1),
                            row.number("final_share", 0, 1)};
    auto& to = out[industry].sectors;
    if (std::any_of(to.begin(), to.end(),
                    [&](const SectorShare& s) { return s.sector == share.sector; }))
      throw row.error("sector",
                      fmt::format("'{}' appears twice in '{}'", row.text("sector"), industry));
    require_source(row);
    to.push_back(share);
    place.emplace(industry, row.where("intermediate_share"));
  }
  for (const auto& [industry, to] : out) {
    double intermediate = 0, final_use = 0;
    for (const auto& s : to.sectors) {
      intermediate += s.intermediate;
      final_use += s.final_use;
    }
    for (const auto& [sum, what] :
         {std::pair{intermediate, "intermediate_share"}, std::pair{final_use, "final_share"}})
      if (std::abs(sum - 1) > kShareTolerance)
        throw Error(ErrorKind::input,
                    fmt::format("{} of industry '{}' adds up to {}", what, industry, sum),
                    place.find(industry)->second, "1 over the industry's rows");
  }
  if (out.empty()) throw Error(ErrorKind::input, "no industry", path, "one row for each industry");
  return out;
}

TariffConcordance::TariffConcordance(const std::string& path, const std::vector<Sector>& sectors)
    : file(path) {
  const auto codes = codes_of(sectors);
  for (const auto row : read_csv(path, {"prefix", "sector", "source"})) {
    const std::string prefix{row.required_text("prefix")};
    if (prefix.size() > 10 || prefix.size() < 2 ||
        !std::all_of(prefix.begin(), prefix.end(), [](char c) { return c >= '0' && c <= '9'; }))
      throw row.error("prefix", fmt::format("'{}' is no prefix of tariff lines", prefix),
                      "2 to 10 digits without dots, e.g. 8703");
    Entry entry;
    if (!row.empty("sector")) entry.sector = SectorId{row.choice("sector", codes, "sector")};
    require_source(row);
    if (!entries.emplace(prefix, entry).second)
      throw row.error("prefix", fmt::format("'{}' appears twice", prefix));
    longest = std::max(longest, prefix.size());
  }
}

const TariffConcordance::Entry* TariffConcordance::find(std::string_view line) const {
  for (auto length = std::min(longest, line.size()); length >= 2; --length)
    if (const auto found = entries.find(line.substr(0, length)); found != entries.end())
      return &found->second;
  return nullptr;
}

} // namespace nearshore::importing
