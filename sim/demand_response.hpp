#pragma once
// How delivered prices in all markets answer to a month's duties, tabulated by tariff line so that
// a month of final demand takes no logarithm per firm and market.
#include "agents/context.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace nearshore {

class DemandResponse {
public:
  /// Of one firm's sales, by market.
  struct Row {
    const float* delivered; ///< delivered price over the price before freight and duty
    const float* response;  ///< (delivered now / delivered in the base year) ^ -sigma
  };
  /// Room for a row that is a firm's own.
  struct Scratch {
    std::array<float, kMaxRegions> delivered, response;
  };

  /// Rebuilds the table where duties or border costs changed since the last call.
  void update(const MonthContext&, std::size_t regions);

  /// The row of a firm: that of its tariff line where it claims nothing, now or in the base year,
  /// and pays on no content; else worked out in `scratch`.
  [[nodiscard]] Row of(const MonthContext&, const Population&, std::size_t firm, Scratch&) const;

private:
  struct Cell {
    float delivered{1}, response{1};
  };
  std::size_t R{0};
  std::vector<float> delivered, response; // [line][market], nothing claimed; 1 at home
  std::vector<Cell> claimed;              // [line][slot][claimed now][claimed in the base year]
  std::size_t slots{0};                   // markets of preference of an origin, at most
  std::vector<std::uint8_t> pays_content; // [line] in any market, in the base year or now
  std::optional<std::uint64_t> duty_state;
  std::vector<float> border_cost;

  /// A power worked out before: lines that follow one another mostly pay the same.
  struct LastPower {
    double base{1}, exponent{0};
    float value{1};
    float of(double base_now, double exponent_now);
  };
  [[nodiscard]] Cell cell(const MonthContext&, const TariffLine&, LineId, std::size_t market,
                          bool claims, bool base_claims, LastPower&) const;
};

} // namespace nearshore
