// Output, employment, prices, and what a supply stop costs: what happens at home.
#include "output/comparison/topics.hpp"

#include <algorithm>

namespace nearshore::topics {
namespace {

/// Calls f(place, sectors, index list) for every place and list of sectors.
template <class F> void for_cells(const ComparedWorld& w, F f) {
  const auto place_list = places(w);
  const auto sector_list = activities(w);
  for (const auto& place : place_list)
    for (const auto& sectors : sector_list) {
      std::vector<std::size_t> cells;
      for (const std::size_t r : place.members)
        for (const std::size_t s : sectors.members)
          cells.push_back(r * w.S() + s);
      f(place, sectors, cells);
    }
}

bool main_cell(const ComparedWorld& w, const ComparedGroup& place, const ComparedGroup& sectors) {
  return of_interest(w, place) && main_sectors(w, sectors);
}

/// Output at base-year prices, million USD a month, of one month.
double volume(const RunSums& run, Month when, const std::vector<std::size_t>& cells) {
  const auto output = run.month("gross_output", when), price = run.month("price_index", when);
  double sum = 0;
  for (const std::size_t i : cells)
    if (output[i] > 0) sum += output[i] / price[i];
  return sum;
}

} // namespace

void production(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const auto output = q.run.sum("gross_output", q.period);
  for_cells(w, [&](const auto& place, const auto& sectors, const auto& cells) {
    double value = 0, real = 0;
    for (const std::size_t i : cells)
      value += output[i];
    for (Month t = q.period.first; t <= q.period.last; t = t + 1)
      real += volume(q.run, t, cells);
    out.add(billion_a_year(value, q.period), [&] {
      return EffectKey{"production", "gross_output",       place.name, "", sectors.name,
                       "",           "billion USD a year", false};
    });
    out.add(billion_a_year(real, q.period), [&] {
      return EffectKey{"production",
                       "output_volume",
                       place.name,
                       "",
                       sectors.name,
                       "",
                       "billion USD a year at base-year prices",
                       main_cell(w, place, sectors)};
    });
  });
}

void employment(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const auto index = q.run.mean("employment", q.period);
  for_cells(w, [&](const auto& place, const auto& sectors, const auto& cells) {
    double jobs = 0, weight = 0;
    for (const std::size_t i : cells)
      if (w.wage_bill[i] > 0) {
        jobs += w.wage_bill[i] * index[i];
        weight += w.wage_bill[i];
      }
    out.add(100 * share(jobs, weight), [&] {
      return EffectKey{"employment", "employment", place.name,        "",
                       sectors.name, "",           "base year = 100", main_cell(w, place, sectors)};
    });
  });
}

namespace {

/// What buyers of a place pay for the goods of an origin: sales, and price times one plus the duty.
struct Paid {
  std::vector<double> value; ///< [origin][destination][sector], duty included
  std::vector<double> price; ///< the same
};

Paid paid(const RunSums& run, const ComparedWorld& w, Month when) {
  Paid p;
  p.value = sales(run, w, when, -1);
  p.price.resize(p.value.size());
  const auto duty = run.month("duty_collected", when), index = run.month("price_index", when);
  for (std::size_t o = 0; o < w.R(); ++o)
    for (std::size_t d = 0; d < w.R(); ++d)
      for (std::size_t s = 0; s < w.S(); ++s) {
        const std::size_t i = (o * w.R() + d) * w.S() + s;
        double collected = 0;
        for (std::size_t a = 0; a < w.A(); ++a)
          collected += duty[i * w.A() + a];
        p.price[i] = index[o * w.S() + s] * (1 + (p.value[i] > 0 ? collected / p.value[i] : 0));
        p.value[i] += collected;
      }
  return p;
}

/// Törnqvist index between two months: mean of both months' shares times the change of log prices.
double tornqvist(const Paid& first, const Paid& now, const std::vector<std::size_t>& cells) {
  double whole_first = 0, whole_now = 0;
  const auto both = [&](std::size_t i) { return first.value[i] > 0 && now.value[i] > 0; };
  for (const std::size_t i : cells)
    if (both(i)) {
      whole_first += first.value[i];
      whole_now += now.value[i];
    }
  if (whole_first == 0) return kNaN;
  double log_change = 0;
  for (const std::size_t i : cells)
    if (both(i))
      log_change += (first.value[i] / whole_first + now.value[i] / whole_now) / 2 *
                    std::log(now.price[i] / first.price[i]);
  return std::exp(log_change);
}

} // namespace

void prices(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  const auto first = paid(q.run, w, q.run.months().front());
  std::vector<Paid> months;
  for (Month t = q.period.first; t <= q.period.last; t = t + 1)
    months.push_back(paid(q.run, w, t));
  for (const auto& buyer : places(w))
    for (const auto& sectors : goods(w)) {
      std::vector<std::size_t> cells;
      for (std::size_t o = 0; o < w.R(); ++o)
        for (const std::size_t d : buyer.members)
          for (const std::size_t s : sectors.members)
            cells.push_back((o * w.R() + d) * w.S() + s);
      double index = 0;
      for (const auto& month : months)
        index += tornqvist(first, month, cells) / static_cast<double>(months.size());
      out.add(100 * index, [&] {
        return EffectKey{"prices",
                         "price_paid",
                         buyer.name,
                         "",
                         sectors.name,
                         "",
                         "first month = 100",
                         of_interest(w, buyer) && sectors.name.empty()};
      });
    }
  const auto producers = q.run.mean("price_index", q.period);
  for (std::size_t r = 0; r < w.R(); ++r)
    for (std::size_t s = 0; s < w.S(); ++s)
      out.add(100 * producers[r * w.S() + s], [&] {
        return EffectKey{"prices", "producer_price",  w.regions[r], "", w.sectors[s],
                         "",       "base year = 100", false};
      });
}

void resilience(const Question& q, Outcomes& out) {
  const auto& w = q.world;
  constexpr int kYear = 12;
  const Month start = q.run.months().front();
  const bool asked = q.stop.any() && q.period.first == q.stop.first &&
                     q.period.last == q.stop.last && q.stop.first > start;
  for_cells(w, [&](const auto& place, const auto& sectors, const auto& cells) {
    double loss = kNaN;
    if (asked) {
      const Month from = std::max(start, q.stop.first + -kYear);
      double before = 0, during = 0;
      for (Month t = from; t < q.stop.first; t = t + 1)
        before += volume(q.run, t, cells) / (q.stop.first - from);
      for (Month t = q.stop.first; t <= q.stop.last; t = t + 1)
        during += volume(q.run, t, cells) / (q.stop.last - q.stop.first + 1);
      loss = 100 * (1 - share(during, before));
    }
    out.add(loss, [&] {
      return EffectKey{
          "resilience",           "loss_of_output_in_supply_stop", place.name, "", sectors.name, "",
          "% of the year before", main_cell(w, place, sectors)};
    });
  });
}

} // namespace nearshore::topics
