#include "agents/origin.hpp"

#include "policy/error.hpp"

#include <algorithm>

namespace nearshore {

std::vector<const RuleOfOrigin*> rules_of_lines(const std::vector<Agreement>& agreements,
                                                std::span<const TariffLine> lines) {
  std::vector<const RuleOfOrigin*> rules;
  rules.reserve(agreements.size() * lines.size());
  for (const auto& agreement : agreements) {
    for (const auto& variants : agreement.rules)
      for (const auto& rule : variants)
        for (const auto& route : rule.any_of)
          if (route.all_of.size() > kMaxCeilings)
            throw Error(ErrorKind::input,
                        "rule '" + rule.name + "' has a route of " +
                            std::to_string(route.all_of.size()) + " requirements",
                        "agreement " + agreement.name, "at most " + std::to_string(kMaxCeilings));
    for (const auto& line : lines)
      rules.push_back(agreement.rule(line.sector, line.rule_draw));
  }
  return rules;
}

namespace {

/// The bill of materials of a firm as a plan without alternatives.
void lay_out(const MonthContext& m, const Population& firms, std::span<const Card> cards,
             std::size_t f, std::size_t a, std::span<const std::uint32_t> suppliers,
             std::span<const float> units, PlanProblem& bill) {
  const auto& agreement = m.policy->agreements[a];
  const double price = static_cast<double>(firms.card[f].price);
  bill.count = 0;
  bill.transaction_value = price;
  bill.net_cost = price / m.parameters->markup;
  bill.own_region = firms.region[f];
  bill.members = agreement.members;
  bill.domestic_accumulation = agreement.accumulation == Accumulation::domestic;
  double bought = 0;
  const std::size_t first = firms.link_begin(f);
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
    const auto sector = firms.input_sector[i];
    for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
      const auto s = suppliers[l - first];
      const double value =
          static_cast<double>(units[l - first]) * static_cast<double>(cards[s].price);
      bought += value;
      if (bill.count == kMaxPlanLinks) continue;
      auto& link = bill.links[bill.count++];
      link.sector = sector;
      auto& option = link.options[0];
      option.region = cards[s].region;
      option.originates = m.input_originates(cards[s], sector, a);
      option.value = value;
      option.available = true;
      option.counting =
          agreement.roll_up ? 1 : MonthContext::members_value(firms, s, agreement.members);
    }
  }
  bill.own_value = std::max(0.0, price - bought);
}

} // namespace

bool originates(const MonthContext& m, const Population& firms, std::span<const Card> cards,
                std::size_t f, std::size_t a, std::span<const std::uint32_t> suppliers,
                std::span<const float> units, double slack) {
  const auto* rule = (*m.rules)[a * m.lines->size() + firms.line[f]];
  if (rule == nullptr) return false;
  PlanProblem bill;
  lay_out(m, firms, cards, f, a, suppliers, units, bill);
  bill.slack = slack;
  return plan_originates(bill, *rule, {});
}

void update_origin(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  const auto& agreements = m.policy->agreements;
  PlanProblem bill;
  for (std::size_t f = begin; f < end; ++f) {
    std::uint8_t status = 0;
    bool first = true;
    for (std::size_t a = 0; a < agreements.size() && firms.active[f]; ++a) {
      if (!contains(agreements[a].members, firms.region[f])) continue;
      const auto* rule = (*m.rules)[a * m.lines->size() + firms.line[f]];
      const std::size_t l = firms.link_begin(f), n = firms.link_end(f) - l;
      lay_out(m, firms, firms.card, f, a, {firms.supplier.data() + l, n},
              {firms.units.data() + l, n}, bill);
      if (first) {
        double non_originating = 0;
        for (std::size_t i = 0; i < bill.count; ++i)
          if ((*m.sectors)[bill.links[i].sector].is_goods && !bill.links[i].options[0].originates)
            non_originating += bill.links[i].options[0].value;
        firms.regional_content[f] =
            static_cast<float>(std::clamp(1 - non_originating / bill.transaction_value, 0.0, 1.0));
        first = false;
      }
      if (rule != nullptr && plan_originates(bill, *rule, {}))
        status = static_cast<std::uint8_t>(status | bit(a));
    }
    firms.next_card[f].origin = status;
  }
}

} // namespace nearshore
