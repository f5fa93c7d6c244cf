#pragma once
// The controls of the balance as rows of a sparse linear system over the cells of the table.
#include "sim/balance/prior.hpp"

#include <vector>

namespace nearshore::balance {

/// Where the cells lie in one flat vector: inputs as in WorldTable, then final demand, then value
/// added.
struct Layout {
  std::size_t inputs, finals, producers;
  explicit Layout(const WorldTable& t)
      : inputs(t.inputs.size()), finals(t.final_demand.size()), producers(t.producers()) {}
  [[nodiscard]] std::size_t size() const { return inputs + finals + producers; }
};

std::vector<double> gather_cells(const WorldTable&);
/// Puts cells back and completes output and exports.
void scatter_cells(const Sources&, const std::vector<double>& cells, WorldTable&);

struct Entry {
  std::size_t row;
  double coefficient;
};

/// sum over cells of coefficient * cell = target, each with a standard deviation (0: exact).
struct Constraints {
  std::vector<double> target, deviation;
  std::vector<std::vector<Entry>> entries; ///< [cell]
  std::size_t exact{0};                    ///< the first so many rows are exact

  [[nodiscard]] std::size_t rows() const { return target.size(); }
};

/// Closure of each (region, sector), export shares of processing producers, published imports, and
/// the targets of trade_targets.csv.
Constraints linear_constraints(const Sources&, const WorldTable& prior);

} // namespace nearshore::balance
