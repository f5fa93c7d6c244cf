#pragma once
#include "agents/context.hpp"

namespace nearshore {

/// Landed cost of a seller's good over its price before freight and duty, for a buyer that bears
/// `duty_borne` of the duty; `importer` is the buyer's region.
inline float landed_factor(const Population& firms, const LandedCell& cell,
                           std::uint32_t seller_index, std::size_t importer, float duty_borne) {
  float duty = cell.duty;
  if (cell.content != 0) duty += cell.content * (1 - firms.content_of(seller_index)[importer]);
  return cell.border + duty * duty_borne;
}

/// The same for a buyer in any market, under the month's duties and the seller's claims.
inline float delivery_factor(const MonthContext& m, const Population& firms, const Card& seller,
                             std::uint32_t seller_index, std::size_t importer, float duty_borne) {
  return landed_factor(firms, m.landed->market(importer).at(seller, seller.claims), seller_index,
                       importer, duty_borne);
}

/// The same in the base year, with the claims of the base year.
inline float base_delivery_factor(const MonthContext& m, const Population& firms,
                                  const Card& seller, std::uint32_t seller_index,
                                  std::size_t importer, float duty_borne) {
  return landed_factor(firms, m.base_landed->market(importer).at(seller, seller.base_claims),
                       seller_index, importer, duty_borne);
}

/// Share of the duty on its inputs that the firm bears, given relief for exporters and last month's
/// markets.
double duty_share_borne(const MonthContext&, const Population&, std::size_t firm);

/// Pass "prices": unit cost from own value added and inputs at delivered price, price with gradual,
/// bounded pass-through and capacity pressure. Reads cards; writes unit_cost, duty_borne,
/// next_card.price.
void update_prices(const MonthContext&, Population&, std::size_t begin, std::size_t end);

} // namespace nearshore
