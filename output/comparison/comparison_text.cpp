#include "output/comparison/comparison_text.hpp"

#include "output/headlines.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

std::string number(double x) {
  if (std::isnan(x)) return "-";
  const double size = std::abs(x);
  return fmt::format("{:.{}f}", x, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 0.995 ? 2 : 3);
}

/// "1.20 [0.80, 1.60]"; a tilde where the interval holds zero.
std::string with_interval(const Estimate& e) {
  if (std::isnan(e.mean)) return "-";
  const bool unsure = e.lower <= 0 && e.upper >= 0;
  return fmt::format("{} [{}, {}]{}", number(e.mean), number(e.lower), number(e.upper),
                     unsure ? " ~" : "");
}

bool wanted(const EffectKey& key, const TextOptions& o) {
  return (o.all || key.headline) && (o.topics.empty() || o.topics.count(key.what) > 0);
}
bool wanted(const std::string& topic, const TextOptions& o) {
  return o.topics.empty() || o.topics.count(topic) > 0;
}

std::string heading(const Comparison& c, std::size_t policy, std::size_t period) {
  return fmt::format("\n{} against {}, {}\n", c.policies[policy].title, c.policies[0].title,
                     c.periods[period].label);
}

constexpr int kLabel = 46;

/// Rows under the title of their variable; titles in the order in which they first come.
class Sections {
public:
  void add(const EffectKey& key, std::string row) {
    const auto title = fmt::format("{}, {}", in_words(key.variable), key.unit);
    auto at =
        std::find_if(list.begin(), list.end(), [&](const auto& s) { return s.first == title; });
    if (at == list.end()) at = list.insert(list.end(), {title, ""});
    row.erase(row.find_last_not_of(' ') + 1);
    at->second += row + '\n';
  }
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const auto& [title, rows] : list)
      out += title + '\n' + rows;
    return out;
  }

private:
  std::vector<std::pair<std::string, std::string>> list;
};

std::string effects_of(const Comparison& c, std::size_t policy, std::size_t period,
                       const TextOptions& o) {
  Sections sections;
  for (const auto& e : c.effects) {
    const auto& key = c.keys[e.key];
    if (e.policy != policy || e.period != period || e.closure != c.closures[0] || !wanted(key, o))
      continue;
    sections.add(key, fmt::format("  {:<{}}{:>12}{:>12}  {}", row_label(key), kLabel - 2,
                                  number(e.base), number(e.other), with_interval(e.effect)));
  }
  const auto text = sections.text();
  if (text.empty()) return "";
  return heading(c, policy, period) +
         fmt::format("{:<{}}{:>12}{:>12}  {}\n", "", kLabel, "base", "policy",
                     "effect [90 % interval]") +
         text;
}

void add_price(const ExemptionPrice& p, const std::string& indent, std::string& text) {
  const auto row = [&](const std::string& label, const Estimate& e) {
    text += fmt::format("  {:<{}}{}\n", indent + label, kLabel + 12, with_interval(e));
  };
  row("duty forgone", p.forgone);
  row("  on trade that already qualified", p.to_qualifying);
  row("  on qualifying trade that the base does not have", p.to_new);
  for (const auto& a : p.by_authority)
    row("  of which " + in_words(a.authority), a.forgone);
  row("change of all duty collected", p.revenue);
  row("regional value added gained in these exports", p.content);
  row("  of which by a higher regional share", p.content_deeper);
  row("home's value added gained in these exports", p.home_content);
  row("regional value added per dollar forgone", p.per_dollar);
  row("  by a higher regional share, per dollar", p.deeper_per_dollar);
  row("home's value added per dollar forgone", p.home_per_dollar);
}

std::string price_of(const Comparison& c, std::size_t policy, std::size_t period,
                     const TextOptions& o) {
  std::string text;
  for (const auto& p : c.exemptions) {
    if (p.policy != policy || p.period != period || p.closure != c.closures[0]) continue;
    const bool whole = p.exporter.empty() && p.sector.empty();
    if (!whole && !o.all) continue;
    if (!whole) text += "  " + (p.exporter.empty() ? in_words(p.sector) : p.exporter) + '\n';
    add_price(p, whole ? "" : "  ", text);
  }
  if (text.empty()) return "";
  return fmt::format("What \"{}\" forgoes in duty on goods of {}'s fellow members, and what it "
                     "brings, billion USD a year\n",
                     c.policies[policy].title, c.home_region) +
         text;
}

/// Employment and balances: the effect with each closure, side by side.
std::string over_closures(const Comparison& c, std::size_t policy, std::size_t period,
                          const TextOptions& o) {
  struct Row {
    std::size_t key;
    std::vector<Estimate> by_closure;
  };
  std::vector<Row> rows;
  for (const auto& e : c.effects) {
    const auto& key = c.keys[e.key];
    if (e.policy != policy || e.period != period || !wanted(key, o) ||
        (key.what != "employment" && key.what != "deficits"))
      continue;
    auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.key == e.key; });
    if (at == rows.end()) at = rows.insert(rows.end(), {e.key, {}});
    at->by_closure.push_back(e.effect);
  }
  if (c.closures.size() < 2 || rows.empty()) return "";
  std::string names = fmt::format("{:<{}}", "", kLabel);
  for (const auto& closure : c.closures)
    names += fmt::format("{:<30}", in_words(closure));
  names.erase(names.find_last_not_of(' ') + 1);
  Sections sections;
  for (const auto& row : rows) {
    auto line = fmt::format("  {:<{}}", row_label(c.keys[row.key]), kLabel - 2);
    for (const auto& e : row.by_closure)
      line += fmt::format("{:<30}", with_interval(e));
    sections.add(c.keys[row.key], std::move(line));
  }
  return "Effect on employment and balances over the closures\n" + names + '\n' + sections.text();
}

} // namespace

std::string row_label(const EffectKey& key) {
  std::string text = in_words(key.region);
  if (!key.partner.empty()) {
    // Contents, balances and dependence are "from" somewhere; flows go "to" it.
    const bool from = key.what == "content" || key.what == "dependence" || key.what == "deficits";
    const std::string word = key.what == "deficits" ? " with " : from ? " from " : " to ";
    text =
        text.empty() ? "all" + word + in_words(key.partner) : text + word + in_words(key.partner);
  } else if (key.what == "trade" && key.variable == "trade") {
    text += " to all";
  }
  if (text.empty()) text = "all";
  if (!key.sector.empty()) text += ", " + in_words(key.sector);
  if (!key.detail.empty()) text += ", " + in_words(key.detail);
  return text;
}

std::string comparison_text(const Comparison& c, const TextOptions& o) {
  std::string text = fmt::format(
      "{} against {}: {} seeds ({}), {} firms, closure {}\n",
      c.policies.size() == 2 ? "1 policy" : fmt::format("{} policies", c.policies.size() - 1),
      c.policies[0].title, c.seeds.size(), seeds_text({c.seeds.begin(), c.seeds.end()}), c.firms,
      in_words(c.closures[0]));
  text += "Effects are policy less base with the same seed, mean over seeds; ~: the interval holds "
          "zero.\n";
  for (std::size_t p = 1; p < c.policies.size(); ++p)
    for (std::size_t t = 0; t < c.periods.size(); ++t) {
      text += effects_of(c, p, t, o);
      if (wanted("exemption", o)) text += price_of(c, p, t, o);
      text += over_closures(c, p, t, o);
    }
  for (const auto& note : c.notes)
    text += "\nNote: " + note + '\n';
  return text;
}

} // namespace nearshore
