#include "output/comparison/exemption.hpp"

#include "output/comparison/estimate.hpp"
#include "output/comparison/topics.hpp"

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

/// One month of a run, as the price needs it.
struct MonthOfRun {
  std::vector<double> sales; ///< [origin][destination][sector]
  std::span<const double> duty, qualifying, exports, content;
  std::size_t export_sectors;
};

MonthOfRun month_of(const RunSums& run, const ComparedWorld& w, Month when) {
  const char* share = run.has("qualifying_share_by_sector") ? "qualifying_share_by_sector"
                                                            : "claim_share_by_sector";
  return {topics::sales(run, w, when, -1),
          run.month("duty_collected", when),
          run.month(share, when),
          run.month("exports", when),
          run.month("value_added_content", when),
          run.array("exports").extent(2)};
}

/// A cell of trade: one exporter's good sold to the home region, in one month.
void add_forgone(const MonthOfRun& b, const MonthOfRun& o, const ComparedWorld& w, std::size_t cell,
                 PriceParts& out) {
  const double before = b.sales[cell], after = o.sales[cell];
  if (before <= 0) return; // no rate to hold against
  double forgone = 0;
  for (std::size_t a = 0; a < w.A(); ++a) {
    const double of_authority =
        b.duty[cell * w.A() + a] / before * after - o.duty[cell * w.A() + a];
    out.by_authority[a] += of_authority;
    forgone += of_authority;
  }
  const auto qualified = [&](const MonthOfRun& m) {
    return std::isnan(m.qualifying[cell]) ? 0 : m.qualifying[cell] * m.sales[cell];
  };
  const double q_before = qualified(b), q_after = qualified(o);
  const double already = q_after > 0 ? std::min(q_before, q_after) / q_after : 1;
  out.forgone += forgone;
  out.to_qualifying += forgone * already;
  out.to_new += forgone * (1 - already);
}

void add_content(const MonthOfRun& b, const MonthOfRun& o, const ComparedWorld& w,
                 std::size_t exporter, std::size_t sector, PriceParts& out) {
  const std::size_t cell = exporter * b.export_sectors + sector;
  const auto share = [&](const MonthOfRun& m, const std::vector<std::size_t>& sources) {
    double sum = 0;
    for (const std::size_t k : sources)
      sum += m.content[cell * w.R() + k];
    return m.exports[cell] > 0 ? sum : 0;
  };
  const double before = share(b, w.bloc.members), after = share(o, w.bloc.members);
  out.content += after * o.exports[cell] - before * b.exports[cell];
  if (b.exports[cell] > 0) out.content_deeper += (after - before) * o.exports[cell];
  out.home_content += share(o, {w.home}) * o.exports[cell] - share(b, {w.home}) * b.exports[cell];
}

double collected(const MonthOfRun& m, const ComparedWorld& w, const PriceRow& row) {
  double sum = 0;
  for (std::size_t o = 0; o < w.R(); ++o)
    for (const std::size_t s : row.sectors)
      for (std::size_t a = 0; a < w.A(); ++a)
        sum += m.duty[((o * w.R() + w.home) * w.S() + s) * w.A() + a];
  return sum;
}

void to_yearly(PriceParts& parts, const ComparedPeriod& period) {
  for (double* x : {&parts.forgone, &parts.to_qualifying, &parts.to_new, &parts.revenue,
                    &parts.content, &parts.content_deeper, &parts.home_content})
    *x = billion_a_year(*x, period);
  for (double& x : parts.by_authority)
    x = billion_a_year(x, period);
}

} // namespace

std::vector<PriceRow> price_rows(const ComparedWorld& w) {
  std::vector<PriceRow> rows{{"", "", w.fellows, {}}};
  for (std::size_t s = 0; s < w.S(); ++s)
    if (w.is_goods[s]) rows[0].sectors.push_back(s);
  for (const std::size_t f : w.fellows)
    rows.push_back({w.regions[f], "", {f}, rows[0].sectors});
  for (const std::size_t s : rows[0].sectors)
    rows.push_back({"", w.sectors[s], w.fellows, {s}});
  return rows;
}

std::vector<PriceParts> price_parts(const RunSums& base, const RunSums& other,
                                    const ComparedWorld& w, const ComparedPeriod& period) {
  const auto rows = price_rows(w);
  std::vector<PriceParts> out(rows.size());
  for (auto& parts : out)
    parts.by_authority.assign(w.A(), 0);
  for (Month t = period.first; t <= period.last; t = t + 1) {
    const auto b = month_of(base, w, t), o = month_of(other, w, t);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const std::size_t x : rows[i].exporters)
        for (const std::size_t s : rows[i].sectors) {
          add_forgone(b, o, w, (x * w.R() + w.home) * w.S() + s, out[i]);
          add_content(b, o, w, x, s, out[i]);
        }
      out[i].revenue += collected(o, w, rows[i]) - collected(b, w, rows[i]);
    }
  }
  for (auto& parts : out)
    to_yearly(parts, period);
  return out;
}

std::vector<ExemptionPrice> exemption_prices(const std::vector<std::vector<PriceParts>>& by_seed,
                                             const ComparedWorld& w) {
  const auto rows = price_rows(w);
  std::vector<ExemptionPrice> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto all = [&](auto part) {
      std::vector<double> values;
      for (const auto& seed : by_seed)
        values.push_back(part(seed[i]));
      return values;
    };
    const auto forgone = all([](const PriceParts& p) { return p.forgone; });
    const auto content = all([](const PriceParts& p) { return p.content; });
    const auto deeper = all([](const PriceParts& p) { return p.content_deeper; });
    const auto home = all([](const PriceParts& p) { return p.home_content; });
    ExemptionPrice price;
    price.exporter = rows[i].exporter;
    price.sector = rows[i].sector;
    price.forgone = estimate(forgone);
    price.to_qualifying = estimate(all([](const PriceParts& p) { return p.to_qualifying; }));
    price.to_new = estimate(all([](const PriceParts& p) { return p.to_new; }));
    price.revenue = estimate(all([](const PriceParts& p) { return p.revenue; }));
    price.content = estimate(content);
    price.content_deeper = estimate(deeper);
    price.home_content = estimate(home);
    price.per_dollar = ratio_estimate(content, forgone);
    price.deeper_per_dollar = ratio_estimate(deeper, forgone);
    price.home_per_dollar = ratio_estimate(home, forgone);
    for (std::size_t a = 0; a < w.A(); ++a) {
      const auto of = all([a](const PriceParts& p) { return p.by_authority[a]; });
      if (std::any_of(of.begin(), of.end(), [](double x) { return x != 0; }))
        price.by_authority.push_back({w.authorities[a], estimate(of)});
    }
    out.push_back(std::move(price));
  }
  return out;
}

} // namespace nearshore
