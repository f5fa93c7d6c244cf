#pragma once
// Pieces of the market that orders, production and shortages share.
#include "agents/arithmetic.hpp"
#include "agents/context.hpp"

#include <algorithm>

namespace nearshore {

/// Units of an input for one unit of output.
inline double units_of_input(const Population& firms, std::size_t input) {
  double sum = 0;
  for (std::size_t l = firms.first_link[input]; l < firms.first_link[input + 1]; ++l)
    sum += static_cast<double>(firms.units[l]);
  return sum;
}

/// What is ordered of an input for each unit that its links hold: times units[link] it is the order
/// of a link, base cents, with the same bits wherever it is asked.
inline double order_per_unit(const Population& firms, std::size_t input, double units) {
  return units > 0 ? static_cast<double>(firms.ordered[input]) / units : 0;
}

/// Nearest integer of x >= 0, with the bits of round_to_int.
inline std::int64_t round_positive(double x) {
  return static_cast<std::int64_t>(x + 0.5); // NOLINT(bugprone-incorrect-roundings)
}

inline std::int64_t cost_of(double units, const Card& seller) {
  return round_to_int(units * static_cast<double>(seller.price));
}

inline double capacity_now(const MonthContext& m, const Population& firms, std::size_t f) {
  return firms.capacity[f] *
         static_cast<double>(
             m.policy->levers.capacity[firms.region[f] * firms.S + firms.sector[f]]);
}

/// Output that stocks allow beyond what has been made.
inline double output_of_stocks(const Population& firms, std::size_t f, double slack) {
  double least = 1e300;
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
    const double units = units_of_input(firms, i);
    if (units > 0)
      least = std::min(least, static_cast<double>(firms.stock[i]) / units / (1 - slack));
  }
  return least;
}

} // namespace nearshore
