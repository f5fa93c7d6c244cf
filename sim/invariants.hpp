#pragma once
// What must hold in every month: cheap enough to be looked at in every run, or with --check. All
// throw Error (kind invariant) that names the month, the pass and whoever it concerns.
#include "agents/context.hpp"
#include "sim/economy.hpp"
#include "sim/record.hpp"
#include "sim/trade_books.hpp"

#include <string>

namespace nearshore {

/// Always: trade of every cell adds up to its output, claims and preference are parts of trade, no
/// trade or duty is negative. One walk over the lanes.
void check_totals(const MonthRecord&, std::size_t regions, std::size_t sectors);

/// Always: factor cost and income of every region are positive numbers.
void check_economy(const Economy&, Month);

/// Always, where the sums over some firms are no numbers (Accounts::record): names the first of
/// them with a value that is none or out of its range, and the pass that wrote it.
[[noreturn]] void refuse_firms(const Population&, Month, std::size_t first, std::size_t last);

/// --check: every value of every firm is a number in its range, and every link is an order of its
/// firm's to a seller of the input's sector.
void check_states(const Population&, Month);

/// --check: duties by authority add up to what the total rates ask for, in every lane.
void check_duty_totals(const MonthContext&, const TradeBooks&, const MonthRecord&,
                       std::size_t regions, std::size_t sectors);

} // namespace nearshore
