#include "agents/bill.hpp"

#include <algorithm>

namespace nearshore {

void Bill::lay_out(const MonthContext& m, const Population& firms, std::span<const Card> cards,
                   std::size_t f, std::span<const std::uint32_t> suppliers,
                   std::span<const float> units) {
  const double price = static_cast<double>(firms.card[f].price);
  basis.transaction_value = price;
  basis.net_cost = price / m.parameters->markup;
  basis.own_region = firms.region[f];
  double bought = 0;
  count = 0;
  const std::size_t first = firms.link_begin(f);
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
    const auto input = firms.input_sector[i];
    const bool is_goods = (*m.sectors)[input].is_goods;
    for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
      const auto s = suppliers[l - first];
      const Card seller = cards[s];
      const double cost = static_cast<double>(units[l - first]) * static_cast<double>(seller.price);
      bought += cost;
      if (count == kMaxPlanLinks) continue;
      value[count] = cost;
      supplier[count] = s;
      sector[count] = input;
      region[count] = seller.region;
      status[count] = seller.origin;
      goods[count] = is_goods ? 1 : 0;
      ++count;
    }
  }
  basis.own_value = std::max(0.0, price - bought);
}

void Bill::look(const MonthContext& m, const Population& firms, std::size_t a) {
  const auto& agreement = m.policy->agreements[a];
  basis.members = agreement.members;
  basis.domestic_accumulation = agreement.accumulation == Accumulation::domestic;
  roll_up = agreement.roll_up;
  for (std::size_t i = 0; i < count; ++i) {
    const bool from_member = contains(agreement.members, region[i]);
    // Goods by the seller's status, services by its region (MonthContext::input_originates).
    originating[i] = goods[i] != 0 ? (status[i] >> a) & 1U : from_member;
    accumulates[i] =
        from_member && (!basis.domestic_accumulation || region[i] == basis.own_region) ? 1 : 0;
  }
  for (std::size_t i = 0; i < count && !roll_up; ++i)
    not_counting[i] = 1 - MonthContext::members_value(firms, supplier[i], agreement.members);
}

double Bill::non_originating() const {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (goods[i] != 0 && originating[i] == 0) sum += value[i];
  return sum;
}

bool Bill::holds(const Ceiling& ceiling) const {
  const double of_group = static_cast<double>(ceiling.of_group_value);
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double looked_at = static_cast<double>(ceiling.weight[sector[i]]) * value[i];
    const bool counts =
        (originating[i] & accumulates[i]) != 0 && contains(ceiling.counting_regions, region[i]);
    // Rolled up, an input that counts does so whole.
    const double against = counts ? (roll_up ? 0 : looked_at * not_counting[i]) : looked_at;
    sum += against - of_group * looked_at;
  }
  return sum <= limit(basis, ceiling) + 1e-12;
}

bool Bill::originates(const RuleOfOrigin& rule, double slack) {
  basis.slack = slack;
  return std::any_of(rule.any_of.begin(), rule.any_of.end(), [&](const Route& route) {
    return std::all_of(route.all_of.begin(), route.all_of.end(),
                       [&](const Ceiling& ceiling) { return holds(ceiling); });
  });
}

} // namespace nearshore
