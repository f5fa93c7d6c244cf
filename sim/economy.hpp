#pragma once
// The aggregate state that firms take as given in a month.
#include <vector>

namespace nearshore {

struct Economy {
  std::size_t R{0}, S{0};
  std::vector<double> factor_cost;      ///< [region] base = 1
  std::vector<double> income_ratio;     ///< [region] nominal value added over base
  std::vector<double> revenue_ratio;    ///< [region] duty above base over base final demand
  std::vector<double> base_income;      ///< [region] cents a month
  std::vector<double> base_value_added; ///< [region * S + sector] real, base cents a month
  std::vector<double> base_final; ///< [destination * S + sector] at delivered prices, cents a month
  std::vector<double> base_duty;  ///< [region] cents a month
  std::vector<double> base_balance; ///< [region] exports less imports over income
  std::vector<double> balance;      ///< [region] the same, this month
  std::vector<double> delivery;     ///< [region * S + sector] share of orders delivered last month
  std::vector<double> pressure;     ///< [region * S + sector] mean of firms' smoothed utilisation

  Economy() = default;
  Economy(std::size_t regions, std::size_t sectors)
      : R(regions), S(sectors), factor_cost(R, 1), income_ratio(R, 1), revenue_ratio(R, 0),
        base_income(R, 0), base_value_added(R * S, 0), base_final(R * S, 0), base_duty(R, 0),
        base_balance(R, 0), balance(R, 0), delivery(R * S, 1), pressure(R * S, 0) {}
};

/// Calls visit(name, column) for every column; a member left out does not compile.
template <class Visit, class State> void visit_economy(State& economy, Visit&& visit) {
  auto& [R, S, factor_cost, income_ratio, revenue_ratio, base_income, base_value_added, base_final,
         base_duty, base_balance, balance, delivery, pressure] = economy;
  visit("factor_cost", factor_cost);
  visit("income_ratio", income_ratio);
  visit("revenue_ratio", revenue_ratio);
  visit("base_income", base_income);
  visit("base_value_added", base_value_added);
  visit("base_final", base_final);
  visit("base_duty", base_duty);
  visit("base_balance", base_balance);
  visit("balance", balance);
  visit("delivery", delivery);
  visit("pressure_of_cells", pressure);
}

} // namespace nearshore
