#pragma once
// Who has preference where: for each (origin, importer) the agreement that both are members of, and
// the place of the importer among the origin's preferential markets.
#include "agents/population.hpp"
#include "policy/duty_table.hpp"
#include "policy/regime.hpp"

#include <cstdint>
#include <vector>

namespace nearshore {

class Lanes {
public:
  static constexpr std::uint8_t kNone = 0xFF;

  Lanes() = default;
  /// Throws Error if a region has more than 16 preferential markets or there are more than 8
  /// agreements.
  Lanes(std::size_t regions, const std::vector<Agreement>& agreements);

  /// Place of the importer among the origin's preferential markets, or kNone.
  [[nodiscard]] std::uint8_t slot(std::size_t origin, std::size_t importer) const {
    return slots[origin * R + importer];
  }
  /// Programme under which origin may claim in importer; "no preference" where there is none.
  [[nodiscard]] ProgrammeId programme(std::size_t origin, std::size_t importer) const {
    return programmes[origin * R + importer];
  }
  [[nodiscard]] std::size_t markets(std::size_t origin) const {
    return market_lists[origin].size();
  }
  /// Preferential markets of an origin, by slot.
  [[nodiscard]] const std::vector<std::uint8_t>& market_list(std::size_t origin) const {
    return market_lists[origin];
  }
  /// Programme that a seller uses in a market, given its claim bits.
  [[nodiscard]] ProgrammeId used(std::uint16_t claims, std::size_t origin,
                                 std::size_t importer) const {
    const auto s = slots[origin * R + importer];
    return s != kNone && contains(claims, s) ? programmes[origin * R + importer] : ProgrammeId{};
  }
  /// The same of all origins.
  [[nodiscard]] const std::vector<std::vector<std::uint8_t>>& market_lists_by_origin() const {
    return market_lists;
  }

private:
  std::size_t R{0};
  std::vector<std::uint8_t> slots;
  std::vector<ProgrammeId> programmes;
  std::vector<std::vector<std::uint8_t>> market_lists;
};

/// Ad valorem rate of one sale; `own_content` is the share of the importer's own value in the good.
inline double rate_of(Rate rate, double own_content) {
  return static_cast<double>(rate.full) + static_cast<double>(rate.content) * (1 - own_content);
}

} // namespace nearshore
