#include "output/report/json_text.hpp"
#include "output/report/sections.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace nearshore {
namespace {

/// Above so many effects only those shown by default are embedded, so that the page stays small.
constexpr std::size_t kMostEffects = 20'000;

nlohmann::json estimate_json(const Estimate& e) {
  return nlohmann::json::array(
      {short_number(e.mean), short_number(e.lower), short_number(e.upper)});
}

/// The keys that are embedded; those of effects that are not would only take room.
std::vector<std::size_t> kept_keys(const Comparison& c, bool headlines_only) {
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < c.keys.size(); ++k)
    if (!headlines_only || c.keys[k].headline) out.push_back(k);
  return out;
}

nlohmann::json keys_json(const Comparison& c, const std::vector<std::size_t>& kept) {
  auto out = nlohmann::json::array();
  for (const auto i : kept) {
    const auto& k = c.keys[i];
    out.push_back({{"what", k.what},
                   {"variable", k.variable},
                   {"region", k.region},
                   {"partner", k.partner},
                   {"sector", k.sector},
                   {"detail", k.detail},
                   {"unit", k.unit},
                   {"headline", k.headline}});
  }
  return out;
}

/// [policy, closure, key, period, base, other, mean, lower, upper]
nlohmann::json effects_json(const Comparison& c, const std::vector<std::size_t>& kept) {
  auto out = nlohmann::json::array();
  for (const auto& e : c.effects) {
    const auto key = std::lower_bound(kept.begin(), kept.end(), e.key);
    if (key == kept.end() || *key != e.key) continue;
    const auto closure = std::find(c.closures.begin(), c.closures.end(), e.closure);
    out.push_back({e.policy, closure - c.closures.begin(), key - kept.begin(), e.period,
                   short_number(e.base), short_number(e.other), short_number(e.effect.mean),
                   short_number(e.effect.lower), short_number(e.effect.upper)});
  }
  return out;
}

nlohmann::json exemptions_json(const Comparison& c) {
  auto out = nlohmann::json::array();
  for (const auto& x : c.exemptions) {
    auto by_authority = nlohmann::json::array();
    for (const auto& a : x.by_authority)
      by_authority.push_back({{"authority", a.authority}, {"forgone", estimate_json(a.forgone)}});
    out.push_back({{"policy", x.policy},
                   {"closure", x.closure},
                   {"period", x.period},
                   {"exporter", x.exporter},
                   {"sector", x.sector},
                   {"forgone", estimate_json(x.forgone)},
                   {"to_qualifying", estimate_json(x.to_qualifying)},
                   {"to_new", estimate_json(x.to_new)},
                   {"revenue", estimate_json(x.revenue)},
                   {"content", estimate_json(x.content)},
                   {"content_deeper", estimate_json(x.content_deeper)},
                   {"home_content", estimate_json(x.home_content)},
                   {"per_dollar", estimate_json(x.per_dollar)},
                   {"deeper_per_dollar", estimate_json(x.deeper_per_dollar)},
                   {"home_per_dollar", estimate_json(x.home_per_dollar)},
                   {"by_authority", std::move(by_authority)}});
  }
  return out;
}

} // namespace

nlohmann::json comparison_json(const Comparison& c) {
  auto policies = nlohmann::json::array();
  for (const auto& p : c.policies)
    policies.push_back({{"name", p.name}, {"title", p.title}, {"description", p.description}});
  auto periods = nlohmann::json::array();
  for (const auto& p : c.periods)
    periods.push_back({{"label", p.label}, {"first", p.first.text()}, {"last", p.last.text()}});
  const bool few = c.effects.size() <= kMostEffects;
  const auto kept = kept_keys(c, !few);
  auto notes = c.notes;
  if (!few)
    notes.emplace_back("Only the main outcomes are in this page; compare -o effects.csv has all.");
  return {{"policies", std::move(policies)},
          {"seeds", c.seeds},
          {"firms", c.firms},
          {"home", c.home_region},
          {"bloc", c.bloc},
          {"closures", c.closures},
          {"periods", std::move(periods)},
          {"keys", keys_json(c, kept)},
          {"effects", effects_json(c, kept)},
          {"exemptions", exemptions_json(c)},
          {"notes", std::move(notes)}};
}

} // namespace nearshore
