#include "sim/structure.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nearshore {
namespace {

constexpr double kTail = 0.05;      // part of all firms that is taken as the tail
constexpr std::size_t kFewest = 10; // values from which an exponent is estimated
constexpr double kCentsPerDollar = 100;

/// Real firms that an agent stands for, 1: its base output over the sales of one of them.
double firms_of(const Population& firms, std::size_t f) {
  const auto sales = static_cast<double>(firms.real_sales[f]);
  return sales > 0 ? firms.base_output[f] * 12 / kCentsPerDollar / sales : 0;
}

/// Yearly sales of one of them, USD, as its agent's have grown.
double sales_of_one(const Population& firms, std::size_t f) {
  return firms.base_output[f] > 0
             ? static_cast<double>(firms.real_sales[f]) * firms.output[f] / firms.base_output[f]
             : 0;
}

template <std::size_t N> std::size_t class_of(double x, const std::array<double, N>& bounds) {
  return static_cast<std::size_t>(std::upper_bound(bounds.begin(), bounds.end(), x) -
                                  bounds.begin());
}

} // namespace

std::size_t size_class(double yearly_sales) {
  return class_of(yearly_sales, kSizeBounds);
}
std::size_t age_class(int months) {
  return class_of(months, kAgeBounds);
}

double hill_exponent(std::span<const double> values, std::span<const double> weights, double part) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return values[a] != values[b] ? values[a] > values[b] : a < b;
  });
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::size_t n = 0;
  double held = 0;
  while (n < order.size() && held < part * all && values[order[n]] > 0)
    held += weights[order[n++]];
  if (n < kFewest) return 0;
  const double least = values[order[n - 1]];
  double logs = 0;
  for (std::size_t i = 0; i < n; ++i)
    logs += weights[order[i]] * std::log(values[order[i]] / least);
  return logs > 0 ? held / logs : 0;
}

void StructureWatch::count_claims(const MonthContext& m, const Population& firms,
                                  FirmStructure& out) const {
  const std::size_t R = firms.R;
  out.claims.assign(R * R * kSizeClasses, {});
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    const std::size_t o = firms.region[f],
                      size = size_class(static_cast<double>(firms.real_sales[f]));
    const double count = firms_of(firms, f);
    for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k) {
      const std::size_t d = firms.desk_importer[k];
      const auto value = firms.sales(f, d);
      if (value <= 0) continue;
      auto& c = out.claims[(o * R + d) * kSizeClasses + size];
      c.trade += value;
      c.firms += count;
      if (!contains(firms.card[f].claims, m.lanes->slot(o, d))) continue;
      c.claimed += value;
      c.firms_claiming += count;
    }
  }
}

void StructureWatch::count_links(const Population& firms, FirmStructure& out) {
  out.links_by_age.fill(0);
  out.broken_by_age.fill(0);
  const bool compares = last_age.size() == firms.links();
  if (compares)
    for (std::size_t l = 0; l < firms.links(); ++l) {
      const std::size_t age = age_class(last_age[l]);
      ++out.links_by_age[age];
      if (firms.age[l] < last_age[l]) ++out.broken_by_age[age];
    }
  last_age = firms.age;
}

void StructureWatch::measure_tails(const Population& firms, FirmStructure& out) const {
  out.size_tail.assign(firms.R, 0);
  out.customer_tail.assign(firms.R, 0);
  std::vector<double> customers(firms.firms(), 0);
  for (std::size_t l = 0; l < firms.links(); ++l)
    ++customers[firms.supplier[l]];
  std::vector<double> size, weight, degree, ones;
  for (std::size_t r = 0; r < firms.R; ++r) {
    size.clear();
    weight.clear();
    degree.clear();
    for (std::size_t f = firms.first_seller[r * firms.S]; f < firms.first_seller[(r + 1) * firms.S];
         ++f) {
      if (!firms.active[f]) continue;
      size.push_back(sales_of_one(firms, f));
      weight.push_back(firms_of(firms, f));
      degree.push_back(customers[f]);
    }
    ones.assign(size.size(), 1);
    out.size_tail[r] = hill_exponent(size, weight, kTail);
    out.customer_tail[r] = hill_exponent(degree, ones, kTail);
  }
}

void StructureWatch::look(const MonthContext& m, const Population& firms, MonthRecord& out) {
  count_claims(m, firms, out.structure);
  count_links(firms, out.structure);
  measure_tails(firms, out.structure);
}

} // namespace nearshore
