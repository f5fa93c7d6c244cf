// Claims, trade, duties, balances: what crosses borders.
#include "output/comparison/topics.hpp"

#include <algorithm>
#include <utility>

namespace nearshore::topics {
namespace {

constexpr const char* kMoney = "billion USD a year";

double over(const ComparedGroup& sectors, const std::vector<double>& values, std::size_t first) {
  double sum = 0;
  for (const std::size_t s : sectors.members)
    sum += values[first + s];
  return sum;
}

/// Sum of [origin][destination][sector] over a group of each; home sales left out.
double flow(const ComparedWorld& w, const std::vector<double>& values, const ComparedGroup& from,
            const ComparedGroup& to, const ComparedGroup& sectors) {
  double sum = 0;
  for (const std::size_t o : from.members)
    for (const std::size_t d : to.members)
      if (o != d) sum += over(sectors, values, (o * w.R() + d) * w.S());
  return sum;
}

ComparedGroup everywhere(const ComparedWorld& w) {
  ComparedGroup all;
  for (std::size_t r = 0; r < w.R(); ++r)
    all.members.push_back(r);
  return all;
}

} // namespace

void claims(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  struct Basis {
    const char *variable, *by_sector, *weight;
    bool headline;
  };
  const std::vector<Basis> bases{
      {"claim_share_recorded", "claim_share_recorded_by_sector", "goods_traded", true},
      {"claim_share_dutiable", "claim_share_dutiable_by_sector", "goods_traded_dutiable", true},
      {"claim_share", "claim_share_by_sector", "goods_traded", true},
      {"qualifying_share", "qualifying_share_by_sector", "goods_traded", false}};
  std::vector<std::size_t> members{w.home};
  members.insert(members.end(), w.fellows.begin(), w.fellows.end());
  for (const auto& b : bases) {
    if (!q.run.has(b.by_sector)) continue; // a file of an earlier version
    const auto part = q.run.weighted(b.by_sector, b.weight, q.period);
    const auto whole = q.run.sum(b.weight, q.period);
    for (const std::size_t x : members)
      for (const std::size_t m : members) {
        if (x == m) continue;
        for (const auto& sectors : goods(w)) {
          const std::size_t first = (x * w.R() + m) * w.S();
          out.add(100 * share(over(sectors, part, first), over(sectors, whole, first)), [&] {
            return EffectKey{"claims",     b.variable,
                             w.regions[x], w.regions[m],
                             sectors.name, "",
                             "%",          b.headline && m == w.home && sectors.name.empty()};
          });
        }
      }
  }
}

void trade(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const auto all = sales(q, -1), inputs = sales(q, 0);
  const auto list = places(w);
  const auto world = everywhere(w);
  const auto sector_list = goods(w);
  const auto add = [&](const ComparedGroup& from, const ComparedGroup& to) {
    for (const auto& sectors : sector_list)
      out.add(billion_a_year(flow(w, all, from, to, sectors), q.period), [&] {
        const bool main = sectors.name.empty() && to.name == w.regions[w.home] &&
                          (from.name.empty() || of_interest(w, from));
        return EffectKey{"trade", "trade", from.name, to.name, sectors.name, "", kMoney, main};
      });
  };
  for (std::size_t i = 0; i < list.size(); ++i)
    for (std::size_t j = 0; j < list.size(); ++j)
      if (i != j || list[i].members.size() > 1) add(list[i], list[j]);
  for (const auto& place : list) { // imports and exports with all the world
    add(world, place);
    add(place, world);
  }
  for (const auto& sectors : sector_list) // part of the bloc's exports of inputs that stays in it
    out.add(100 * share(flow(w, inputs, w.bloc, w.bloc, sectors),
                        flow(w, inputs, w.bloc, world, sectors)),
            [&] {
              return EffectKey{
                  "trade", "intermediate_intra_share", w.bloc.name, "", sectors.name, "",
                  "%",     sectors.name.empty()};
            });
}

void duties(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const auto duty = q.run.sum("duty_collected", q.period);
  const auto value = sales(q, -1);
  const auto list = places(w);
  auto world = everywhere(w);
  const auto sector_list = goods(w);
  std::vector<double> by_authority, all(value.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t a = 0; a < w.A(); ++a)
      all[i] += duty[i * w.A() + a];
  std::vector<ComparedGroup> collectors{{w.regions[w.home], {w.home}}};
  for (const std::size_t f : w.fellows)
    collectors.push_back({w.regions[f], {f}});
  std::vector<ComparedGroup> origins{world};
  origins.insert(origins.end(), list.begin(), list.end());
  for (const auto& to : collectors) {
    const bool home = to.name == w.regions[w.home];
    for (const auto& from : origins) {
      const bool shown =
          home && (from.name.empty() || of_interest(w, from)) && from.name != w.regions[w.home];
      if (from.name == to.name) continue;
      for (const auto& sectors : sector_list) {
        const double collected = flow(w, all, from, to, sectors);
        const bool main = shown && sectors.name.empty();
        out.add(billion_a_year(collected, q.period), [&] {
          return EffectKey{"duties", "duty_collected", from.name, to.name, sectors.name,
                           "",       kMoney,           main};
        });
        out.add(100 * share(collected, flow(w, value, from, to, sectors)), [&] {
          return EffectKey{
              "duties",     "average_duty",           from.name, to.name, sectors.name, "",
              "% of value", main && from.name.empty()};
        });
      }
    }
    for (std::size_t a = 0; a < w.A(); ++a) {
      by_authority.assign(all.size(), 0);
      for (std::size_t i = 0; i < all.size(); ++i)
        by_authority[i] = duty[i * w.A() + a];
      for (const auto& from : origins)
        if (from.name != to.name)
          out.add(billion_a_year(flow(w, by_authority, from, to, sector_list[0]), q.period), [&] {
            return EffectKey{"duties", "duty_collected", from.name, to.name,
                             "",       w.authorities[a], kMoney,    false};
          });
    }
  }
}

void deficits(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const auto& home = w.regions[w.home];
  const auto partners = q.run.array("us_exports").labels.at(1);
  const auto place_of = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(w.regions.begin(), w.regions.end(), name) -
                                    w.regions.begin());
  };
  for (const bool published : {false, true}) {
    const std::string basis = published ? "_published_basis" : "";
    const auto sold = q.run.sum("us_exports" + basis, q.period);
    const auto bought = q.run.sum("us_imports" + basis, q.period);
    auto list = places(w);
    list.push_back(everywhere(w));
    for (const auto& place : list) {
      double exports = 0, imports = 0;
      for (std::size_t p = 0; p < partners.size(); ++p)
        if (std::find(place.members.begin(), place.members.end(), place_of(partners[p])) !=
            place.members.end()) {
          exports += sold[p];
          imports += bought[p];
        }
      if (place.members.size() == 1 && place.members[0] == w.home) continue;
      const bool main = of_interest(w, place);
      out.add(100 * share(imports - exports, exports), [&] {
        return EffectKey{"deficits",
                         "deficit_over_exports" + basis,
                         home,
                         place.name,
                         "",
                         "",
                         "% of exports",
                         main && published};
      });
      out.add(billion_a_year(exports - imports, q.period), [&] {
        return EffectKey{"deficits", "balance" + basis, home, place.name, "", "",
                         kMoney,     main && !published};
      });
    }
  }
  const auto value = sales(q, -1);
  const auto world = everywhere(w);
  for (const auto& place : places(w)) // of every region with all others
    for (const auto& sectors : goods(w))
      out.add(
          billion_a_year(flow(w, value, place, world, sectors) -
                             flow(w, value, world, place, sectors),
                         q.period),
          [&] {
            return EffectKey{
                "deficits",
                "goods_balance",
                place.name,
                "",
                sectors.name,
                "",
                kMoney,
                of_interest(w, place) && sectors.name.empty() && place.name != w.regions[w.home]};
          });
}

} // namespace nearshore::topics
