#pragma once
// Value added in exports as a function of the cells of a table: value and exact gradient.
#include "sim/balance/sources.hpp"
#include "sim/leontief_system.hpp"

#include <vector>

namespace nearshore::balance {

struct Linearised {
  double value{0};              ///< a share
  std::vector<double> gradient; ///< by cell (Layout), per million USD
};

/// (value added by the sources in the exports - share * exports) / exports for a constant `share`;
/// with share = 0 the content itself. The gradient is by the adjoint of the Leontief system; it
/// holds exports constant in the denominator, so it is that of the content where `share` is the
/// content. Processing producers keep their share of exports.
Linearised linearise(const Sources&, const WorldTable&, const LeontiefSystem&, const Content&,
                     double share);

} // namespace nearshore::balance
