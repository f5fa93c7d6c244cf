#pragma once
// Where the value added in exports comes from: the Leontief inverse over the producers of a world
// table.
#include "sim/world_table.hpp"

#include <vector>

namespace nearshore {

/// Shares with which a seller (region, sector) supplies from its producer types: abroad in
/// proportion to their exports, at home in proportion to output less exports. Indexed by producer;
/// zero where nothing is sold.
struct SupplyMix {
  std::vector<double> abroad, home;
};
SupplyMix supply_mix(const WorldTable&);

/// Value added in exports, by region in which it was added.
struct ValueAddedContent {
  std::size_t R{0}, S{0};
  std::vector<double> of_producer; ///< [producer][source] share of the value of its output
  std::vector<double> exports;     ///< [exporter][sector] gross exports, million USD
  std::vector<double>
      in_exports; ///< [exporter][sector][source] share of the exports, 0 without exports

  [[nodiscard]] double share(std::size_t exporter, std::size_t sector, std::size_t source) const {
    return in_exports[(exporter * S + sector) * R + source];
  }
  /// Of a group of exporters and sectors, weighted by gross exports (trade inside the group
  /// counts): the share of the value added by the `sources`. 0 if the group exports nothing.
  [[nodiscard]] double group_share(Bits exporters, Bits sectors, Bits sources) const;
};

/// Solves m = v + A m for each source region, where producer p buys a(p,j,o) per unit of output
/// from the producers of (o, j) in the proportions of `SupplyMix` (Hummels, Ishii and Yi 2001;
/// Koopman, Wang and Wei 2012 for processing trade). Shares over sources add up to 1. Throws Error
/// (kind invariant) if some producer earns no value added.
ValueAddedContent value_added_in_exports(const WorldTable&);

} // namespace nearshore
