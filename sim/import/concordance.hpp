#pragma once
// Which of the model's regions and sectors the codes of published statistics belong to: editable
// CSV files, each row with its source.
#include "policy/ids.hpp"
#include "sim/world_table.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore::importing {

/// A country code of a table: its region, and the firm type of its industries.
struct RegionOf {
  RegionId region;
  FirmType type{FirmType::domestic};
};
using CountryConcordance = std::map<std::string, RegionOf, std::less<>>;

/// What a sector receives of an industry.
struct SectorShare {
  SectorId sector;
  double intermediate{1}; ///< of the industry's sales to other producers
  double final_use{1};    ///< of its sales to final demand
};
struct IndustrySectors {
  std::vector<SectorShare> sectors; ///< shares over sectors add up to one, by use
  [[nodiscard]] bool is_split() const { return sectors.size() > 1; }
};
using IndustryConcordance = std::map<std::string, IndustrySectors, std::less<>>;

/// Reads columns country, region, type, source, estimate. Throws Error (kind input) with
/// file:line:column at an unknown region, a country twice, or export-processing rows of a region
/// without such producers.
CountryConcordance read_country_concordance(const std::string& path, const std::vector<Region>&);

/// Reads columns industry, sector, intermediate_share, final_share, source, estimate; an industry
/// may have several rows, whose shares must add up to one. Throws Error (kind input).
IndustryConcordance read_industry_concordance(const std::string& path, const std::vector<Sector>&);

/// Sectors of tariff lines by prefix of the Harmonized System: the longest prefix that fits counts.
class TariffConcordance {
public:
  /// Reads columns prefix, sector, source; an empty sector keeps the lines out of every sector.
  /// Throws Error (kind input) at an unknown sector, a prefix twice or one that is no digits.
  TariffConcordance(const std::string& path, const std::vector<Sector>&);

  struct Entry {
    std::optional<SectorId> sector; ///< none: outside the model's sectors (chapters 98, 99)
  };
  /// Null if no prefix fits.
  [[nodiscard]] const Entry* find(std::string_view line) const;
  [[nodiscard]] const std::string& path() const { return file; }

private:
  std::string file;
  std::map<std::string, Entry, std::less<>> entries;
  std::size_t longest{0};
};

} // namespace nearshore::importing
