#include "agents/population.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace nearshore {

void Population::open_books(const std::vector<std::vector<std::uint8_t>>& markets_of_region) {
  R = markets_of_region.size();
  book_of_market.assign(R * R, kOtherMarkets);
  books = kFirstMarket;
  for (std::size_t o = 0; o < R; ++o) {
    const auto& markets = markets_of_region[o];
    book_of_market[o * R + o] = kHome;
    for (std::size_t slot = 0; slot < markets.size(); ++slot)
      book_of_market[o * R + markets[slot]] = static_cast<std::uint8_t>(kFirstMarket + slot);
    books = std::max(books, kFirstMarket + markets.size());
  }
}

/// One column a task: clearing memory that the system first has to find takes longer than all of
/// the layout's arithmetic on it.
void Population::allocate(const Workers& workers, std::size_t n) {
  const std::size_t inputs = first_input[n], link_count = first_link[inputs], desks = first_desk[n];
  // Rows never straddle lines: a power of two of floats, or whole lines.
  content_row = R > 16 ? (R + 15) / 16 * 16 : std::bit_ceil(R);
  std::vector<std::function<void()>> columns{[&] { content.resize(n * content_row); },
                                             [&] { next_content.resize(n * content_row); },
                                             [&] { card.resize(n); }, [&] { next_card.resize(n); }};
#define FIRM(type, name, unit, pass) columns.emplace_back([&] { (name).resize(n); });
#define INPUT(type, name, unit, pass) columns.emplace_back([&] { (name).resize(inputs); });
#define LINK(type, name, unit, pass) columns.emplace_back([&] { (name).resize(link_count); });
#define MARKET(type, name, unit, pass) columns.emplace_back([&] { (name).resize(n* R); });
#define BOOK(type, name, unit, pass) columns.emplace_back([&] { (name).resize(n* books); });
#define DESK(type, name, unit, pass) columns.emplace_back([&] { (name).resize(desks); });
#include "agents/firm_columns.def"
  workers.for_each(columns.size(), [&](std::size_t i, int) { columns[i](); });
}

std::size_t Population::bytes() const {
  std::size_t sum = 0;
  const auto add = [&](const auto& column) { sum += column.size() * sizeof(column[0]); };
#define FIRM(type, name, unit, pass) add(name);
#define INPUT(type, name, unit, pass) add(name);
#define LINK(type, name, unit, pass) add(name);
#define MARKET(type, name, unit, pass) add(name);
#define BOOK(type, name, unit, pass) add(name);
#define DESK(type, name, unit, pass) add(name);
#include "agents/firm_columns.def"
  add(card);
  add(next_card);
  add(content);
  add(next_content);
  add(first_input);
  add(first_link);
  add(first_desk);
  return sum;
}

const std::vector<ColumnInfo>& firm_columns() {
  static const std::vector<ColumnInfo> columns{
#define FIRM(type, name, unit, pass) {#name, "firm", unit, pass, sizeof(type)},
#define INPUT(type, name, unit, pass) {#name, "input", unit, pass, sizeof(type)},
#define LINK(type, name, unit, pass) {#name, "link", unit, pass, sizeof(type)},
#define MARKET(type, name, unit, pass) {#name, "firm and market", unit, pass, sizeof(type)},
#define BOOK(type, name, unit, pass) {#name, "firm and book", unit, pass, sizeof(type)},
#define DESK(type, name, unit, pass) {#name, "claim desk", unit, pass, sizeof(type)},
#include "agents/firm_columns.def"
  };
  return columns;
}

} // namespace nearshore
