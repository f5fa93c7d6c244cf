#pragma once
// How well a table meets its targets, and the bridge to published U.S. trade.
#include "sim/balance/sources.hpp"

#include <string>
#include <vector>

namespace nearshore::balance {

/// Group of the published imports by partner and sector.
inline constexpr const char* kImports = "imports";

struct FitRow {
  std::string group; ///< "Table 1", "imports", ...
  std::string item;
  std::string unit; ///< "%" or "musd"
  double target{0}, achieved{0}, tolerance{0};
  bool is_target{false}; ///< false: held out, a prediction
  [[nodiscard]] bool within() const;
};

/// Every target and prediction of the sources, measured on a table with the Leontief inverse.
std::vector<FitRow> measure_fit(const Sources&, const WorldTable&);

/// One partner (empty: the world) of the reporter in one year: the table's trade, what lies outside
/// it, the published totals.
struct BridgeRow {
  std::string partner, reference, confidence;
  int year{0};
  double table_imports{0}, table_exports{0};         ///< million USD, of the table (base year)
  double published_imports{0}, published_exports{0}; ///< million USD, of `year`
  /// Outside the table: HS 98-99 and valuation on imports, re-exports on exports; differences, so
  /// estimates.
  [[nodiscard]] double addon_imports() const { return published_imports - table_imports; }
  [[nodiscard]] double addon_exports() const { return published_exports - table_exports; }
};
std::vector<BridgeRow> measure_bridge(const Sources&, const WorldTable&);

} // namespace nearshore::balance
