#include "sim/markets.hpp"

#include "agents/content.hpp"
#include "agents/powers.hpp"
#include "agents/prices.hpp"
#include "sim/production.hpp"

namespace nearshore {
namespace {

constexpr std::size_t kAhead = 32; // links: sellers lie anywhere in memory

/// Calls visit(cell, begin, end) for the runs of firms of one region and sector.
template <class Visit>
void each_cell(const Population& firms, std::size_t begin, std::size_t end, Visit&& visit) {
  while (begin < end) {
    const std::size_t cell = firms.sellers(firms.region[begin], firms.sector[begin]);
    const std::size_t last = std::min<std::size_t>(end, firms.first_seller[cell + 1]);
    visit(cell, begin, last);
    begin = last;
  }
}

/// Nearest integer of |x| < 2^51, halves to even: additions only, which compilers turn into
/// vectors.
std::int64_t to_cents(double x) {
  constexpr double kMagic = 0x1.8p52;
  return std::bit_cast<std::int64_t>(x + kMagic) - std::bit_cast<std::int64_t>(kMagic);
}

} // namespace

Markets::Markets(const Workers& w, const Lanes& lanes, std::span<const TariffLine> lines,
                 const Population& firms, bool ledger)
    : workers(&w), R(firms.R), S(firms.S), shared(w.threads() > 1),
      trade_books(w, lanes, lines, firms), spending(w.threads(), R * S), scale(R * S),
      shortage(firms.firms()), affected(firms.firms()), diverted(firms.firms()),
      diverted_fill(firms.firms()), order_rooms(static_cast<std::size_t>(w.threads())) {
  std::size_t most_links = 0;
  for (std::size_t f = 0; f < firms.firms(); f += kGroup)
    most_links = std::max(most_links, firms.link_end(std::min(f + kGroup, firms.firms()) - 1) -
                                          firms.link_begin(f));
  for (auto& room : order_rooms) {
    room.orders.resize(most_links);
    room.costs.resize(most_links);
  }
  if (!ledger) return;
  sellers_ledger.inputs.resize(firms.firms() * R);
  sellers_ledger.final_goods.resize(firms.firms() * R);
}

void Markets::measure_base(const MonthContext& m, const Population& firms, Economy& economy) {
  spending.clear();
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    auto sum = spending.of(worker);
    for (std::size_t f = begin; f < end; ++f)
      for (std::size_t d = 0; d < R; ++d)
        sum[d * S + firms.sector[f]] += round_to_int(
            static_cast<double>(firms.final_base[f * R + d]) *
            base_delivery_factor(m, firms, firms.card[f], static_cast<std::uint32_t>(f), d, 1));
  });
  const auto& total = spending.total();
  for (std::size_t i = 0; i < total.size(); ++i)
    economy.base_final[i] = static_cast<double>(total[i]);
}

/// Units bought follow relative delivered prices only slowly (long-run elasticity sigma), spending
/// at once. Sums of a run of firms are rounded once, so that they do not depend on threads.
void Markets::split_final_demand(const MonthContext& m, Population& firms, std::size_t begin,
                                 std::size_t end, int worker) {
  const auto speed = static_cast<float>(m.parameters->demand_adjustment);
  auto sum = spending.of(worker);
  std::array<float, kBlock> price, response; // NOLINT(cppcoreguidelines-pro-type-member-init)
  DemandResponse::Scratch scratch;           // NOLINT(cppcoreguidelines-pro-type-member-init)
  each_cell(firms, begin, end, [&](std::size_t cell, std::size_t first, std::size_t last) {
    const std::size_t s = cell % S;
    const auto sigma = static_cast<float>((*m.sectors)[s].demand_elasticity);
    for (std::size_t f = first; f < last; ++f)
      price[f - first] = firms.next_card[f].price;
    powers_of(price.data(), last - first, -sigma, response.data());
    std::array<double, kMaxRegions> spent{};
    for (std::size_t f = first; f < last; ++f) {
      if (!firms.active[f]) continue;
      const auto sale = demand_response.of(m, firms, f, scratch);
      const float own_price = price[f - first], own = response[f - first];
      const float* base = firms.final_base.data() + f * R;
      float* shift = firms.final_shift.data() + f * R;
      for (std::size_t d = 0; d < R; ++d) {
        shift[d] += speed * (own * sale.response[d] - shift[d]);
        spent[d] += static_cast<double>(base[d] * shift[d] * own_price * sale.delivered[d]);
      }
    }
    for (std::size_t d = 0; d < R; ++d)
      sum[d * S + s] += round_to_int(spent[d]);
  });
}

void Markets::set_budgets(const MonthContext& m, const Economy& economy) {
  const auto& total = spending.total();
  for (std::size_t d = 0; d < R; ++d)
    for (std::size_t s = 0; s < S; ++s) {
      const std::size_t at = d * S + s;
      const double income = 1 + m.parameters->income_feedback * (economy.income_ratio[d] - 1) +
                            economy.revenue_ratio[d];
      const double budget = economy.base_final[at] * std::max(0.0, income) *
                            static_cast<double>(m.policy->levers.demand[at]);
      scale[s * R + d] = total[at] > 0 ? budget / static_cast<double>(total[at]) : 0;
    }
}

/// Of each input a firm orders its plan, and part of the gap to its target stock. Writes what is
/// ordered of each link, base cents, to `order`.
void Markets::plan_orders(const MonthContext& m, Population& firms, std::size_t f, double cover,
                          double* order) {
  const double adjustment = m.parameters->stock_adjustment;
  const double planned = firms.planned[f];
  const std::uint32_t* first_link = firms.first_link.data();
  const float* units = firms.units.data();
  for (std::size_t i = firms.first_input[f], end = firms.first_input[f + 1]; i < end; ++i) {
    const double of_input = units_of_input(firms, i);
    const double need = of_input * planned;
    const double gap = need * cover - static_cast<double>(firms.stock[i]);
    firms.ordered[i] = static_cast<float>(std::max(0.0, need + adjustment * gap));
    const double per_unit = order_per_unit(firms, i, of_input);
    for (std::size_t l = first_link[i], last = first_link[i + 1]; l < last; ++l)
      *order++ = per_unit * static_cast<double>(units[l]);
  }
}

/// Books the orders of a firm with its sellers, as buy() does one: the same cents, with all that is
/// the same for every link out of the loop. Writes what each link costs per unit of output.
template <bool kShared>
void Markets::book_orders(Population& firms, const Buyers& buyer, std::size_t f,
                          const double* order, float* cost) {
  const double relief = 1 - static_cast<double>(firms.duty_borne[f]);
  const Card* cards = firms.next_card.data();
  const std::uint32_t* supplier = firms.supplier.data();
  const float* units = firms.units.data();
  std::int64_t* sold = firms.sold.data();
  const std::size_t books = firms.books, last_link = firms.links() - 1;
  const TradeBooks::Purchases to = buyer.purchases;
  const bool on_content = buyer.on_content, ledger = sellers_ledger.kept();
  for (std::size_t l = firms.link_begin(f), end = firms.link_end(f); l < end; ++l) {
    const std::size_t ahead = supplier[std::min(l + kAhead, last_link)];
    __builtin_prefetch(&cards[ahead]);
    __builtin_prefetch(&sold[ahead * books], 1);
    const std::size_t s = supplier[l];
    const Card seller = cards[s];
    *cost++ = units[l] * seller.price;
    const auto money = round_positive(*order++ * static_cast<double>(seller.price));
    const TradeBooks::Place place = to.place[seller.line];
    std::int64_t& book = sold[s * books + place.book];
    if constexpr (kShared)
      std::atomic_ref<std::int64_t>{book}.fetch_add(money, std::memory_order_relaxed);
    else
      book += money;
    const std::size_t entry = place.entry + static_cast<std::size_t>(place.preference.of(seller));
    to.money[entry] += money;
    std::int64_t relieved = 0;
    if (relief != 0) {
      relieved = round_positive(static_cast<double>(money) * relief);
      to.relieved[entry] += relieved;
    }
    if (on_content && buyer.market.at(seller, seller.claims).content != 0)
      to.foreign[entry] += foreign_part(firms, s, buyer.region, money - relieved);
    if (ledger) add(sellers_ledger.inputs[s * R + buyer.region], money);
  }
}

/// Orders of a group of firms: in the worker's room is then what each of their links costs.
void Markets::order_inputs(const MonthContext& m, Population& firms, std::size_t begin,
                           std::size_t end, int worker) {
  auto& room = order_rooms[static_cast<std::size_t>(worker)];
  const std::size_t first_link = firms.link_begin(begin);
  each_cell(firms, begin, end, [&](std::size_t cell, std::size_t first, std::size_t last) {
    const double cover = 1 + (*m.sectors)[cell % S].inventory_cover;
    const auto buyer = buyers(m, cell / S, worker);
    for (std::size_t f = first; f < last; ++f) {
      float* costs = room.costs.data() + (firms.link_begin(f) - first_link);
      if (!firms.active[f]) {
        for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
          *costs++ = firms.units[l] * firms.next_card[firms.supplier[l]].price;
        continue;
      }
      plan_orders(m, firms, f, cover, room.orders.data());
      if (shared)
        book_orders<true>(firms, buyer, f, room.orders.data(), costs);
      else
        book_orders<false>(firms, buyer, f, room.orders.data(), costs);
    }
  });
}

/// Books final sales [R] and counts them as trade.
void Markets::sell_final_goods(const MonthContext& m, Population& firms, std::size_t f,
                               std::int64_t* sales, int worker) {
  const Card& card = firms.next_card[f];
  std::int64_t* books = firms.sold.data() + f * firms.books;
  std::int64_t others = 0;
  for (std::size_t d = 0; d < R; ++d)
    others += sales[d];
  const auto book = [&](std::size_t place, std::size_t d) {
    books[place] += sales[d];
    others -= sales[d];
  };
  book(Population::kHome, card.region);
  std::size_t place = Population::kFirstMarket;
  for (const auto d : m.lanes->market_list(card.region))
    book(place++, d);
  books[Population::kOtherMarkets] += others;
  trade_books.sell(worker, card, sales);
  for (std::size_t d = 0; d < R; ++d)
    if (m.landed->pays_on_content(d) && m.landed->market(d).at(card, card.claims).content != 0) {
      const auto purchases = trade_books.purchases(worker, d);
      purchases.foreign[purchases.entry(card)] += round_to_int(
          static_cast<double>(sales[d]) * (1 - static_cast<double>(firms.content_of(f)[d])));
    }
  if (sellers_ledger.kept())
    std::copy_n(sales, R, sellers_ledger.final_goods.begin() + static_cast<std::ptrdiff_t>(f * R));
}

/// Output = min(orders, capacity, what inputs allow); a shortage is shared pro rata. Inputs arrive
/// after it as ordered: what suppliers fall short of is taken off in divert().
void Markets::produce(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end,
                      int worker) {
  const double slack = m.parameters->input_substitution;
  const double learning = m.parameters->expectation_adjustment;
  std::array<std::int64_t, kMaxRegions> sales{};
  double* of_input = order_rooms[static_cast<std::size_t>(worker)].orders.data(); // units
  bool any_short = false;
  shortage.clear(begin, end);
  std::fill_n(diverted.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, 0);
  each_cell(firms, begin, end, [&](std::size_t cell, std::size_t first, std::size_t last) {
    const double* of_market = scale.data() + cell % S * R;
    const double lever = static_cast<double>(m.policy->levers.capacity[cell]);
    for (std::size_t f = first; f < last; ++f) {
      const bool active = firms.active[f] != 0;
      const double price = static_cast<double>(firms.next_card[f].price);
      const float* base = firms.final_base.data() + f * R;
      const float* shift = firms.final_shift.data() + f * R;
      std::int64_t asked = firms.sales(f);
      if (active)
        for (std::size_t d = 0; d < R; ++d) {
          sales[d] = to_cents(of_market[d] * static_cast<double>(base[d]) *
                              static_cast<double>(shift[d]) * price);
          asked += sales[d];
        }
      const double demand = static_cast<double>(asked) / price;
      double possible = active ? firms.capacity[f] * lever : 0;
      const double wanted = std::min(demand, possible);
      bool enough = true;
      const std::size_t first_input = firms.first_input[f], last_input = firms.first_input[f + 1];
      for (std::size_t i = first_input; i < last_input; ++i) {
        const double units = of_input[i - first_input] = units_of_input(firms, i);
        enough &= static_cast<double>(firms.stock[i]) >= units * (1 - slack) * wanted;
      }
      firms.input_limit[f] = 1;
      if (!enough) {
        const double by_inputs = output_of_stocks(firms, f, slack);
        firms.input_limit[f] = static_cast<float>(std::min(1.0, by_inputs / wanted));
        possible = std::min(possible, by_inputs);
      }
      const double output = std::min(demand, possible);
      firms.demand[f] = demand;
      firms.output[f] = output;
      firms.fill[f] = 1;
      if (demand > possible) {
        const double fill = possible / demand;
        firms.fill[f] = static_cast<float>(fill);
        shortage.set(f);
        any_short = true;
        for (std::size_t d = 0; d < R && active; ++d)
          sales[d] =
              round_to_int(static_cast<double>(sales[d]) * static_cast<double>(firms.fill[f]));
      }
      if (!active) continue;
      sell_final_goods(m, firms, f, sales.data(), worker);
      for (std::size_t i = first_input; i < last_input; ++i)
        firms.stock[i] = static_cast<float>(std::max(0.0, static_cast<double>(firms.stock[i]) -
                                                              of_input[i - first_input] * output) +
                                            static_cast<double>(firms.ordered[i]));
      firms.planned[f] += learning * (demand - firms.planned[f]);
    }
  });
  if (any_short) any_shortage.store(true, std::memory_order_relaxed);
}

void Markets::trade(const MonthContext& m, Population& firms, const Economy& economy) {
  const std::size_t n = firms.firms();
  demand_response.update(m, R);
  spending.clear();
  workers->for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
    std::fill(firms.sold.begin() + static_cast<std::ptrdiff_t>(begin * firms.books),
              firms.sold.begin() + static_cast<std::ptrdiff_t>(end * firms.books), 0);
  });
  std::fill(sellers_ledger.inputs.begin(), sellers_ledger.inputs.end(), 0);
  std::fill(sellers_ledger.final_goods.begin(), sellers_ledger.final_goods.end(), 0);
  workers->for_blocks(n, [&](std::size_t begin, std::size_t end, int worker) {
    split_final_demand(m, firms, begin, end, worker);
  });
  workers->for_blocks(
      n,
      [&](std::size_t begin, std::size_t end, int worker) {
        for (std::size_t first = begin; first < end; first += kGroup) {
          const std::size_t last = std::min(end, first + kGroup);
          order_inputs(m, firms, first, last, worker);
          update_content(firms, first, last,
                         order_rooms[static_cast<std::size_t>(worker)].costs.data());
        }
      },
      kSmallBlock);
  set_budgets(m, economy);
  any_shortage = false;
  workers->for_blocks(
      n,
      [&](std::size_t begin, std::size_t end, int worker) {
        produce(m, firms, begin, end, worker);
      },
      kSmallBlock);
  if (any_shortage) divert(m, firms);
  trade_books.close();
}

} // namespace nearshore
