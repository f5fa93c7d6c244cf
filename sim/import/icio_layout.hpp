#pragma once
// The columns and rows of an OECD Inter-Country Input-Output table: what each label means.
#include "sim/import/concordance.hpp"
#include "sim/import/csv_stream.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nearshore::importing {

/// Categories of final demand, as suffixes of columns: households, non-profit institutions,
/// government, capital formation, changes in inventories, direct purchases abroad by residents
/// (whose name differs between editions).
inline constexpr std::string_view kFinalCategories[] = {"HFCE",  "NPISH",  "GGFC",  "GFCF", "INVNT",
                                                        "DPABR", "NONRES", "DIRPA", "DIRP", "P33"};
inline constexpr std::string_view kInventories = "INVNT";

enum class IcioColumnKind : std::uint8_t { industry, final_demand, total };

struct IcioColumn {
  IcioColumnKind kind{};
  std::string label;
  std::size_t user{0};         ///< of an industry: position in IcioLayout::users
  std::size_t destination{0};  ///< of final demand: region
  bool inventories{false};     ///< of final demand: changes in inventories
  bool may_be_negative{false}; ///< of final demand
};

/// Industries of one country that share region and type, with what the concordance makes of them.
struct IcioUser {
  RegionOf region;
  std::size_t industry{0}; ///< position in IcioLayout::industries
};

struct IcioLayout {
  std::vector<IcioColumn> columns; ///< without the first, which holds the rows' labels
  std::unordered_map<std::string, std::size_t> column_of; ///< by label
  std::vector<std::string> industries;                    ///< in the order of the file
  std::vector<const IndustrySectors*> sectors_of;         ///< [industry]
  std::vector<IcioUser> users;                            ///< (region, type, industry)
  std::vector<std::vector<std::string>> countries;        ///< [region] codes found in the file
  std::vector<std::string> rest; ///< countries that went to the region for the rest
  std::size_t total{0};          ///< column of gross output
};

struct IcioRules {
  const std::vector<Region>& regions;
  const std::vector<Sector>& sectors;
  const CountryConcordance& countries;
  const IndustryConcordance& industries;
  std::string countries_file, industries_file; ///< for messages
  std::optional<RegionId> rest;                ///< of countries that the concordance leaves out
  std::vector<std::string> may_be_negative;    ///< categories of final demand
};

/// Reads the header row that `in` stands on. Throws Error (kind input) with file:line:column at an
/// unknown country or industry (with the nearest known one), a label twice, a country without some
/// industry or category, or a region or sector that nothing belongs to.
IcioLayout read_icio_header(const CsvStream& in, const IcioRules&);

/// Is this one of the names of gross output (OUT; OUTPUT or TOTAL in older editions)?
bool is_output_label(std::string_view label);

/// The year that a file's name says, by the names of published files (2022.csv, 2022_SML.csv,
/// ICIO2021_2018.csv); nothing if it says none.
std::optional<int> year_of_file_name(const std::string& path);

} // namespace nearshore::importing
