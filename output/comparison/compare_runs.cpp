#include "output/comparison/compare_runs.hpp"

#include "output/comparison/estimate.hpp"
#include "output/comparison/exemption.hpp"
#include "policy/error.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace nearshore {
namespace {

/// Outcomes and prices of every run with one closure.
struct Gathered {
  std::vector<EffectKey> keys;
  /// [policy][period][key][seed]
  std::vector<std::vector<std::vector<std::vector<double>>>> values;
  /// [policy][period][seed][row]; none for the base
  std::vector<std::vector<std::vector<std::vector<PriceParts>>>> prices;
};

Gathered gather(const std::vector<std::vector<RunOfSeed>>& runs, std::size_t closure,
                const ComparedWorld& world, const SupplyStop& stop,
                const std::set<std::string>& topics, const Comparison& c) {
  Gathered g;
  g.values.assign(runs.size(), std::vector<std::vector<std::vector<double>>>(c.periods.size()));
  g.prices.assign(runs.size(), std::vector<std::vector<std::vector<PriceParts>>>(c.periods.size()));
  for (std::size_t seed = 0; seed < c.seeds.size(); ++seed) {
    const RunSums base{runs[0][closure](seed)};
    for (std::size_t p = 0; p < runs.size(); ++p) {
      std::unique_ptr<RunSums> own;
      if (p > 0) own = std::make_unique<RunSums>(runs[p][closure](seed));
      const RunSums& run = p > 0 ? *own : base;
      for (std::size_t t = 0; t < c.periods.size(); ++t) {
        Outcomes outcomes{g.keys.empty()};
        add_outcomes(run, world, c.periods[t], stop, topics, outcomes);
        if (g.keys.empty()) g.keys = std::move(outcomes.keys);
        if (outcomes.values.size() != g.keys.size())
          throw Error{ErrorKind::input, "holds other variables than the runs compared with it",
                      run.name(), "files of one version of the program"};
        auto& cells = g.values[p][t];
        cells.resize(g.keys.size());
        for (std::size_t k = 0; k < g.keys.size(); ++k)
          cells[k].push_back(outcomes.values[k]);
        if (p > 0) g.prices[p][t].push_back(price_parts(base, run, world, c.periods[t]));
      }
    }
  }
  return g;
}

/// Neither a share of nothing nor zero throughout.
bool means_something(const std::vector<double>& base, const std::vector<double>& other) {
  const auto says = [](double x) { return !std::isnan(x) && x != 0; };
  return std::any_of(base.begin(), base.end(), says) ||
         std::any_of(other.begin(), other.end(), says);
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values)
    sum += v;
  return sum / static_cast<double>(values.size());
}

void add_effects(const Gathered& g, const std::string& closure,
                 const std::vector<std::size_t>& places, Comparison& c) {
  for (std::size_t p = 1; p < c.policies.size(); ++p)
    for (std::size_t k = 0; k < g.keys.size(); ++k)
      for (std::size_t t = 0; t < c.periods.size(); ++t) {
        const auto &base = g.values[0][t][k], &other = g.values[p][t][k];
        if (!means_something(base, other)) continue;
        std::vector<double> difference;
        for (std::size_t s = 0; s < base.size(); ++s)
          difference.push_back(other[s] - base[s]);
        c.effects.push_back({p, closure, places[k], t, mean_of(base), mean_of(other),
                             estimate(difference), base.size()});
      }
}

void add_prices(const Gathered& g, const std::string& closure, const ComparedWorld& world,
                Comparison& c) {
  for (std::size_t p = 1; p < c.policies.size(); ++p)
    for (std::size_t t = 0; t < c.periods.size(); ++t)
      for (auto& price : exemption_prices(g.prices[p][t], world)) {
        if (price.forgone.mean == 0 && price.content.mean == 0) continue;
        price.policy = p;
        price.closure = closure;
        price.period = t;
        c.exemptions.push_back(std::move(price));
      }
}

} // namespace

const std::set<std::string>& topics_of_every_closure() {
  static const std::set<std::string> topics{"employment", "deficits"};
  return topics;
}

void compare_runs(const std::vector<std::vector<RunOfSeed>>& runs, const ComparedWorld& world,
                  const SupplyStop& stop, const std::set<std::string>& topics, Comparison& c) {
  if (c.seeds.size() < 2)
    throw Error{ErrorKind::input,
                "one seed only: nothing says how far an effect is luck",
                {},
                "at least two seeds"};
  std::set<std::string> every;
  std::set_intersection(topics.begin(), topics.end(), topics_of_every_closure().begin(),
                        topics_of_every_closure().end(), std::inserter(every, every.begin()));
  for (std::size_t i = 0; i < c.closures.size(); ++i) {
    const auto g = gather(runs, i, world, stop, i == 0 ? topics : every, c);
    // Every closure asks for topics of the first, so its keys are there already.
    std::vector<std::size_t> places;
    if (i == 0) c.keys = g.keys;
    auto from = c.keys.begin(); // in the same order
    for (const auto& key : g.keys) {
      from = std::find(from, c.keys.end(), key);
      places.push_back(static_cast<std::size_t>(from - c.keys.begin()));
    }
    add_effects(g, c.closures[i], places, c);
    add_prices(g, c.closures[i], world, c);
  }
}

} // namespace nearshore
