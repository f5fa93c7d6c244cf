#pragma once
// The table before balancing: technology and trade of the estimates, origins by proportionality,
// exporters split.
#include "sim/balance/sources.hpp"

namespace nearshore::balance {

struct PriorOptions {
  /// false: every user in a region buys an input from the same origins (the proportionality
  /// assumption), so that nothing of Table 1 is in the prior; true: the origins by user of
  /// estimate_use.csv.
  bool given_sourcing{false};
  double import_odds_scale{
      1}; ///< multiplies the logarithm of processing.csv's import_odds; 0 switches it off
};

/// Inputs, value added and final demand; columns and rows close only as far as the estimates do.
/// Output and exports are completed from them.
WorldTable prior_table(const Sources&, const PriorOptions& = {});

/// Output (column sums) and exports of each producer: those of (region, sector) are its uses
/// abroad, of which processing producers sell their fixed share.
void complete_producers(const Sources&, WorldTable&);

} // namespace nearshore::balance
