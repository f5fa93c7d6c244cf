// Value-added content, dependence on distant suppliers, concentration: where things come from.
#include "output/comparison/topics.hpp"

#include <algorithm>

namespace nearshore::topics {
namespace {

std::vector<ComparedGroup> sources(const ComparedWorld& w) {
  std::vector<ComparedGroup> out{w.bloc};
  for (std::size_t r = 0; r < w.R(); ++r)
    out.push_back({w.regions[r], {r}});
  out.insert(out.end(), w.distant.begin(), w.distant.end());
  return out;
}

/// What a destination's purchases are of: [origin][destination][sector] over sectors.
double bought(const ComparedWorld& w, const std::vector<double>& values, std::size_t origin,
              std::size_t destination, const ComparedGroup& sectors) {
  double sum = 0;
  for (const std::size_t s : sectors.members)
    sum += values[(origin * w.R() + destination) * w.S() + s];
  return sum;
}

} // namespace

void content(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const std::size_t E = q.run.array("exports").extent(2);
  const auto value = q.run.weighted("value_added_content", "exports", q.period, w.R());
  const auto whole = q.run.sum("exports", q.period);
  std::vector<ComparedGroup> exporters{w.bloc};
  for (std::size_t r = 0; r < w.R(); ++r)
    exporters.push_back({w.regions[r], {r}});
  for (const auto& x : exporters)
    for (const auto& sectors : goods(w))
      for (const auto& source : sources(w)) {
        double part = 0, all = 0;
        for (const std::size_t r : x.members)
          for (const std::size_t s : sectors.members) {
            all += whole[r * E + s];
            for (const std::size_t k : source.members)
              part += value[(r * E + s) * w.R() + k];
          }
        out.add(100 * share(part, all), [&] {
          const bool fellow = x.members.size() == 1 && x.members[0] != w.home && of_interest(w, x);
          const bool known = source.members.size() > 1 || source.members[0] == w.home;
          return EffectKey{"content",      "value_added_content",
                           x.name,         source.name,
                           sectors.name,   "",
                           "% of exports", fellow && known && main_sectors(w, sectors)};
        });
      }
  // Mean regional value content of what fellow members are sold: middles of the classes.
  const auto by_bin = q.run.sum("regional_value_content", q.period);
  const std::size_t bins = by_bin.size() / (w.R() * w.S());
  for (const auto& x : exporters) {
    if (!of_interest(w, x)) continue;
    for (const auto& sectors : goods(w)) {
      double part = 0, all = 0;
      for (const std::size_t r : x.members)
        for (const std::size_t s : sectors.members)
          for (std::size_t b = 0; b < bins; ++b) {
            const double v = by_bin[(r * w.S() + s) * bins + b];
            all += v;
            part += v * (static_cast<double>(b) + 0.5) / static_cast<double>(bins);
          }
      out.add(100 * share(part, all), [&] {
        return EffectKey{"content", "regional_value_content", x.name, "", sectors.name, "", "%",
                         false};
      });
    }
  }
}

void dependence(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const auto inputs = sales(q, 0), final = sales(q, 1);
  const auto sector_list = goods(w);
  for (const auto* use : {&inputs, &final}) {
    const bool of_inputs = use == &inputs;
    for (const auto& buyer : places(w))
      for (const auto& group : w.distant) {
        if (group.name == buyer.name) continue;
        for (const auto& sectors : sector_list) {
          double part = 0, all = 0;
          for (const std::size_t d : buyer.members)
            for (std::size_t o = 0; o < w.R(); ++o) {
              const double v = bought(w, *use, o, d, sectors);
              all += v;
              if (std::find(group.members.begin(), group.members.end(), o) != group.members.end())
                part += v;
            }
          out.add(100 * share(part, all), [&] {
            return EffectKey{
                "dependence", of_inputs ? "share_of_inputs" : "share_of_final_goods",
                buyer.name,   group.name,
                sectors.name, "",
                "%",          of_inputs && of_interest(w, buyer) && sectors.name.empty()};
          });
        }
      }
  }
}

void concentration(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const auto inputs = sales(q, 0);
  for (const auto& buyer : places(w))
    for (const auto& sectors : goods(w)) {
      double squares = 0, all = 0;
      for (std::size_t o = 0; o < w.R(); ++o) {
        double v = 0;
        for (const std::size_t d : buyer.members)
          if (std::find(buyer.members.begin(), buyer.members.end(), o) == buyer.members.end())
            v += bought(w, inputs, o, d, sectors);
        squares += v * v;
        all += v;
      }
      out.add(10'000 * share(squares, all * all), [&] {
        return EffectKey{"concentration", "herfindahl_of_imported_inputs",
                         buyer.name,      "",
                         sectors.name,    "",
                         "0 to 10,000",   of_interest(w, buyer) && sectors.name.empty()};
      });
    }
}

} // namespace nearshore::topics
