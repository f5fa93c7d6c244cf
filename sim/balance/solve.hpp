#pragma once
// The balance: one constrained least-relative-change problem over all cells of the table.
#include "sim/balance/prior.hpp"

#include <string>
#include <vector>

namespace nearshore::balance {

/// What the controls say about a functional, in the linear approximation at the solution.
struct Identification {
  std::string name;
  double value{0};        ///< share
  double prior_sd{0};     ///< standard deviation before the controls
  double remaining_sd{0}; ///< after them: what the controls leave open
};

struct Solution {
  WorldTable table; ///< closes to rounding error; not yet in whole units
  int iterations{0};
  double largest_step{0}; ///< of the last iteration, in logarithms
  double closure{0};      ///< largest closure error over the row's value
  double mean_change{0};  ///< value-weighted mean absolute relative change of the cells
  double technology_change{
      0}; ///< the same for purchases of each input by each producer, all origins together
  std::vector<Identification> identification;
};

/// Minimises the relative entropy of all cells to the prior, weighted by confidence, plus quadratic
/// penalties, under exact closure of rows and columns and of processing producers' export shares
/// (docs/base_year.md has the formulas). Value-added contents are linearised at each iteration with
/// the adjoint of the Leontief system. Throws Error (kind invariant) if it does not converge.
Solution solve(const Sources&, const WorldTable& prior);

} // namespace nearshore::balance
