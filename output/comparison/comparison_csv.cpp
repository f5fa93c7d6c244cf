#include "output/comparison/comparison_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace nearshore {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == text.npos) return text;
  std::string out = "\"";
  for (const char c : text)
    out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + '"';
}

/// Shortest text that reads back to the same number; empty where there is none.
std::string number(double x) {
  return std::isnan(x) ? "" : fmt::format("{}", x);
}

struct Line {
  std::size_t policy, period;
  std::string closure, base, other;
  EffectKey key;
  Estimate effect;
};

std::string line(const Comparison& c, const Line& l) {
  const auto& period = c.periods[l.period];
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
                     quoted(c.policies[l.policy].name), l.closure, l.key.what, l.key.variable,
                     quoted(l.key.region), quoted(l.key.partner), quoted(l.key.sector),
                     quoted(l.key.detail), quoted(period.label), period.first.text(),
                     period.last.text(), quoted(l.key.unit), l.base, l.other, number(l.effect.mean),
                     number(l.effect.lower), number(l.effect.upper), c.seeds.size());
}

std::string price_lines(const Comparison& c, const ExemptionPrice& p) {
  std::string text;
  const auto add = [&](const char* variable, const Estimate& e, const std::string& detail = "",
                       const char* unit = "billion USD a year") {
    text +=
        line(c, {p.policy,
                 p.period,
                 p.closure,
                 "",
                 "",
                 {"exemption", variable, p.exporter, c.home_region, p.sector, detail, unit, false},
                 e});
  };
  constexpr const char* kRatio = "USD per USD forgone";
  add("duty_forgone", p.forgone);
  for (const auto& a : p.by_authority)
    add("duty_forgone", a.forgone, a.authority);
  add("duty_forgone_already_qualified", p.to_qualifying);
  add("duty_forgone_newly_qualified", p.to_new);
  add("duty_revenue_change", p.revenue);
  add("regional_value_added_gained", p.content);
  add("regional_value_added_gained_by_share", p.content_deeper);
  add("home_value_added_gained", p.home_content);
  add("regional_value_added_per_dollar", p.per_dollar, "", kRatio);
  add("regional_value_added_by_share_per_dollar", p.deeper_per_dollar, "", kRatio);
  add("home_value_added_per_dollar", p.home_per_dollar, "", kRatio);
  return text;
}

} // namespace

std::string comparison_csv(const Comparison& c, const std::set<std::string>& topics) {
  const auto wanted = [&](const std::string& topic) {
    return topics.empty() || topics.count(topic) > 0;
  };
  std::string text = "policy,closure,what,variable,region,partner,sector,detail,period,first_month,"
                     "last_month,unit,base,other,effect,lower,upper,seeds\n";
  for (const auto& e : c.effects)
    if (wanted(c.keys[e.key].what))
      text += line(c, {e.policy, e.period, e.closure, number(e.base), number(e.other),
                       c.keys[e.key], e.effect});
  if (wanted("exemption"))
    for (const auto& p : c.exemptions)
      text += price_lines(c, p);
  return text;
}

} // namespace nearshore
