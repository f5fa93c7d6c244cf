#pragma once
#include "agents/context.hpp"
#include "sim/economy.hpp"
#include "sim/record.hpp"
#include "sim/scenario.hpp"

namespace nearshore {

/// Factor cost of each region after a month, by closure: constant (fixed_wage), rising with the use
/// of factors (labour_supply), or moved until trade is as balanced as in the base year
/// (balanced_trade).
void update_factor_cost(Closure, const Parameters&, const MonthRecord&, Economy&);

} // namespace nearshore
