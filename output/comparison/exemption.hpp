#pragma once
// The price of an exemption: duty forgone on trade between members, to whom it goes, and the
// regional content that it brings (docs/comparison.md).
#include "output/comparison/outcomes.hpp"

#include <string>
#include <vector>

namespace nearshore {

/// Rows of the price: all, each fellow member, each sector of goods.
struct PriceRow {
  std::string exporter, sector; ///< empty: all
  std::vector<std::size_t> exporters, sectors;
};
std::vector<PriceRow> price_rows(const ComparedWorld& world);

/// Of one seed; billion USD a year.
struct PriceParts {
  double forgone{0}, to_qualifying{0}, to_new{0};
  double revenue{0};
  double content{0}, content_deeper{0}, home_content{0};
  std::vector<double> by_authority; ///< of forgone
};

/// One for each row. `base` and `other` have the same seed. What qualifies is read from
/// qualifying_share_by_sector; in a file without it, what is claimed counts.
std::vector<PriceParts> price_parts(const RunSums& base, const RunSums& other,
                                    const ComparedWorld& world, const ComparedPeriod& period);

/// Of all seeds, [seed][row].
std::vector<ExemptionPrice> exemption_prices(const std::vector<std::vector<PriceParts>>& by_seed,
                                             const ComparedWorld& world);

} // namespace nearshore
