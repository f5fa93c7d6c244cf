#pragma once
// Landed cost over the price before freight and duty, tabulated so that a buyer reads it in one
// look: no law is evaluated for a link.
#include "agents/lanes.hpp"
#include "policy/duty_table.hpp"
#include "policy/regime.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace nearshore {

/// Landed cost of a good = price * (border + duty_borne * (duty + content * (1 - own content))).
struct LandedCell {
  float border{1};  ///< freight and formalities relative to the base year
  float duty{0};    ///< border * rate on the whole value
  float content{0}; ///< border * rate on the part that is not of the importer's own content
};

class LandedCosts {
public:
  /// Tabulates every (importer, tariff line, claimed or not); an empty `border_cost` [origin * R +
  /// importer] stands for that of the base year.
  void build(const DutyTable&, const Lanes&, std::span<const TariffLine>, std::size_t regions,
             std::span<const float> border_cost);
  /// The same for a month, where its duties or border costs changed since the last call.
  void update(const MonthPolicy&, const Lanes&, std::span<const TariffLine>, std::size_t regions);

  /// Cells of one importer, for its buyers.
  class Market {
  public:
    /// Cell of a seller that claims as `claims` says.
    [[nodiscard]] const LandedCell& at(const Card& seller, std::uint16_t claims) const {
      return cells[seller.line * 2U +
                   ((static_cast<unsigned>(claims) >> slot[seller.region]) & 1U)];
    }

  private:
    friend class LandedCosts;
    Market(const LandedCell* c, const std::uint8_t* s) : cells(c), slot(s) {}
    const LandedCell* cells;
    const std::uint8_t* slot;
  };
  [[nodiscard]] Market market(std::size_t importer) const {
    return {cells.data() + importer * lines * 2, slots.data() + importer * R};
  }

  /// Whether any good pays on foreign content only in a market.
  [[nodiscard]] bool pays_on_content(std::size_t importer) const {
    return content_markets[importer] != 0;
  }

private:
  std::size_t R{0}, lines{0};
  std::vector<LandedCell> cells;   // [importer][line][claimed]
  std::vector<std::uint8_t> slots; // [importer][origin] claim bit; beyond all bits where none
  std::vector<std::uint8_t> content_markets; // [importer]
  std::optional<std::uint64_t> duty_state;
  std::vector<float> borders;
};

} // namespace nearshore
