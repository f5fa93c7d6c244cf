#include "sim/base_year.hpp"

#include "agents/arithmetic.hpp"
#include "agents/prices.hpp"
#include "sim/tally.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>

namespace nearshore {
namespace {

/// The value of a link is units * weight of its buyer * factor of its group (producer, input,
/// origin): only weights and factors change from round to round, and nothing is kept for a link but
/// where it lies and its duty.
class Scaling {
public:
  Scaling(const Workers& team, const MonthContext& context, const WorldTable& table,
          Population& population, const SalesTargets& sales_targets)
      : workers(team), m(context), world(table), firms(population), targets(sales_targets),
        n(population.firms()), R(table.R()), S(table.S()),
        group_sums(team.threads(), table.inputs.size()), cell_sums(team.threads(), kReportSums) {}

  ScalingReport run(const ScalingEffort& effort, Restate what) {
    index_links();
    start();
    for (int round = 1;; ++round) {
      scale_groups();
      sell_inputs();
      sell_final_goods(false);
      if (round == effort.most_rounds || change_of_sales() <= effort.settled) break;
      follow_sales();
    }
    sell_final_goods(true);
    const ScalingReport report = compare();
    write_sales();
    write_state(what);
    return report;
  }

private:
  enum ReportSum : std::size_t { kLinked, kChange, kSold, kMoved, kReportSums };
  static constexpr std::size_t kAhead = 24; // links: sellers lie anywhere in memory
  const Workers& workers;
  const MonthContext& m;
  const WorldTable& world;
  Population& firms;
  const SalesTargets& targets;
  std::size_t n, R, S;
  Tally group_sums, cell_sums;
  // First written where they are used, by all threads: a page costs as much as a round.
  template <class T> using Array = std::unique_ptr<T[]>;
  Array<std::uint8_t> origin;      // [link] region of the supplier
  Array<float> delivered;          // [link] 1 + duty borne
  Array<double> weight;            // [firm] buyers' part of the value of links
  Array<double> sales;             // [firm] cents a month, that inputs suit
  Array<double> sales_now;         // [firm] of this round
  Array<double> bought;            // [firm] inputs, duty borne included
  Array<std::int64_t> sold_inputs; // [firm][home, abroad] intermediate sales
  std::vector<double> factor;      // [group]
  std::vector<double> wanted;      // [lane] the table's inputs, cents a month, all users
  std::vector<double> lane_sum;    // [lane] of them with links; lane: destination, input, origin

  [[nodiscard]] std::size_t producer_of(std::size_t f) const {
    return (firms.region[f] * 2U + firms.type[f]) * S + firms.sector[f];
  }

  /// Calls visit(f, link, group) for all links of firms [begin, end).
  template <class Visit> void each_link(std::size_t begin, std::size_t end, Visit&& visit) const {
    for (std::size_t f = begin; f < end; ++f) {
      const std::size_t rows = producer_of(f) * S;
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
        const std::size_t row = (rows + firms.input_sector[i]) * R;
        for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l)
          visit(f, l, row + origin[l]);
      }
    }
  }

  void index_links() {
    origin = std::make_unique_for_overwrite<std::uint8_t[]>(firms.links());
    delivered = std::make_unique_for_overwrite<float[]>(firms.links());
    const std::size_t links = firms.links();
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      for (std::size_t f = begin; f < end; ++f)
        for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l) {
          if (l + kAhead < links) __builtin_prefetch(&firms.card[firms.supplier[l + kAhead]]);
          const auto s = firms.supplier[l];
          const Card& seller = firms.card[s];
          origin[l] = seller.region;
          delivered[l] =
              base_delivery_factor(m, firms, seller, s, firms.region[f], firms.duty_borne[f]);
        }
    });
    wanted.assign(R * S * R, 0);
    for (std::size_t producer = 0; producer < world.producers(); ++producer)
      for (std::size_t jo = 0; jo < S * R; ++jo)
        wanted[producer / (2 * S) * S * R + jo] +=
            world.inputs[producer * S * R + jo] * kCentsPerMillion;
  }

  void start() {
    for (auto* array : {&weight, &sales, &sales_now, &bought})
      *array = std::make_unique_for_overwrite<double[]>(n);
    sold_inputs = std::make_unique_for_overwrite<std::int64_t[]>(2 * n);
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      for (std::size_t f = begin; f < end; ++f) {
        sales[f] = firms.active[f] != 0 ? targets.home[f] + targets.abroad[f] : 0;
        weight[f] = sales_now[f] = sales[f];
      }
    });
    factor.assign(world.inputs.size(), 0);
  }

  [[nodiscard]] double before_factor(std::size_t f, std::size_t l) const {
    return static_cast<double>(firms.units[l]) * weight[f];
  }

  /// Factors with which every group's links add up to the table. Sums are of whole cents, so that
  /// their order does not matter.
  void scale_groups() {
    group_sums.clear();
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int worker) {
      auto sum = group_sums.of(worker);
      each_link(begin, end, [&](std::size_t f, std::size_t l, std::size_t group) {
        sum[group] += round_to_int(before_factor(f, l));
      });
    });
    const auto& sum = group_sums.total();
    lane_sum.assign(R * S * R, 0);
    for (std::size_t producer = 0; producer < world.producers(); ++producer) {
      const std::size_t first = producer * S * R, lane = producer / (2 * S) * S * R;
      for (std::size_t jo = 0; jo < S * R; ++jo) {
        const std::size_t g = first + jo;
        const double table = world.inputs[g] * kCentsPerMillion;
        factor[g] = sum[g] > 0 ? table / static_cast<double>(sum[g]) : 0;
        if (sum[g] > 0) lane_sum[lane + jo] += table;
      }
    }
  }

  void sell_inputs() {
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      std::fill(&sold_inputs[2 * begin], sold_inputs.get() + 2 * end, 0);
    });
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      if (workers.threads() == 1)
        sell_inputs_of<false>(begin, end);
      else
        sell_inputs_of<true>(begin, end);
    });
  }

  template <bool kShared> void sell_inputs_of(std::size_t begin, std::size_t end) {
    const std::uint32_t* first_link = firms.first_link.data();
    const std::uint32_t* supplier = firms.supplier.data();
    const float* units = firms.units.data();
    const float* duty = delivered.get();
    const std::uint8_t* from = origin.get();
    std::int64_t* sold = sold_inputs.get();
    const std::size_t last_link = firms.links() - 1;
    for (std::size_t f = begin; f < end; ++f) {
      const std::size_t rows = producer_of(f) * S, region = firms.region[f];
      const double of_firm = weight[f];
      double sum = 0;
      for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
        const double* factors = factor.data() + (rows + firms.input_sector[i]) * R;
        for (std::size_t l = first_link[i], last = first_link[i + 1]; l < last; ++l) {
          __builtin_prefetch(&sold[2 * supplier[std::min(l + kAhead, last_link)]], 1);
          const double value = static_cast<double>(units[l]) * of_firm * factors[from[l]];
          sum += value * static_cast<double>(duty[l]);
          auto& cents = sold[2 * std::size_t{supplier[l]} + (from[l] != region ? 1 : 0)];
          if constexpr (kShared)
            std::atomic_ref<std::int64_t>{cents}.fetch_add(round_to_int(value),
                                                           std::memory_order_relaxed);
          else
            cents += round_to_int(value);
        }
      }
      bought[f] = sum;
    }
  }

  /// Final sales fill what intermediate orders leave of a firm's target, and what the table trades
  /// as inputs without a link here is traded as final goods, so that trade by sector is exact.
  void sell_final_goods(bool write) {
    workers.for_each(R * S, [&](std::size_t cell, int) {
      const std::size_t o = cell / S, s = cell % S;
      const std::size_t begin = firms.first_seller[cell], end = firms.first_seller[cell + 1];
      for (std::size_t f = begin; f < end; ++f)
        sales_now[f] = static_cast<double>(sold_inputs[2 * f] + sold_inputs[2 * f + 1]);
      for (const bool abroad : {false, true}) {
        double to_final = 0, positive = 0, target_sum = 0, total = 0;
        const auto flow = [&](std::size_t d) {
          const std::size_t at = (d * S + s) * R + o;
          return world.final_demand[at] * kCentsPerMillion + wanted[at] - lane_sum[at];
        };
        for (std::size_t d = 0; d < R; ++d)
          if ((d != o) == abroad) {
            to_final += flow(d);
            positive += std::max(0.0, flow(d));
          }
        const auto& target = abroad ? targets.abroad : targets.home;
        for (std::size_t f = begin; f < end; ++f)
          target_sum += target[f];
        // Even a firm full of orders keeps a tenth of its share of final sales.
        const double least = target_sum > 0 ? 0.1 / target_sum * std::max(to_final, 0.0) : 0;
        const auto room = [&](std::size_t f) {
          if (firms.active[f] == 0) return 0.0;
          return std::max(target[f] - static_cast<double>(sold_inputs[2 * f + (abroad ? 1 : 0)]),
                          least * target[f]);
        };
        for (std::size_t f = begin; f < end; ++f)
          total += room(f);
        if (write)
          for (std::size_t d = 0; d < R; ++d) {
            if ((d != o) != abroad) continue;
            const double part = total > 0 ? std::max(0.0, flow(d)) / total : 0;
            for (std::size_t f = begin; f < end; ++f)
              firms.final_base[f * R + d] = static_cast<float>(part * room(f));
          }
        if (total <= 0) continue;
        for (std::size_t f = begin; f < end; ++f)
          sales_now[f] += positive / total * room(f);
      }
    });
  }

  /// Of this round, from the sales that inputs suit; share of all sales.
  [[nodiscard]] double change_of_sales() {
    cell_sums.clear();
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int worker) {
      double sum = 0, moved = 0; // of a block: the same whoever works it
      for (std::size_t f = begin; f < end; ++f) {
        sum += sales_now[f];
        moved += std::abs(sales_now[f] - sales[f]);
      }
      cell_sums.of(worker)[kSold] += round_to_int(sum);
      cell_sums.of(worker)[kMoved] += round_to_int(moved);
    });
    const auto& sums = cell_sums.total();
    return static_cast<double>(sums[kMoved]) / static_cast<double>(sums[kSold]);
  }

  /// Inputs follow sales; no firm's inputs may take more than its sales less a least value added.
  void follow_sales() {
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      for (std::size_t f = begin; f < end; ++f) {
        if (firms.active[f] == 0) continue;
        const double now = sales_now[f];
        double change = sales[f] > 0 ? now / sales[f] : 1;
        if (bought[f] * change > (1 - kLeastValueAdded) * now)
          change = (1 - kLeastValueAdded) * now / bought[f];
        weight[f] *= change;
        sales[f] = now;
      }
    });
  }

  /// By how much links changed from the units and sales of the start: the change of their buyer and
  /// of their group.
  ScalingReport compare() {
    std::vector<double> group_change(factor.size(), 0);
    for (std::size_t g = 0; g < factor.size(); ++g)
      if (factor[g] > 0) group_change[g] = log_of(factor[g]);
    cell_sums.clear();
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int worker) {
      auto sum = cell_sums.of(worker);
      std::size_t of_firm = n;
      double firm_change = 0;
      each_link(begin, end, [&](std::size_t f, std::size_t l, std::size_t group) {
        const double value = before_factor(f, l) * factor[group];
        if (value <= 0) return;
        if (f != of_firm) {
          of_firm = f;
          firm_change = log_of(weight[f] / (targets.home[f] + targets.abroad[f]));
        }
        sum[kLinked] += round_to_int(value);
        sum[kChange] += round_to_int(value * std::abs(firm_change + group_change[group]));
      });
    });
    const auto& sum = cell_sums.total();
    double table = 0;
    for (const double v : world.inputs)
      table += v * kCentsPerMillion;
    ScalingReport report;
    if (sum[kLinked] > 0)
      report.mean_change = static_cast<double>(sum[kChange]) / static_cast<double>(sum[kLinked]);
    report.moved_to_final = 1 - static_cast<double>(sum[kLinked]) / table;
    return report;
  }

  /// Sales of the base year.
  void write_sales() {
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      std::fill(firms.sold.begin() + static_cast<std::ptrdiff_t>(begin * firms.books),
                firms.sold.begin() + static_cast<std::ptrdiff_t>(end * firms.books), 0);
      for (std::size_t f = begin; f < end; ++f)
        for (std::size_t d = 0; d < R; ++d)
          firms.sold[firms.book(f, d)] +=
              round_to_int(static_cast<double>(firms.final_base[f * R + d]));
    });
    const std::size_t links = firms.links();
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      each_link(begin, end, [&](std::size_t f, std::size_t l, std::size_t group) {
        if (l + kAhead < links)
          __builtin_prefetch(&firms.sold[firms.supplier[l + kAhead] * firms.books], 1);
        const std::size_t book = firms.book_of_market[origin[l] * R + firms.region[f]];
        std::atomic_ref<std::int64_t>{firms.sold[firms.supplier[l] * firms.books + book]}.fetch_add(
            round_to_int(before_factor(f, l) * factor[group]), std::memory_order_relaxed);
      });
    });
  }

  /// Units such that every base-year price is 1, and the state that reproduces the base year month
  /// by month.
  void write_state(Restate what) {
    const auto& p = *m.parameters;
    workers.for_blocks(n, [&](std::size_t begin, std::size_t end, int) {
      for (std::size_t f = begin; f < end; ++f) {
        double x = static_cast<double>(sold_inputs[2 * f] + sold_inputs[2 * f + 1]);
        for (std::size_t d = 0; d < R; ++d) {
          x += static_cast<double>(firms.final_base[f * R + d]);
          firms.final_shift[f * R + d] = 1;
        }
        firms.duty_borne[f] = static_cast<float>(duty_share_borne(m, firms, f));
        if (what == Restate::units_too && firms.active[f] != 0 && x > 0)
          each_link(f, f + 1, [&](std::size_t, std::size_t l, std::size_t group) {
            firms.units[l] = static_cast<float>(before_factor(f, l) * factor[group] / x);
          });
        firms.card[f].price = 1;
        firms.unit_cost[f] = 1;
        firms.base_output[f] = firms.planned[f] = firms.demand[f] = firms.output[f] = x;
        firms.capacity[f] = x / p.normal_utilisation;
        firms.pressure[f] = static_cast<float>(p.normal_utilisation);
        firms.card[f].spare = static_cast<float>(firms.capacity[f] - x);
        firms.fill[f] = 1;
        firms.input_limit[f] = 1;
        firms.next_card[f] = firms.card[f];
      }
    });
  }
};

} // namespace

ScalingReport scale_to_table(const Workers& workers, const MonthContext& m, const WorldTable& world,
                             Population& firms, const SalesTargets& targets,
                             const ScalingEffort& effort, Restate what) {
  return Scaling{workers, m, world, firms, targets}.run(effort, what);
}

} // namespace nearshore
