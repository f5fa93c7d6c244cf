#pragma once
// States of the base year that must agree along the supply chain: who originates, and where the
// value in each firm's goods was added.
#include "agents/context.hpp"
#include "agents/firm_bits.hpp"
#include "agents/parallel.hpp"
#include "sim/accounts.hpp"
#include "sim/world_table.hpp"

namespace nearshore {

/// Where status starts from: what it was, or all goods of members, which leads to the largest
/// consistent set; from there status only falls, and a firm that has lost it is not judged again
/// (its regional_content is that of the tier in which it did).
enum class Settling { from_present, from_all };

/// Originating status of every firm, given suppliers and units, from the status in `card`: all
/// firms judge by what their suppliers had in the tier before, until none turns. Writes `card`,
/// `next_card` (origin) and `regional_content`. `changed`: the firms whose suppliers or units are
/// not those of the last time; only they and whom their status reaches are judged.
void settle_origin(const Workers&, const MonthContext&, Population&, Settling,
                   const FirmBits* changed = nullptr);

/// Value-added content of every firm, from that in `content`: tier by tier until no share moves by
/// more than `settled`, at most `most_tiers`. Reads prices of next_card. Returns the largest last
/// move.
float settle_content(const Workers&, const Accounts&, Population&, int most_tiers, float settled);

/// Content that the firms of a producer have on average, by the table, to settle from: [firm].
void content_of_table(const Workers&, const WorldTable&, Population&);

} // namespace nearshore
