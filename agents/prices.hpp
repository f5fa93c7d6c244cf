#pragma once
#include "agents/context.hpp"

namespace nearshore {

/// Delivered price of a seller's good over its price before freight and duty, for a buyer in
/// `importer` that bears `duty_borne` of the duty. Services pay no duty.
inline double delivery_factor(const MonthContext& m, const Population& firms, const Card& seller,
                              std::uint32_t seller_index, std::size_t importer, double duty_borne) {
  if (seller.region == importer) return 1;
  const double border =
      static_cast<double>(m.policy->levers.border_cost[seller.region * firms.R + importer]);
  const auto rate = m.rate(m.policy->duties, importer, seller, seller.claims);
  const double own =
      rate.content != 0 ? static_cast<double>(firms.content[seller_index * firms.R + importer]) : 0;
  return border * (1 + rate_of(rate, own) * duty_borne);
}

/// The same in the base year, with the claims of the base year.
inline double base_delivery_factor(const MonthContext& m, const Population& firms,
                                   const Card& seller, std::uint32_t seller_index,
                                   std::size_t importer, double duty_borne) {
  if (seller.region == importer) return 1;
  const auto rate = m.rate(*m.base_duties, importer, seller, seller.base_claims);
  const double own =
      rate.content != 0 ? static_cast<double>(firms.content[seller_index * firms.R + importer]) : 0;
  return 1 + rate_of(rate, own) * duty_borne;
}

/// Share of the duty on its inputs that the firm bears, given relief for exporters and last month's
/// markets.
double duty_share_borne(const MonthContext&, const Population&, std::size_t firm);

/// Pass "prices": unit cost from own value added and inputs at delivered price, price with gradual,
/// bounded pass-through and capacity pressure. Reads cards; writes unit_cost, duty_borne,
/// next_card.price.
void update_prices(const MonthContext&, Population&, std::size_t begin, std::size_t end);

} // namespace nearshore
