// Deliveries that fall short: taken off the books, asked once of another seller, and filled from
// what that one can spare.
#include "agents/random.hpp"
#include "agents/sourcing.hpp"
#include "sim/markets.hpp"
#include "sim/production.hpp"

namespace nearshore {
namespace {

/// Seller to which an order is diverted that its supplier could not fill.
std::uint32_t substitute(const MonthContext& m, const Population& firms, std::size_t f,
                         std::size_t link, std::size_t sector) {
  const std::size_t origin = firms.next_card[firms.supplier[link]].region;
  return m.tables->seller(
      firms, origin, sector, origin != firms.region[f],
      random_bits(m.seed, Purpose::diversion, static_cast<std::uint32_t>(link), m.month));
}

} // namespace

/// Finds the firms of a block one of whose suppliers fell short.
void Markets::find_affected(const Population& firms, std::size_t begin, std::size_t end) {
  affected.clear(begin, end);
  for (std::size_t f = begin; f < end; ++f) {
    bool any = false;
    for (std::size_t l = firms.link_begin(f), last = firms.link_end(f); l < last; ++l)
      any |= shortage.at(firms.supplier[l]);
    if (any && firms.active[f]) affected.set(f);
  }
}

/// Calls visit(firm, input, link, units ordered, worker) for every link whose supplier fell short.
template <class Visit>
void Markets::each_short_link(Population& firms, bool first_time, Visit&& visit) {
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    if (first_time) find_affected(firms, begin, end);
    for (std::size_t f = begin; f < end; ++f) {
      if (!affected.at(f)) continue;
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
        const double per_unit = order_per_unit(firms, i, units_of_input(firms, i));
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l)
          if (shortage.at(firms.supplier[l]))
            visit(f, i, l, per_unit * static_cast<double>(firms.units[l]), worker);
      }
    }
  });
}

void Markets::divert(const MonthContext& m, Population& firms) {
  const auto relief = [&](std::size_t f) { return 1 - static_cast<double>(firms.duty_borne[f]); };
  const auto missing = [&](std::size_t l) {
    return 1 - static_cast<double>(firms.fill[firms.supplier[l]]);
  };
  each_short_link(
      firms, true, [&](std::size_t f, std::size_t i, std::size_t l, double units, int w) {
        const auto s = firms.supplier[l];
        const Card& seller = firms.next_card[s];
        const auto money = cost_of(units, seller);
        const auto delivered =
            round_to_int(static_cast<double>(money) * static_cast<double>(firms.fill[s]));
        const auto buyer = buyers(m, firms.region[f], w);
        buy(firms, buyer, s, seller, money, relief(f), -1);
        buy(firms, buyer, s, seller, delivered, relief(f));
        const double lacking = units * missing(l);
        firms.stock[i] =
            static_cast<float>(std::max(0.0, static_cast<double>(firms.stock[i]) - lacking));
        add(diverted[substitute(m, firms, f, l, firms.input_sector[i])], round_to_int(lacking));
      });
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
    fill_diverted(m, firms, begin, end);
  });
  each_short_link(firms, false,
                  [&](std::size_t f, std::size_t i, std::size_t l, double units, int w) {
                    const auto other = substitute(m, firms, f, l, firms.input_sector[i]);
                    const double filled = static_cast<double>(diverted_fill[other]);
                    if (diverted[other] == 0 || filled <= 0) return;
                    const double received = units * missing(l) * filled;
                    const Card& seller = firms.next_card[other];
                    buy(firms, buyers(m, firms.region[f], w), other, seller,
                        cost_of(received, seller), relief(f));
                    firms.stock[i] += static_cast<float>(received);
                  });
}

/// What sellers asked in place of others make from the capacity and stocks that they have left.
void Markets::fill_diverted(const MonthContext& m, Population& firms, std::size_t begin,
                            std::size_t end) {
  for (std::size_t f = begin; f < end; ++f) {
    if (diverted[f] == 0) continue;
    diverted_fill[f] = 0;
    if (!firms.active[f] || shortage.at(f)) continue;
    const double asked = static_cast<double>(diverted[f]);
    const double spare = std::min(capacity_now(m, firms, f) - firms.output[f],
                                  output_of_stocks(firms, f, m.parameters->input_substitution));
    const double extra = std::clamp(spare, 0.0, asked);
    diverted_fill[f] = static_cast<float>(extra / asked);
    firms.output[f] += extra;
    for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
      firms.stock[i] = static_cast<float>(
          std::max(0.0, static_cast<double>(firms.stock[i]) - units_of_input(firms, i) * extra));
  }
}

} // namespace nearshore
