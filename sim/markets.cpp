#include "sim/markets.hpp"

#include "agents/arithmetic.hpp"
#include "agents/prices.hpp"
#include "agents/random.hpp"
#include "agents/sourcing.hpp"

#include <algorithm>
#include <atomic>

namespace nearshore {
namespace {

void add(std::int64_t& cell, std::int64_t amount) {
  std::atomic_ref<std::int64_t>{cell}.fetch_add(amount, std::memory_order_relaxed);
}

double units_of_input(const Population& firms, std::size_t input) {
  double sum = 0;
  for (std::size_t l = firms.first_link[input]; l < firms.first_link[input + 1]; ++l)
    sum += static_cast<double>(firms.units[l]);
  return sum;
}

/// What a firm orders of an input this month, base cents: its plan, and part of the gap to its
/// target stock.
double order_of_input(const MonthContext& m, const Population& firms, std::size_t f,
                      std::size_t input, double units) {
  const double need = units * firms.planned[f];
  const double target = need * (1 + (*m.sectors)[firms.sector[f]].inventory_cover);
  const double gap = target - static_cast<double>(firms.stock[input]);
  return std::max(0.0, need + m.parameters->stock_adjustment * gap);
}

/// Seller to which an order is diverted that its supplier could not fill.
std::uint32_t substitute(const MonthContext& m, const Population& firms, std::size_t f,
                         std::size_t link, std::size_t sector) {
  const std::size_t origin = firms.next_card[firms.supplier[link]].region;
  return m.tables->seller(
      firms, origin, sector, origin != firms.region[f],
      random_bits(m.seed, Purpose::diversion, static_cast<std::uint32_t>(link), m.month));
}

/// Units ordered on a link, base cents: the same bits wherever it is asked.
double units_of_link(const Population& firms, std::size_t input, std::size_t link, double all) {
  return all > 0 ? static_cast<double>(firms.ordered[input]) *
                       static_cast<double>(firms.units[link]) / all
                 : 0;
}

std::int64_t price_of(double units, const Card& seller) {
  return round_to_int(units * static_cast<double>(seller.price));
}

/// Output that stocks allow beyond what has been made.
double output_of_stocks(const Population& firms, std::size_t f, double slack) {
  double least = 1e300;
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
    const double units = units_of_input(firms, i);
    if (units > 0)
      least = std::min(least, static_cast<double>(firms.stock[i]) / units / (1 - slack));
  }
  return least;
}

void use_stocks(Population& firms, std::size_t f, double output) {
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
    firms.stock[i] = static_cast<float>(
        std::max(0.0, static_cast<double>(firms.stock[i]) - units_of_input(firms, i) * output));
}

/// What DemandResponse tabulates, for a firm whose own content decides its duty.
DemandResponse::Cell response_of(const MonthContext& m, const Population& firms, std::size_t f,
                                 std::size_t market, double sigma) {
  const Card& card = firms.next_card[f];
  const auto seller = static_cast<std::uint32_t>(f);
  const double now = delivery_factor(m, firms, card, seller, market, 1);
  const double then = base_delivery_factor(m, firms, card, seller, market, 1);
  return {static_cast<float>(now), static_cast<float>(power_of(now / then, -sigma))};
}

double capacity_now(const MonthContext& m, const Population& firms, std::size_t f) {
  return firms.capacity[f] *
         static_cast<double>(
             m.policy->levers.capacity[firms.region[f] * firms.S + firms.sector[f]]);
}

} // namespace

Markets::Markets(const Workers& w, std::size_t regions, std::size_t sectors, std::size_t firms)
    : workers(&w), R(regions), S(sectors), spending(w.threads(), R * S),
      purchase_sum(w.threads(), 2 * R * R * S), scale(R * S), diverted(firms), diverted_fill(firms),
      lane_borne(R * R * S, 1), bought(R * R * S) {}

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
/// at once.
void Markets::split_final_demand(const MonthContext& m, Population& firms, const Economy& economy) {
  const double speed = m.parameters->demand_adjustment;
  demand_response.update(m, R, S);
  spending.clear();
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    auto sum = spending.of(worker);
    for (std::size_t f = begin; f < end; ++f) {
      if (!firms.active[f]) continue;
      const Card& card = firms.next_card[f];
      const auto& line = (*m.lines)[card.line];
      const double price = static_cast<double>(card.price);
      const double sigma = (*m.sectors)[firms.sector[f]].demand_elasticity;
      const double price_response = power_of(price, -sigma);
      for (std::size_t d = 0; d < R; ++d) {
        const double base = static_cast<double>(firms.final_base[f * R + d]);
        if (base <= 0) continue;
        DemandResponse::Cell sale; // at home: as in the base year
        if (d != card.region) sale = demand_response.at(m, card, line, d);
        if (sale.by_firm()) sale = response_of(m, firms, f, d, sigma);
        auto& shift = firms.final_shift[f * R + d];
        const double units = static_cast<double>(shift);
        const double target = price_response * static_cast<double>(sale.response);
        shift = static_cast<float>(units + speed * (target - units));
        sum[d * S + firms.sector[f]] += round_to_int(base * static_cast<double>(shift) * price *
                                                     static_cast<double>(sale.delivered));
      }
    }
  });
  const auto& total = spending.total();
  for (std::size_t d = 0; d < R; ++d)
    for (std::size_t s = 0; s < S; ++s) {
      const std::size_t at = d * S + s;
      const double income = 1 + m.parameters->income_feedback * (economy.income_ratio[d] - 1) +
                            economy.revenue_ratio[d];
      const double budget = economy.base_final[at] * std::max(0.0, income) *
                            static_cast<double>(m.policy->levers.demand[at]);
      scale[at] = total[at] > 0 ? budget / static_cast<double>(total[at]) : 0;
    }
}

void Markets::order_inputs(const MonthContext& m, Population& firms) {
  purchase_sum.clear();
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    auto sum = purchase_sum.of(worker);
    for (std::size_t f = begin; f < end; ++f) {
      if (!firms.active[f]) continue;
      const std::size_t region = firms.region[f];
      const double borne = static_cast<double>(firms.duty_borne[f]);
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
        const double all = units_of_input(firms, i);
        firms.ordered[i] = all > 0 ? static_cast<float>(order_of_input(m, firms, f, i, all)) : 0;
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
          const auto s = firms.supplier[l];
          const Card& seller = firms.next_card[s];
          const auto money = price_of(units_of_link(firms, i, l, all), seller);
          add(firms.orders[s * R + region], money);
          const std::size_t lane = (seller.region * R + region) * S + firms.input_sector[i];
          sum[lane] += money;
          sum[R * R * S + lane] += round_to_int(static_cast<double>(money) * borne);
        }
      }
    }
  });
}

/// Output = min(orders, capacity, what inputs allow); a shortage is shared pro rata.
void Markets::produce(const MonthContext& m, Population& firms) {
  const double slack = m.parameters->input_substitution;
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f) {
      const double price = static_cast<double>(firms.next_card[f].price);
      std::int64_t asked = 0;
      for (std::size_t d = 0; d < R; ++d) {
        auto& final_sale = firms.final_sales[f * R + d];
        final_sale = 0;
        if (firms.active[f])
          final_sale = round_to_int(scale[d * S + firms.sector[f]] *
                                    static_cast<double>(firms.final_base[f * R + d]) *
                                    static_cast<double>(firms.final_shift[f * R + d]) * price);
        asked += firms.orders[f * R + d] + final_sale;
      }
      const double demand = static_cast<double>(asked) / price;
      double possible = firms.active[f] ? capacity_now(m, firms, f) : 0;
      const double by_inputs = output_of_stocks(firms, f, slack);
      const double wanted = std::min(demand, possible);
      firms.input_limit[f] =
          static_cast<float>(wanted > 0 ? std::min(1.0, by_inputs / wanted) : 1.0);
      possible = std::min(possible, by_inputs);
      firms.demand[f] = demand;
      firms.output[f] = std::min(demand, possible);
      firms.fill[f] = demand > possible ? static_cast<float>(possible / demand) : 1.0F;
      use_stocks(firms, f, firms.output[f]);
      if (firms.fill[f] < 1)
        for (std::size_t d = 0; d < R; ++d)
          firms.final_sales[f * R + d] =
              round_to_int(static_cast<double>(firms.final_sales[f * R + d]) *
                           static_cast<double>(firms.fill[f]));
    }
  });
}

/// Deliveries. What a supplier cannot fill is taken off the books and asked once of another.
void Markets::settle(const MonthContext& m, Population& firms) {
  std::fill(diverted.begin(), diverted.end(), 0);
  const double learning = m.parameters->expectation_adjustment;
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    auto sum = purchase_sum.of(worker);
    for (std::size_t f = begin; f < end; ++f) {
      if (!firms.active[f]) continue;
      const std::size_t region = firms.region[f];
      const double borne = static_cast<double>(firms.duty_borne[f]);
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
        const double all = units_of_input(firms, i);
        double received = static_cast<double>(firms.ordered[i]);
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
          const auto s = firms.supplier[l];
          const double fill = static_cast<double>(firms.fill[s]);
          if (fill >= 1) continue;
          const double units = units_of_link(firms, i, l, all);
          const auto money = price_of(units, firms.next_card[s]);
          const auto delivered = round_to_int(static_cast<double>(money) * fill);
          add(firms.orders[s * R + region], delivered - money);
          const std::size_t lane =
              (firms.next_card[s].region * R + region) * S + firms.input_sector[i];
          sum[lane] += delivered - money;
          sum[R * R * S + lane] += round_to_int(static_cast<double>(delivered) * borne) -
                                   round_to_int(static_cast<double>(money) * borne);
          received -= units * (1 - fill);
          add(diverted[substitute(m, firms, f, l, firms.input_sector[i])],
              round_to_int(units * (1 - fill)));
        }
        firms.stock[i] += static_cast<float>(std::max(0.0, received));
      }
      firms.planned[f] += learning * (firms.demand[f] - firms.planned[f]);
    }
  });
}

void Markets::fill_diverted(const MonthContext& m, Population& firms) {
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f) {
      diverted_fill[f] = 0;
      if (diverted[f] == 0 || !firms.active[f] || firms.fill[f] < 1) continue;
      const double asked = static_cast<double>(diverted[f]);
      const double spare = std::min(capacity_now(m, firms, f) - firms.output[f],
                                    output_of_stocks(firms, f, m.parameters->input_substitution));
      const double extra = std::clamp(spare, 0.0, asked);
      diverted_fill[f] = static_cast<float>(extra / asked);
      firms.output[f] += extra;
      use_stocks(firms, f, extra);
    }
  });
}

void Markets::receive_diverted(const MonthContext& m, Population& firms) {
  workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int worker) {
    auto sum = purchase_sum.of(worker);
    for (std::size_t f = begin; f < end; ++f) {
      if (!firms.active[f]) continue;
      const std::size_t region = firms.region[f];
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
          const double fill = static_cast<double>(firms.fill[firms.supplier[l]]);
          if (fill >= 1) continue;
          const auto other = substitute(m, firms, f, l, firms.input_sector[i]);
          const double filled = static_cast<double>(diverted_fill[other]);
          if (filled <= 0) continue;
          const double units =
              units_of_link(firms, i, l, units_of_input(firms, i)) * (1 - fill) * filled;
          const auto money = price_of(units, firms.next_card[other]);
          add(firms.orders[other * R + region], money);
          const std::size_t lane =
              (firms.next_card[other].region * R + region) * S + firms.input_sector[i];
          sum[lane] += money;
          sum[R * R * S + lane] +=
              round_to_int(static_cast<double>(money) * static_cast<double>(firms.duty_borne[f]));
          firms.stock[i] += static_cast<float>(units);
        }
    }
  });
}

void Markets::finish(const std::vector<std::int64_t>& sums) {
  for (std::size_t lane = 0; lane < bought.size(); ++lane) {
    bought[lane] = sums[lane];
    const auto borne = sums[bought.size() + lane];
    lane_borne[lane] =
        sums[lane] > 0 ? static_cast<double>(borne) / static_cast<double>(sums[lane]) : 1;
  }
}

void Markets::trade(const MonthContext& m, Population& firms, const Economy& economy) {
  std::fill(firms.orders.begin(), firms.orders.end(), 0);
  split_final_demand(m, firms, economy);
  order_inputs(m, firms);
  produce(m, firms);
  settle(m, firms);
  fill_diverted(m, firms);
  receive_diverted(m, firms);
  finish(purchase_sum.total());
}

} // namespace nearshore
