#pragma once
// The firm population as a structure of arrays. Firms are sorted by (region, sector), so that the
// sellers of a good from one region are one range.
#include "policy/ids.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace nearshore {

/// What buyers gather about a seller, together in 16 bytes; last month's and this month's are both
/// kept.
struct Card {
  float price{1};               ///< before freight and duty; base = 1
  float spare{0};               ///< unused capacity, base cents a month
  std::uint16_t claims{0};      ///< bit m: claims preference in its market m (Lanes::slot)
  std::uint16_t base_claims{0}; ///< the same in the base year
  std::uint16_t line{0};
  std::uint8_t region{0};
  std::uint8_t origin{0}; ///< bit a: originates under agreement a
};
static_assert(sizeof(Card) == 16);

struct Population {
  std::size_t R{0}, S{0};
#define FIRM(type, name, unit, pass) std::vector<type> name;
#define INPUT(type, name, unit, pass) std::vector<type> name;
#define LINK(type, name, unit, pass) std::vector<type> name;
#define MARKET(type, name, unit, pass) std::vector<type> name;
#define DESK(type, name, unit, pass) std::vector<type> name;
#include "agents/firm_columns.def"

  std::vector<Card> card, next_card;        ///< [firm]
  std::vector<float> content, next_content; ///< [firm][source region] value-added shares, sum 1
  std::vector<std::uint32_t> first_input;   ///< [firm + 1]
  std::vector<std::uint32_t> first_link;    ///< [input + 1]
  std::vector<std::uint32_t> first_desk;    ///< [firm + 1]
  std::vector<std::uint32_t> first_seller;  ///< [region * S + sector, + 1] into firms

  [[nodiscard]] std::size_t firms() const {
    return region.size();
  }
  [[nodiscard]] std::size_t links() const {
    return supplier.size();
  }
  /// Links of all inputs of a firm are one range.
  [[nodiscard]] std::size_t link_begin(std::size_t f) const {
    return first_link[first_input[f]];
  }
  [[nodiscard]] std::size_t link_end(std::size_t f) const {
    return first_link[first_input[f + 1]];
  }
  [[nodiscard]] std::size_t sellers(std::size_t region_index, std::size_t sector_index) const {
    return region_index * S + sector_index;
  }

  /// Sales of a firm in a market last traded, cents; and in all of them.
  [[nodiscard]] std::int64_t sales(std::size_t f, std::size_t market) const {
    return orders[f * R + market] + final_sales[f * R + market];
  }
  [[nodiscard]] std::int64_t sales(std::size_t f) const {
    std::int64_t sum = 0;
    for (std::size_t d = 0; d < R; ++d)
      sum += sales(f, d);
    return sum;
  }

  /// Allocates every column. `first_input`, `first_link` and `first_desk` must be set.
  void allocate(std::size_t firm_count);
  /// Bytes of state, all columns.
  [[nodiscard]] std::size_t bytes() const;
};

struct ColumnInfo {
  std::string_view name, entity, unit, pass;
  std::size_t bytes;
};
/// The columns of the population, for documentation and for bytes per firm.
const std::vector<ColumnInfo>& firm_columns();

} // namespace nearshore
