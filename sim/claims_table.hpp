#pragma once
// Published claims of origin: what importers of the home region claimed, by month, origin, sector
// and MFN status of the tariff line. Validation compares with it, `import-claims` writes it.
#include "policy/calendar.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace nearshore {

/// Of tariff lines: all of them, those that pay an ordinary duty, those that are free of it.
enum class MfnStatus : std::uint8_t { all, dutiable, free };
inline const std::array<std::string, 3> kMfnStatuses{"all", "dutiable", "free"};

class ClaimsTable {
public:
  /// Rows of this sector are totals over sectors.
  static constexpr std::string_view kAllSectors = "ALL";

  struct Key {
    Month month;
    std::string origin, sector;
    MfnStatus status{MfnStatus::all};
    auto operator<=>(const Key&) const = default;
  };
  struct Cell {
    double value{0}, claimed{0}; ///< million USD of the month
  };

  void set(const Key& key, Cell cell) { cells[key] = cell; }
  [[nodiscard]] const std::map<Key, Cell>& all() const { return cells; }
  /// Cells of `newer` replace those of the same key.
  void update(const ClaimsTable& newer);

  /// Value and claims of some sectors in a month. `sectors` empty: all, less `except`, from the
  /// total row where nothing is left out and there is one, else from the sectors' rows. Nothing
  /// where the table lacks a row that is asked for.
  [[nodiscard]] std::optional<Cell> sum(Month month, const std::string& origin,
                                        const std::vector<std::string>& sectors,
                                        const std::vector<std::string>& except,
                                        MfnStatus status) const;
  /// Sectors of an origin and month that have a row of that status, totals left out.
  [[nodiscard]] std::vector<std::string> sectors(Month month, const std::string& origin,
                                                 MfnStatus status) const;

private:
  std::map<Key, Cell> cells;
};

/// Columns month (2025-01), origin, sector (or ALL), mfn_status (all, dutiable, free),
/// import_value_musd, usmca_claimed_musd; claim_share and confidence may be there and are not read.
/// Throws Error (kind input) at the field that is wrong: claims above the value, a row given twice.
ClaimsTable read_claims_table(const std::string& path);
/// The text that reads back; `about`: lines of a comment at its head.
std::string claims_table_text(const ClaimsTable& table, const std::vector<std::string>& about);

} // namespace nearshore
