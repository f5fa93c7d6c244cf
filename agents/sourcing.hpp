#pragma once
#include "agents/context.hpp"

namespace nearshore {

/// Marks a seller that has left the market in Card::spare.
inline constexpr float kGone = -1e30F;

/// Pass "sourcing": firms whose contracts come up compare the cheapest suppliers world-wide with
/// the cheapest set with which their product originates, and take the plan with the lower expected
/// cost. Reads next_card (prices, status, claims of this month), deliveries and sales of last
/// month; writes links of its own firm.
void review_suppliers(const MonthContext&, Population&, std::size_t begin, std::size_t end);

/// Suppliers that are to begin in the coming month deliver now. Reads next_card.
void begin_deliveries_due(const MonthContext&, Population&, std::size_t begin, std::size_t end);

/// A review in which no switch costs anything and new suppliers deliver at once, of every firm that
/// could gain by it at base-year prices: the bundles that firms settled on in the long time before
/// the base year.
void found_bundles(const MonthContext&, Population&, std::size_t begin, std::size_t end);

} // namespace nearshore
