#include "sim/claims_table.hpp"

#include "policy/error.hpp"
#include "sim/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nearshore {
namespace {

constexpr double kMost = 1e7;      // million USD a month
constexpr double kRounding = 1e-3; // million USD: three decimals in both columns

} // namespace

void ClaimsTable::update(const ClaimsTable& newer) {
  for (const auto& [key, cell] : newer.cells)
    cells[key] = cell;
}

std::vector<std::string> ClaimsTable::sectors(Month month, const std::string& origin,
                                              MfnStatus status) const {
  std::vector<std::string> out;
  for (auto at = cells.lower_bound({month, origin, "", MfnStatus::all}); at != cells.end(); ++at) {
    const Key& key = at->first;
    if (key.month != month || key.origin != origin) break;
    if (key.status == status && key.sector != kAllSectors) out.push_back(key.sector);
  }
  return out;
}

std::optional<ClaimsTable::Cell> ClaimsTable::sum(Month month, const std::string& origin,
                                                  const std::vector<std::string>& wanted,
                                                  const std::vector<std::string>& except,
                                                  MfnStatus status) const {
  const auto cell = [&](const std::string& sector) -> std::optional<Cell> {
    const auto at = cells.find({month, origin, sector, status});
    if (at == cells.end()) return {};
    return at->second;
  };
  std::vector<std::string> of = wanted;
  if (wanted.empty() && except.empty())
    if (const auto total = cell(std::string{kAllSectors})) return total;
  if (wanted.empty()) {
    of = sectors(month, origin, status);
    for (const auto& left_out : except) // a sector that is not there cannot be left out of a sum
      if (std::erase(of, left_out) == 0) return {};
  }
  if (of.empty()) return {};
  Cell total;
  for (const auto& sector : of) {
    const auto one = cell(sector);
    if (!one) return {};
    total.value += one->value;
    total.claimed += one->claimed;
  }
  return total;
}

ClaimsTable read_claims_table(const std::string& path) {
  const auto csv = read_csv(
      path, {"month", "origin", "sector", "mfn_status", "import_value_musd", "usmca_claimed_musd"},
      {"claim_share", "confidence"});
  ClaimsTable table;
  for (const auto row : csv) {
    const auto month = parse_month(std::string{row.required_text("month")});
    if (!month) throw row.error("month", "no month", "YYYY-MM, e.g. 2025-01");
    const ClaimsTable::Key key{
        *month, std::string{row.required_text("origin")}, std::string{row.required_text("sector")},
        static_cast<MfnStatus>(row.choice("mfn_status", kMfnStatuses, "MFN status"))};
    const ClaimsTable::Cell cell{row.number("import_value_musd", 0, kMost),
                                 row.number("usmca_claimed_musd", 0, kMost)};
    if (cell.claimed > cell.value + kRounding)
      throw row.error("usmca_claimed_musd", "more is claimed than was imported",
                      "at most import_value_musd");
    if (table.all().contains(key))
      throw row.error("month", "the month, origin, sector and status are given twice");
    table.set(key, cell);
  }
  return table;
}

std::string claims_table_text(const ClaimsTable& table, const std::vector<std::string>& about) {
  std::string text;
  for (const auto& line : about)
    text += "# " + line + "\n";
  text += "month,origin,sector,mfn_status,import_value_musd,usmca_claimed_musd,claim_share\n";
  for (const auto& [key, cell] : table.all()) {
    text +=
        fmt::format("{},{},{},{},{:.6f},{:.6f},", key.month.text(), key.origin, key.sector,
                    kMfnStatuses[static_cast<std::size_t>(key.status)], cell.value, cell.claimed);
    text += cell.value > 0 ? fmt::format("{:.4f}\n", cell.claimed / cell.value) : "\n";
  }
  return text;
}

} // namespace nearshore
