#include "sim/base_year.hpp"

#include "agents/arithmetic.hpp"
#include "agents/prices.hpp"

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

constexpr int kRounds = 14;               // of scaling; the change per round falls by about half
constexpr double kLeastValueAdded = 0.04; // of sales, of any firm

/// Own value added is what inputs at delivered prices leave of a price of 1; where the scaling left
/// less than a part of the least, inputs are cut.
void set_value_added(const MonthContext& m, Population& firms, std::size_t f) {
  const double borne = static_cast<double>(firms.duty_borne[f]);
  const auto inputs_at_cost = [&] {
    double sum = 0;
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l) {
      const auto s = firms.supplier[l];
      sum += static_cast<double>(firms.units[l]) *
             base_delivery_factor(m, firms, firms.card[s], s, firms.region[f], borne);
    }
    return sum;
  };
  double bought = inputs_at_cost();
  constexpr double kMost = 1 - kLeastValueAdded / 4;
  if (bought > kMost) {
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
      firms.units[l] = static_cast<float>(static_cast<double>(firms.units[l]) * (kMost / bought));
    bought = inputs_at_cost();
  }
  firms.value_added[f] =
      static_cast<float>((1 - bought) * static_cast<double>(firms.productivity[f]));
}

class Scaling {
public:
  Scaling(const MonthContext& context, const WorldTable& table, Population& population,
          SalesTargets& sales_targets)
      : m(context), world(table), firms(population), targets(sales_targets), n(population.firms()),
        R(table.R()), S(table.S()) {}

  ScalingReport run() {
    index_links();
    start();
    for (int round = 0; round < kRounds; ++round) {
      scale_links();
      spread_final_sales();
      if (round + 1 < kRounds) follow_sales();
    }
    const ScalingReport report = compare();
    rebase();
    return report;
  }

private:
  const MonthContext& m;
  const WorldTable& world;
  Population& firms;
  SalesTargets& targets;
  std::size_t n, R, S;
  std::vector<std::uint32_t> group;       // [link] (producer, input, origin)
  std::vector<std::uint32_t> lane;        // [link] (destination, input, origin)
  std::vector<std::uint32_t> buyer;       // [link]
  std::vector<std::uint32_t> seller_side; // [link] 2 * supplier, plus 1 if it sells abroad
  std::vector<double> value, first_value; // [link] cents a month, before duty
  std::vector<double> delivered;          // [link] 1 + duty borne
  std::vector<double> sales;              // [firm]
  std::vector<double> sold_inputs;        // [firm][home, abroad] intermediate sales
  std::vector<double> wanted;             // [lane] the table's inputs, cents a month, all users
  std::vector<double> group_sum, lane_sum, room; // scratch: [group], [lane], [firm]

  void index_links() {
    const std::size_t links = firms.links();
    group.resize(links);
    lane.resize(links);
    buyer.resize(links);
    seller_side.resize(links);
    delivered.resize(links);
    for (std::size_t f = 0; f < n; ++f) {
      const std::size_t producer = (firms.region[f] * 2U + firms.type[f]) * S + firms.sector[f];
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
          const auto s = firms.supplier[l];
          buyer[l] = static_cast<std::uint32_t>(f);
          group[l] = static_cast<std::uint32_t>((producer * S + firms.input_sector[i]) * R +
                                                firms.card[s].region);
          lane[l] = static_cast<std::uint32_t>((firms.region[f] * S + firms.input_sector[i]) * R +
                                               firms.card[s].region);
          seller_side[l] = 2 * s + (firms.card[s].region != firms.region[f] ? 1 : 0);
          delivered[l] = base_delivery_factor(m, firms, firms.card[s], s, firms.region[f],
                                              static_cast<double>(firms.duty_borne[f]));
        }
    }
    wanted.assign(R * S * R, 0);
    for (std::size_t producer = 0; producer < world.producers(); ++producer)
      for (std::size_t jo = 0; jo < S * R; ++jo)
        wanted[producer / (2 * S) * S * R + jo] +=
            world.inputs[producer * S * R + jo] * kCentsPerMillion;
    room.assign(n, 0);
  }

  void start() {
    sales.assign(n, 0);
    for (std::size_t f = 0; f < n; ++f)
      if (firms.active[f]) sales[f] = targets.home[f] + targets.abroad[f];
    value.assign(firms.links(), 0);
    for (std::size_t l = 0; l < value.size(); ++l)
      value[l] = static_cast<double>(firms.units[l]) * sales[buyer[l]];
    first_value = value;
  }

  void scale_links() {
    auto& factor = group_sum;
    factor.assign(world.inputs.size(), 0);
    for (std::size_t l = 0; l < value.size(); ++l)
      factor[group[l]] += value[l];
    for (std::size_t g = 0; g < factor.size(); ++g)
      if (factor[g] > 0) factor[g] = world.inputs[g] * kCentsPerMillion / factor[g];
    sold_inputs.assign(2 * n, 0);
    lane_sum.assign(R * S * R, 0);
    for (std::size_t l = 0; l < value.size(); ++l) {
      value[l] *= factor[group[l]];
      sold_inputs[seller_side[l]] += value[l];
      lane_sum[lane[l]] += value[l];
    }
  }

  /// Final sales fill what intermediate orders leave of a firm's target, and what the table trades
  /// as inputs without a link here is traded as final goods, so that trade by sector is exact.
  void spread_final_sales() {
    std::fill(firms.final_base.begin(), firms.final_base.end(), 0.0F);
    for (std::size_t o = 0; o < R; ++o)
      for (std::size_t s = 0; s < S; ++s) {
        const std::size_t begin = firms.first_seller[o * S + s],
                          end = firms.first_seller[o * S + s + 1];
        for (const bool abroad : {false, true}) {
          double total = 0, to_final = 0, target_sum = 0;
          const auto& target = abroad ? targets.abroad : targets.home;
          for (std::size_t d = 0; d < R; ++d)
            if ((d != o) == abroad) {
              const std::size_t at = (d * S + s) * R + o;
              to_final += world.final_demand[at] * kCentsPerMillion + wanted[at] - lane_sum[at];
            }
          for (std::size_t f = begin; f < end; ++f)
            target_sum += target[f];
          for (std::size_t f = begin; f < end; ++f) {
            // Even a firm full of orders keeps a tenth of its share of final sales.
            const double least =
                target_sum > 0 ? 0.1 * target[f] / target_sum * std::max(to_final, 0.0) : 0;
            room[f] =
                firms.active[f] ? std::max(target[f] - sold_inputs[2 * f + abroad], least) : 0;
            total += room[f];
          }
          if (total <= 0) continue;
          for (std::size_t d = 0; d < R; ++d) {
            if ((d != o) != abroad) continue;
            const std::size_t at = (d * S + s) * R + o;
            const double flow = std::max(0.0, world.final_demand[at] * kCentsPerMillion +
                                                  wanted[at] - lane_sum[at]);
            for (std::size_t f = begin; f < end; ++f)
              firms.final_base[f * R + d] = static_cast<float>(flow * room[f] / total);
          }
        }
      }
  }

  double sold(std::size_t f) const {
    double sum = sold_inputs[2 * f] + sold_inputs[2 * f + 1];
    for (std::size_t d = 0; d < R; ++d)
      sum += static_cast<double>(firms.final_base[f * R + d]);
    return sum;
  }

  /// Inputs follow sales; no firm's inputs may take more than its sales less a least value added.
  void follow_sales() {
    for (std::size_t f = 0; f < n; ++f) {
      if (!firms.active[f]) continue;
      const double now = sold(f);
      double factor = sales[f] > 0 ? now / sales[f] : 1, bought = 0;
      for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
        bought += value[l] * delivered[l];
      if (bought * factor > (1 - kLeastValueAdded) * now)
        factor = (1 - kLeastValueAdded) * now / bought;
      for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
        value[l] *= factor;
      sales[f] = now;
    }
  }

  ScalingReport compare() const {
    ScalingReport report;
    double weight = 0, linked = 0, table = 0;
    for (std::size_t l = 0; l < value.size(); ++l) {
      linked += value[l];
      if (first_value[l] <= 0 || value[l] <= 0) continue;
      report.mean_change += value[l] * std::abs(log_of(value[l] / first_value[l]));
      weight += value[l];
    }
    for (const double v : world.inputs)
      table += v * kCentsPerMillion;
    if (weight > 0) report.mean_change /= weight;
    report.moved_to_final = 1 - linked / table;
    return report;
  }

  /// Units such that every base-year price is 1, and the state that reproduces the base year month
  /// by month.
  void rebase() {
    const auto& p = *m.parameters;
    std::fill(firms.orders.begin(), firms.orders.end(), 0);
    for (std::size_t l = 0; l < value.size(); ++l)
      firms.orders[firms.supplier[l] * R + firms.region[buyer[l]]] += round_to_int(value[l]);
    for (std::size_t i = 0; i < firms.final_base.size(); ++i)
      firms.final_sales[i] = round_to_int(static_cast<double>(firms.final_base[i]));
    for (std::size_t f = 0; f < n; ++f) {
      const double x = sold(f);
      firms.duty_borne[f] = static_cast<float>(duty_share_borne(m, firms, f));
      if (firms.active[f] && x > 0)
        for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
          firms.units[l] = static_cast<float>(value[l] / x);
      set_value_added(m, firms, f);
      firms.card[f].price = 1;
      firms.unit_cost[f] = 1;
      firms.base_output[f] = firms.planned[f] = firms.demand[f] = firms.output[f] = x;
      firms.capacity[f] = x / p.normal_utilisation;
      firms.pressure[f] = static_cast<float>(p.normal_utilisation);
      firms.card[f].spare = static_cast<float>(firms.capacity[f] - x);
      firms.fill[f] = 1;
      firms.input_limit[f] = 1;
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
        double need = 0;
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l)
          need += static_cast<double>(firms.units[l]);
        firms.stock[i] =
            static_cast<float>(need * x * (1 + (*m.sectors)[firms.sector[f]].inventory_cover));
      }
      for (std::size_t d = 0; d < R; ++d)
        firms.final_shift[f * R + d] = 1;
    }
    firms.next_card = firms.card;
  }
};

} // namespace

ScalingReport scale_to_table(const MonthContext& m, const WorldTable& world, Population& firms,
                             SalesTargets& targets) {
  return Scaling{m, world, firms, targets}.run();
}

void restate_value_added(const MonthContext& m, Population& firms) {
  for (std::size_t f = 0; f < firms.firms(); ++f)
    set_value_added(m, firms, f);
}

} // namespace nearshore
