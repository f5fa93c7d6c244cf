#include "sim/balance/balance.hpp"

#include "policy/error.hpp"
#include "sim/balance/round.hpp"
#include "sim/leontief.hpp"

#include <fmt/format.h>

#include <functional>

namespace nearshore::balance {

void set_intra_share(Sources& s, const std::string& group, double share) {
  if (!(share > 0 && share < 1))
    throw Error(ErrorKind::input, fmt::format("an intraregional share of {}", share), {},
                "above 0 and below 1, e.g. 0.52");
  for (auto& target : s.trade)
    if (target.kind == TradeKind::intra_intermediate && target.reporter == group) {
      target.value = share;
      return;
    }
  throw Error(ErrorKind::input, fmt::format("no target of intermediate trade inside '{}'", group),
              "trade_targets.csv", "a row of kind intra_intermediate");
}

Balance run_balance(Sources sources, const std::string& folder) {
  Balance b;
  b.sources = std::move(sources);
  b.solution = solve(b.sources, prior_table(b.sources));
  b.table = round_table(b.sources, b.solution.table);
  b.files = render_world(b.sources, folder, b.table);
  return b;
}

std::vector<Variant> run_variants(const Sources& base) {
  struct Change {
    const char* name;
    std::function<void(Sources&, PriorOptions&)> apply;
  };
  constexpr double kLooser = 3;
  const Change changes[] = {
      {"as committed", [](Sources&, PriorOptions&) {}},
      {"prior: origins by user as in the estimate",
       [](Sources&, PriorOptions& o) { o.given_sourcing = true; }},
      {"processing: same import odds as domestic",
       [](Sources&, PriorOptions& o) { o.import_odds_scale = 0; }},
      {"processing: import odds squared",
       [](Sources&, PriorOptions& o) { o.import_odds_scale = 2; }},
      {"sourcing three times as loose",
       [](Sources& s, PriorOptions&) { s.sourcing_sd *= kLooser; }},
      {"technology and value added three times as loose",
       [](Sources& s, PriorOptions&) {
         for (auto& sd : s.relative_sd)
           sd *= kLooser;
       }},
      {"no target of value added",
       [](Sources& s, PriorOptions&) {
         for (auto& c : s.contents)
           c.is_target = false;
       }},
      {"every value-added figure a target",
       [](Sources& s, PriorOptions&) {
         for (auto& c : s.contents)
           c.is_target = true;
       }},
      {"no target of intermediate trade",
       [](Sources& s, PriorOptions&) {
         for (auto& t : s.trade)
           if (t.kind == TradeKind::intra_intermediate) t.is_target = false;
       }},
  };
  std::vector<Variant> variants;
  for (const auto& change : changes) {
    Sources s = base;
    PriorOptions options;
    change.apply(s, options);
    const auto solution = solve(s, prior_table(s, options));
    const auto content = value_added_in_exports(solution.table);
    Variant v{change.name, {}, 0};
    for (const auto& c : s.reported)
      v.values.push_back(content.group_share(c.exporters, c.sectors, c.sources));
    for (const auto& row : measure_fit(s, solution.table))
      v.missed += row.is_target && !row.within();
    variants.push_back(std::move(v));
  }
  return variants;
}

} // namespace nearshore::balance
