#pragma once
// How delivered prices in a market answer to a month's duties, tabulated by tariff line so that a
// month of final demand takes no logarithm per firm and market.
#include "agents/context.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace nearshore {

class DemandResponse {
public:
  /// Of one sale in the importer's market.
  struct Cell {
    float delivered{1}; ///< delivered price over the price before freight and duty
    float response{1};  ///< (delivered now / delivered in the base year) ^ -sigma
    /// Duty depends on the firm's own content: both have to be worked out for it.
    [[nodiscard]] bool by_firm() const { return response < 0; }
  };

  /// Rebuilds the table where duties or border costs changed since the last call.
  void update(const MonthContext&, std::size_t regions, std::size_t sectors);

  /// Cell of a seller's card in a foreign market; `line` is the card's tariff line.
  [[nodiscard]] Cell at(const MonthContext& m, const Card& card, const TariffLine& line,
                        std::size_t importer) const {
    const auto slot = m.lanes->slot(card.region, importer);
    const std::size_t claim =
        slot == Lanes::kNone ? 0
                             : 2U * contains(card.claims, slot) + contains(card.base_claims, slot);
    return cells[m.policy->duties.row(RegionId{importer}, line.origin, line.sector,
                                      LineId{card.line}) *
                     4 +
                 claim];
  }

private:
  std::vector<Cell> cells; // [row][claimed now][claimed in the base year]
  std::optional<std::uint64_t> duty_state;
  std::vector<float> border_cost;
};

} // namespace nearshore
