#include "sim/base_year.hpp"

#include "agents/arithmetic.hpp"
#include "agents/prices.hpp"

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

constexpr int kRounds = 14;               // of scaling; the change per round falls by about half
constexpr double kLeastValueAdded = 0.04; // of sales, of any firm

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
  std::vector<std::uint32_t> buyer;       // [link]
  std::vector<double> value, first_value; // [link] cents a month, before duty
  std::vector<double> delivered;          // [link] 1 + duty borne
  std::vector<double> sales;              // [firm]
  std::vector<double> in_home, in_abroad; // [firm] intermediate sales

  void index_links() {
    const std::size_t links = firms.links();
    group.resize(links);
    buyer.resize(links);
    delivered.resize(links);
    for (std::size_t f = 0; f < n; ++f) {
      const std::size_t producer = (firms.region[f] * 2U + firms.type[f]) * S + firms.sector[f];
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
          const auto s = firms.supplier[l];
          buyer[l] = static_cast<std::uint32_t>(f);
          group[l] = static_cast<std::uint32_t>((producer * S + firms.input_sector[i]) * R +
                                                firms.card[s].region);
          delivered[l] = base_delivery_factor(m, firms, firms.card[s], s, firms.region[f],
                                              static_cast<double>(firms.duty_borne[f]));
        }
    }
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
    std::vector<double> sum(world.inputs.size(), 0);
    for (std::size_t l = 0; l < value.size(); ++l)
      sum[group[l]] += value[l];
    for (std::size_t g = 0; g < sum.size(); ++g)
      sum[g] = sum[g] > 0 ? world.inputs[g] * kCentsPerMillion / sum[g] : 0;
    in_home.assign(n, 0);
    in_abroad.assign(n, 0);
    for (std::size_t l = 0; l < value.size(); ++l) {
      value[l] *= sum[group[l]];
      const auto s = firms.supplier[l];
      (firms.card[s].region == firms.region[buyer[l]] ? in_home : in_abroad)[s] += value[l];
    }
  }

  /// Final sales fill what intermediate orders leave of a firm's target, and what the table trades
  /// as inputs without a link here is traded as final goods, so that trade by sector is exact.
  void spread_final_sales() {
    std::vector<double> linked(R * S * R, 0); // [destination][sector][origin]
    for (std::size_t l = 0; l < value.size(); ++l) {
      const std::size_t j = group[l] / R % S, o = group[l] % R;
      linked[(firms.region[buyer[l]] * S + j) * R + o] += value[l];
    }
    std::vector<double> wanted(R * S * R, 0); // the table's inputs, summed over users
    for (std::size_t producer = 0; producer < world.producers(); ++producer)
      for (std::size_t jo = 0; jo < S * R; ++jo)
        wanted[producer / (2 * S) * S * R + jo] +=
            world.inputs[producer * S * R + jo] * kCentsPerMillion;
    std::fill(firms.final_base.begin(), firms.final_base.end(), 0.0F);
    std::vector<double> weight(n, 0);
    for (std::size_t o = 0; o < R; ++o)
      for (std::size_t s = 0; s < S; ++s) {
        const std::size_t begin = firms.first_seller[o * S + s],
                          end = firms.first_seller[o * S + s + 1];
        for (const bool abroad : {false, true}) {
          double total = 0, to_final = 0, target_sum = 0;
          const auto& target = abroad ? targets.abroad : targets.home;
          const auto& in = abroad ? in_abroad : in_home;
          for (std::size_t d = 0; d < R; ++d)
            if ((d != o) == abroad) {
              const std::size_t at = (d * S + s) * R + o;
              to_final += world.final_demand[at] * kCentsPerMillion + wanted[at] - linked[at];
            }
          for (std::size_t f = begin; f < end; ++f)
            target_sum += target[f];
          for (std::size_t f = begin; f < end; ++f) {
            // Even a firm full of orders keeps a tenth of its share of final sales.
            const double least =
                target_sum > 0 ? 0.1 * target[f] / target_sum * std::max(to_final, 0.0) : 0;
            weight[f] = firms.active[f] ? std::max(target[f] - in[f], least) : 0;
            total += weight[f];
          }
          if (total <= 0) continue;
          for (std::size_t d = 0; d < R; ++d) {
            if ((d != o) != abroad) continue;
            const std::size_t at = (d * S + s) * R + o;
            const double flow =
                std::max(0.0, world.final_demand[at] * kCentsPerMillion + wanted[at] - linked[at]);
            for (std::size_t f = begin; f < end; ++f)
              firms.final_base[f * R + d] = static_cast<float>(flow * weight[f] / total);
          }
        }
      }
  }

  double sold(std::size_t f) const {
    double sum = in_home[f] + in_abroad[f];
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
      double bought = 0, kept_units = 0;
      for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l) {
        const auto s = firms.supplier[l];
        if (firms.active[f] && x > 0) firms.units[l] = static_cast<float>(value[l] / x);
        delivered[l] = base_delivery_factor(m, firms, firms.card[s], s, firms.region[f],
                                            static_cast<double>(firms.duty_borne[f]));
        bought += static_cast<double>(firms.units[l]) * delivered[l];
      }
      if (bought > 1 - kLeastValueAdded / 4) { // what the rounds left over
        kept_units = (1 - kLeastValueAdded / 4) / bought;
        for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
          firms.units[l] = static_cast<float>(static_cast<double>(firms.units[l]) * kept_units);
        bought = 0;
        for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
          bought += static_cast<double>(firms.units[l]) * delivered[l];
      }
      firms.value_added[f] =
          static_cast<float>((1 - bought) * static_cast<double>(firms.productivity[f]));
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

} // namespace nearshore
