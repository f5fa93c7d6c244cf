#include "sim/closure.hpp"

#include "agents/arithmetic.hpp"

#include <algorithm>

namespace nearshore {

void update_factor_cost(Closure closure, const Parameters& p, const MonthRecord& month,
                        Economy& economy) {
  if (closure == Closure::fixed_wage) return;
  for (std::size_t r = 0; r < economy.R; ++r) {
    double& cost = economy.factor_cost[r];
    double target = cost;
    if (closure == Closure::labour_supply) {
      double used = 0, base = 0;
      for (std::size_t s = 0; s < economy.S; ++s) {
        used += month.employment[r * economy.S + s] * economy.base_value_added[r * economy.S + s];
        base += economy.base_value_added[r * economy.S + s];
      }
      if (base > 0) target = power_of(std::max(used / base, 0.01), 1 / p.labour_supply_elasticity);
    } else {
      // A surplus above the base year's raises factor cost, which makes exports dear and imports
      // cheap.
      target = cost * (1 + p.balance_response * (economy.balance[r] - economy.base_balance[r]));
    }
    cost += p.factor_cost_adjustment * (std::clamp(target, 0.2, 5.0) - cost);
  }
}

} // namespace nearshore
