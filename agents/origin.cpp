#include "agents/origin.hpp"

#include "agents/bill.hpp"
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

bool originates(const MonthContext& m, const Population& firms, std::span<const Card> cards,
                std::size_t f, std::size_t a, std::span<const std::uint32_t> suppliers,
                std::span<const float> units, double slack) {
  const auto* rule = (*m.rules)[a * m.lines->size() + firms.line[f]];
  if (rule == nullptr) return false;
  Bill bill;
  bill.lay_out(m, firms, cards, f, suppliers, units);
  bill.look(m, firms, a);
  return bill.originates(*rule, slack);
}

void update_origin(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  const auto& agreements = m.policy->agreements;
  Bill bill;
  for (std::size_t f = begin; f < end; ++f) {
    std::uint8_t status = 0;
    bool first = true;
    for (std::size_t a = 0; a < agreements.size() && firms.active[f]; ++a) {
      if (!contains(agreements[a].members, firms.region[f])) continue;
      const auto* rule = (*m.rules)[a * m.lines->size() + firms.line[f]];
      if (first) {
        const std::size_t l = firms.link_begin(f), n = firms.link_end(f) - l;
        bill.lay_out(m, firms, firms.card, f, {firms.supplier.data() + l, n},
                     {firms.units.data() + l, n});
      } else if (rule == nullptr) {
        continue;
      }
      bill.look(m, firms, a);
      if (first)
        firms.regional_content[f] = static_cast<float>(
            std::clamp(1 - bill.non_originating() / bill.transaction_value(), 0.0, 1.0));
      first = false;
      if (rule != nullptr && bill.originates(*rule))
        status = static_cast<std::uint8_t>(status | bit(a));
    }
    firms.next_card[f].origin = status;
  }
}

} // namespace nearshore
