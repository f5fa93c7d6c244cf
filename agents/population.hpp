#pragma once
// The firm population as a structure of arrays. Firms are sorted by (region, sector), so that the
// sellers of a good from one region are one range.
#include "agents/gathered.hpp"
#include "agents/parallel.hpp"
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
#define BOOK(type, name, unit, pass) Gathered<type> name;
#define DESK(type, name, unit, pass) std::vector<type> name;
#include "agents/firm_columns.def"

  Gathered<Card> card, next_card;          ///< [firm]
  Gathered<float> content, next_content;   ///< [firm][content_row], value-added shares, sum 1
  std::size_t content_row{0};              ///< floats a firm: R, and what fills the cache line
  std::vector<std::uint32_t> first_input;  ///< [firm + 1]
  std::vector<std::uint32_t> first_link;   ///< [input + 1]
  std::vector<std::uint32_t> first_desk;   ///< [firm + 1]
  std::vector<std::uint32_t> first_seller; ///< [region * S + sector, + 1] into firms

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

  /// Sellers keep apart what they sell at home, in each of their markets of preference, and in all
  /// others together: all that their decisions ask for, in few bytes, since buyers write here in
  /// random order. Trade by every market is counted where it is bought (sim/trade_books.hpp).
  enum Book : std::size_t { kHome, kOtherMarkets, kFirstMarket };
  std::size_t books{0};                     ///< books a firm, of any region
  std::vector<std::uint8_t> book_of_market; ///< [origin * R + market]
  [[nodiscard]] std::size_t book(std::size_t f, std::size_t market) const {
    return f * books + book_of_market[region[f] * R + market];
  }
  /// Sales of a firm last traded, cents: at home or in a market of preference; and in all markets.
  [[nodiscard]] std::int64_t sales(std::size_t f, std::size_t market) const {
    return sold[book(f, market)];
  }
  [[nodiscard]] std::int64_t sales(std::size_t f) const {
    std::int64_t sum = 0;
    for (std::size_t b = 0; b < books; ++b)
      sum += sold[f * books + b];
    return sum;
  }
  [[nodiscard]] std::int64_t sales_at_home(std::size_t f) const {
    return sold[f * books + kHome];
  }

  /// Value-added origin of a firm as of last month: share of each region [R].
  [[nodiscard]] const float* content_of(std::size_t f) const {
    return content.data() + f * content_row;
  }
  [[nodiscard]] float* content_of(std::size_t f) {
    return content.data() + f * content_row;
  }

  /// Sets R and the books from the markets of preference of every region.
  void open_books(const std::vector<std::vector<std::uint8_t>>& markets_of_region);
  /// Allocates every column. `first_input`, `first_link` and `first_desk` must be set, and books
  /// open.
  void allocate(const Workers&, std::size_t firm_count);
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
