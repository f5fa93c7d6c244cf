#pragma once
#include "agents/context.hpp"
#include "agents/plan.hpp"

#include <span>

namespace nearshore {

/// Rule of every (agreement, tariff line) of a month; nullptr where the sector has no rule.
/// Throws Error if a route has more than kMaxCeilings ceilings.
std::vector<const RuleOfOrigin*> rules_of_lines(const std::vector<Agreement>&,
                                                std::span<const TariffLine>);

/// Whether a firm's product originates under an agreement, given the suppliers and units of its
/// links
/// (`suppliers`, `units`: one a link, from link_begin on) and the status of suppliers in `cards`.
/// An input that originates counts whole (roll-up); services count as regional. `slack` is the part
/// of the transaction value by which every ceiling must be kept.
bool originates(const MonthContext&, const Population&, std::span<const Card> cards,
                std::size_t firm, std::size_t agreement, std::span<const std::uint32_t> suppliers,
                std::span<const float> units, double slack = 0);

/// Pass "origin": reads cards (prices and status of suppliers last month); writes
/// next_card.origin and regional_content, the RVC by transaction value under the first agreement.
void update_origin(const MonthContext&, Population&, std::size_t begin, std::size_t end);

} // namespace nearshore
