#include "sim/trade_books.hpp"

#include <algorithm>

namespace nearshore {

TradeBooks::TradeBooks(const Workers& w, const Lanes& who, std::span<const TariffLine> lines,
                       const Population& firms)
    : workers(&w), lanes(&who), R(firms.R), L(lines.size()), columns(R), preferences(R * R),
      places(R * L), hands(static_cast<std::size_t>(w.threads())) {
  for (std::size_t o = 0; o < R; ++o) {
    columns = std::max(columns, R + who.markets(o) * (kStandings - 1));
    for (std::size_t d = 0; d < R; ++d)
      if (o != d && who.slot(o, d) != Lanes::kNone)
        preferences[d * R + o] = {who.slot(o, d),
                                  static_cast<std::uint8_t>(who.programme(o, d).index() - 1)};
  }
  for (const auto& line : lines)
    origins.push_back(line.origin.value);
  std::uint32_t entries = 0;
  for (std::size_t d = 0; d < R; ++d)
    for (std::size_t l = 0; l < L; ++l) {
      const std::size_t o = origins[l];
      places[d * L + l] = {entries, preference(d, o), firms.book_of_market[o * R + d]};
      entries += static_cast<std::uint32_t>(standings(d, o));
    }
  sums.resize(entries);
  for (auto& hand : hands) {
    for (auto* table : {&hand.money, &hand.relieved, &hand.foreign})
      table->resize(entries);
    hand.sold.resize(L * columns);
  }
}

void TradeBooks::sell(int worker, const Card& seller, const std::int64_t* sales) {
  std::int64_t* row = hands[static_cast<std::size_t>(worker)].sold.data() + seller.line * columns;
  for (std::size_t d = 0; d < R; ++d)
    row[d] += sales[d];
  if (seller.origin == 0 && seller.claims == 0) return;
  const auto& markets = lanes->market_list(seller.region);
  for (std::size_t slot = 0; slot < markets.size(); ++slot) {
    const std::size_t d = markets[slot];
    const Standing standing = preference(d, seller.region).of(seller);
    if (standing == Standing::none) continue;
    row[d] -= sales[d];
    row[column(slot, standing)] += sales[d];
  }
}

void TradeBooks::close() {
  // Some lines at a time, so that what was sold of them is at hand for all importers.
  constexpr std::size_t kLines = 64;
  workers->for_each((L + kLines - 1) / kLines, [&](std::size_t chunk, int) {
    const std::size_t begin = chunk * kLines, end = std::min(L, begin + kLines);
    for (std::size_t h = 0; h < hands.size(); ++h)
      for (std::size_t d = 0; d < R; ++d)
        add_up(hands[h], h == 0, d, begin, end);
  });
}

/// Adds what one worker counted on lines [begin, end) to the sums, or starts them with it, and
/// clears it.
void TradeBooks::add_up(Hand& hand, bool first, std::size_t d, std::size_t begin, std::size_t end) {
  std::int64_t *sold = hand.sold.data() + begin * columns, *money = hand.money.data(),
               *relieved = hand.relieved.data(), *foreign = hand.foreign.data();
  Sum* sum = sums.data();
  const auto take = [&](std::size_t at, std::int64_t& final_goods) {
    const Sum before = first ? Sum{} : sum[at];
    sum[at] = {before.inputs + money[at], before.relieved + relieved[at],
               before.final_goods + final_goods, before.foreign + foreign[at]};
    money[at] = relieved[at] = foreign[at] = final_goods = 0;
  };
  const Place* place = places.data() + d * L;
  for (std::size_t l = begin; l < end; ++l, sold += columns) {
    const std::size_t entry = place[l].entry;
    take(entry, sold[d]);
    if (!place[l].preference.exists()) continue;
    std::int64_t* of_slot = sold + column(place[l].preference.slot, Standing::originating);
    take(entry + 1, of_slot[0]);
    take(entry + 2, of_slot[1]);
  }
}

} // namespace nearshore
