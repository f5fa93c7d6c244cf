#include "sim/trade_books.hpp"

namespace nearshore {

TradeBooks::TradeBooks(const Workers& w, const Lanes& who, std::span<const TariffLine> lines,
                       std::size_t regions)
    : workers(&w), lanes(&who), R(regions), L(lines.size()), columns(R), preferences(R * R),
      first_entry(R * L), hands(static_cast<std::size_t>(w.threads())) {
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
      first_entry[d * L + l] = entries;
      entries += static_cast<std::uint32_t>(standings(d, origins[l]));
    }
  sums.resize(entries);
  for (auto& hand : hands) {
    hand.bought.resize(entries);
    hand.foreign.resize(entries);
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
  workers->for_each(R, [&](std::size_t d, int) {
    for (std::size_t l = 0; l < L; ++l) {
      const std::size_t o = origins[l], first = first_entry[d * L + l];
      for (std::size_t standing = 0; standing < standings(d, o); ++standing) {
        const std::size_t at = first + standing;
        const std::size_t from =
            l * columns +
            (standing == 0 ? d : column(preference(d, o).slot, static_cast<Standing>(standing)));
        Sum sum;
        for (auto& hand : hands) {
          sum.inputs += hand.bought[at].money;
          sum.relieved += hand.bought[at].relieved;
          sum.foreign += hand.foreign[at];
          sum.final_goods += hand.sold[from];
          hand.bought[at] = {};
          hand.foreign[at] = 0;
          hand.sold[from] = 0;
        }
        sums[at] = sum;
      }
    }
  });
}

} // namespace nearshore
