#pragma once
// A Census or DataWeb table of imports by tariff line, country, month and claimed value, summed to
// the model's regions and sectors.
#include "sim/claims_table.hpp"
#include "sim/import/concordance.hpp"
#include "sim/import/csv_stream.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nearshore::importing {

/// Names of the columns; empty: found by the names that such tables use. `program` marks tables
/// with a row for each import programme; then `claimed` has no column.
struct ClaimsColumns {
  std::string line, country, month, year, value, claimed, program, mfn;
};

/// Region of a country's code or name.
class CountryNames {
public:
  /// Reads columns country, region, source. Throws Error (kind input) with file:line:column.
  CountryNames(const std::string& path, const std::vector<Region>&);
  [[nodiscard]] std::optional<RegionId> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;

private:
  std::map<std::string, RegionId> regions; ///< by lower-case name or code
};

/// MFN rates by tariff line, for tables without such a column; the longest prefix counts.
class MfnRates {
public:
  /// Reads columns line and rate (share of value, or "free"). Throws Error (kind input).
  explicit MfnRates(const std::string& path);
  [[nodiscard]] std::optional<bool> is_free(std::string_view line) const;

private:
  std::map<std::string, bool, std::less<>> free_lines;
  std::size_t longest{0};
};

struct ClaimsRules {
  std::vector<std::string> regions, sectors; ///< codes
  const CountryNames* countries{nullptr};
  const TariffConcordance* lines{nullptr};
  const MfnRates* rates{nullptr}; ///< null: from a column, or no division by MFN status
  std::optional<RegionId> rest;   ///< of countries that are not listed; nothing: an error
  std::set<std::string> claiming{"S", "S+"}; ///< programmes that are claims under USMCA
  std::set<std::string> origins;             ///< regions written; empty: all
  int year{0};
  bool skip_other_years{false};
  double unit{1}; ///< USD
};

struct ClaimsImport {
  ClaimsTable table;
  std::size_t rows{0}, other_years{0}, other_origins{0};
  double outside{0};                 ///< million USD on lines of no sector
  std::set<std::string> put_in_rest; ///< countries
  std::set<Month> months;
  ClaimsColumns columns; ///< as found
};

/// Reads the table in one pass. Throws Error (kind input) with file:line:column at a missing
/// column, a negative value, claims above the value, another year, an unknown country or line.
ClaimsImport read_claims_statistics(const std::string& path, const ClaimsColumns&,
                                    const ClaimsRules&, OnProgress on_progress = {});

} // namespace nearshore::importing
