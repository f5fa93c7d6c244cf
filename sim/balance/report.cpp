#include "sim/balance/report.hpp"

#include "sim/leontief.hpp"

#include <fmt/format.h>

#include <cmath>

namespace nearshore::balance {
namespace {

constexpr double kImportTolerance = 0.01; // published imports by partner and sector group

/// Goods flows of a table: [destination][sector][origin], by use.
struct Flows {
  const Sources& s;
  std::vector<double> intermediate, final_use;

  Flows(const Sources& sources, const WorldTable& t)
      : s(sources), intermediate(t.final_demand.size()), final_use(t.final_demand) {
    const std::size_t S = t.S(), R = t.R();
    for (std::size_t i = 0; i < t.inputs.size(); ++i)
      intermediate[s.flow(i / (kFirmTypes * S * S * R), i / R % S, i % R)] += t.inputs[i];
  }
  /// Trade (destination differs from origin) from a set of origins to a set of destinations, of a
  /// set of sectors.
  [[nodiscard]] double trade(Bits origins, Bits destinations, Bits sectors, bool all_uses) const {
    double sum = 0;
    for (std::size_t d = 0; d < s.R(); ++d)
      for (std::size_t j = 0; j < s.S(); ++j)
        for (std::size_t o = 0; o < s.R(); ++o)
          if (d != o && contains(origins, o) && contains(destinations, d) && contains(sectors, j))
            sum += intermediate[s.flow(d, j, o)] + (all_uses ? final_use[s.flow(d, j, o)] : 0);
    return sum;
  }
};

Bits everywhere(const Sources& s) {
  return (s.R() == kMaxRegions ? 0 : bit(s.R())) - 1;
}

Bits goods(const Sources& s) {
  Bits set = 0;
  for (std::size_t j = 0; j < s.S(); ++j)
    if (s.sectors[j].is_goods) set |= bit(j);
  return set;
}

FitRow trade_row(const Sources& s, const Flows& flows, const TradeTarget& target) {
  const Bits all = everywhere(s), g = goods(s);
  const auto row = [&](const char* group, std::string item, double achieved) {
    return FitRow{group,
                  std::move(item),
                  "%",
                  100 * target.value,
                  100 * achieved,
                  100 * target.tolerance,
                  target.is_target};
  };
  switch (target.kind) {
  case TradeKind::intra_intermediate:
    return row("intermediate trade", target.reporter + " within itself",
               flows.trade(target.reporters, target.reporters, g, false) /
                   flows.trade(target.reporters, all, g, false));
  case TradeKind::import_origin:
    return row("goods imports", fmt::format("{} from {}", target.reporter, target.partner),
               flows.trade(target.partners, target.reporters, g, true) /
                   flows.trade(all, target.reporters, g, true));
  case TradeKind::import_intermediate:
    return row("goods imports", target.reporter + ", intermediate goods",
               flows.trade(all, target.reporters, g, false) /
                   flows.trade(all, target.reporters, g, true));
  case TradeKind::export_value:
    break;
  }
  return {"goods exports",
          fmt::format("{} to {}", target.reporter,
                      target.partner.empty() ? "the world" : target.partner),
          "musd",
          target.value,
          flows.trade(target.reporters, target.partners, g, true),
          target.tolerance,
          target.is_target};
}

} // namespace

bool FitRow::within() const {
  return std::abs(achieved - target) <= tolerance;
}

std::vector<FitRow> measure_fit(const Sources& s, const WorldTable& t) {
  std::vector<FitRow> rows;
  const auto content = value_added_in_exports(t);
  for (const auto& c : s.contents)
    rows.push_back(
        {c.table, c.content.name, "%", 100 * c.share,
         100 * content.group_share(c.content.exporters, c.content.sectors, c.content.sources),
         100 * c.tolerance, c.is_target});
  const Flows flows{s, t};
  for (const auto& target : s.trade)
    rows.push_back(trade_row(s, flows, target));
  for (const auto& i : s.imports)
    rows.push_back({kImports, i.partner + " " + i.group, "musd", i.value,
                    flows.trade(i.partners, bit(i.importer.index()), i.sectors, true),
                    kImportTolerance * i.value, true});
  return rows;
}

std::vector<BridgeRow> measure_bridge(const Sources& s, const WorldTable& t) {
  const Flows flows{s, t};
  const Bits reporter = bit(s.reporter.index());
  std::vector<BridgeRow> rows;
  for (const auto& p : s.published)
    rows.push_back({p.partner, p.reference, p.confidence, p.year,
                    flows.trade(p.partners, reporter, goods(s), true),
                    flows.trade(reporter, p.partners, goods(s), true), p.imports, p.exports});
  return rows;
}

} // namespace nearshore::balance
