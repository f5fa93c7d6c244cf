#include "output/fill.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace nearshore::fill {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kCentsPerMillion = 1e8;

double million(std::int64_t cents) {
  return static_cast<double>(cents) / kCentsPerMillion;
}
double share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? kNaN : static_cast<double>(part) / static_cast<double>(whole);
}
void money(const std::vector<std::int64_t>& cents, Out out) {
  std::transform(cents.begin(), cents.end(), out.begin(), million);
}
void copy(const std::vector<double>& values, Out out) {
  std::copy(values.begin(), values.end(), out.begin());
}

using Money = std::int64_t LaneClaims::*;

/// Shares of lanes (exporter, importer), summed over goods sectors.
void lane_share(Rec m, Rep r, Money part, Money whole, Out out) {
  for (std::size_t lane = 0; lane < r.R() * r.R(); ++lane) {
    std::int64_t a = 0, b = 0;
    for (std::size_t s = 0; s < r.S(); ++s) {
      if (!r.is_goods[s]) continue;
      a += m.claims[lane * r.S() + s].*part;
      b += m.claims[lane * r.S() + s].*whole;
    }
    out[lane] = share(a, b);
  }
}

void sector_share(Rec m, Rep r, Money part, Money whole, Out out) {
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = r.is_goods[i % r.S()] ? share(m.claims[i].*part, m.claims[i].*whole) : kNaN;
}

void lane_money(Rec m, Rep r, Money part, Out out) {
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = r.is_goods[i % r.S()] ? million(m.claims[i].*part) : 0;
}

/// A month that sim could not decompose (before the reference month) has no lanes here: NaN.
void causes(const std::vector<std::array<double, kClaimCauses>>& change, Out out) {
  if (change.empty()) std::fill(out.begin(), out.end(), kNaN);
  auto to = out.begin();
  for (const auto& lane : change)
    to = std::copy(lane.begin(), lane.end(), to);
}

/// Calls f(content by source) for every exporter and, within it, the sectors, then the groups of
/// sectors.
template <class F> void for_export_sectors(Rec m, Rep r, F f) {
  std::vector<std::int64_t> content(r.R());
  const auto add = [&](std::size_t x, std::size_t s) {
    for (std::size_t k = 0; k < r.R(); ++k)
      content[k] += m.exports_content[(x * r.S() + s) * r.R() + k];
  };
  for (std::size_t x = 0; x < r.R(); ++x) {
    for (std::size_t e = 0; e < r.S() + r.sector_groups.size(); ++e) {
      std::fill(content.begin(), content.end(), 0);
      if (e < r.S())
        add(x, e);
      else
        for (const std::size_t s : r.sector_groups[e - r.S()].members)
          add(x, s);
      f(content);
    }
  }
}

std::int64_t sum(const std::vector<std::int64_t>& v) {
  std::int64_t total = 0;
  for (const std::int64_t x : v)
    total += x;
  return total;
}

enum class Uses { intermediate, all };

/// Goods sold from one region to another, over sectors and programmes.
std::int64_t goods(Rec m, Rep r, std::size_t origin, std::size_t destination, Uses uses) {
  std::int64_t total = 0;
  for (std::size_t s = 0; s < r.S(); ++s) {
    if (!r.is_goods[s]) continue;
    const std::size_t first = ((origin * r.R() + destination) * r.S() + s) * 2 * r.P();
    const std::size_t n = uses == Uses::intermediate ? r.P() : 2 * r.P();
    for (std::size_t k = 0; k < n; ++k)
      total += m.trade[first + k];
  }
  return total;
}

struct PartnerTrade {
  double exports, imports; ///< million USD a month
};
enum class Basis { table, published };

template <class F> void for_partners(Rec m, Rep r, Basis basis, Out out, F f) {
  auto to = out.begin();
  for (const std::size_t p : partners(r)) {
    PartnerTrade t{million(goods(m, r, r.home, p, Uses::all)),
                   million(goods(m, r, p, r.home, Uses::all))};
    if (basis == Basis::published) {
      t.exports += r.bridge.exports_addon[p] / 12;
      t.imports += r.bridge.imports_addon[p] / 12;
    }
    *to++ = f(t);
  }
}

double exports_of(PartnerTrade t) {
  return t.exports;
}
double imports_of(PartnerTrade t) {
  return t.imports;
}
double deficit_of(PartnerTrade t) {
  return t.exports > 0 ? (t.imports - t.exports) / t.exports : kNaN;
}

using L = LaneClaims;

} // namespace

void claim_share(Rec m, Rep r, Out out) {
  lane_share(m, r, &L::claimed, &L::trade, out);
}
void claim_share_recorded(Rec m, Rep r, Out out) {
  lane_share(m, r, &L::recorded, &L::trade, out);
}
void claim_share_dutiable(Rec m, Rep r, Out out) {
  lane_share(m, r, &L::dutiable_claimed, &L::dutiable, out);
}
void qualifying_share(Rec m, Rep r, Out out) {
  lane_share(m, r, &L::qualifying, &L::trade, out);
}
void claim_share_by_sector(Rec m, Rep r, Out out) {
  sector_share(m, r, &L::claimed, &L::trade, out);
}
void claim_share_recorded_by_sector(Rec m, Rep r, Out out) {
  sector_share(m, r, &L::recorded, &L::trade, out);
}
void claim_share_dutiable_by_sector(Rec m, Rep r, Out out) {
  sector_share(m, r, &L::dutiable_claimed, &L::dutiable, out);
}
void qualifying_share_by_sector(Rec m, Rep r, Out out) {
  sector_share(m, r, &L::qualifying, &L::trade, out);
}
void goods_traded(Rec m, Rep r, Out out) {
  lane_money(m, r, &L::trade, out);
}
void goods_traded_dutiable(Rec m, Rep r, Out out) {
  lane_money(m, r, &L::dutiable, out);
}
void claim_change(Rec m, Rep, Out out) {
  causes(m.claim_change, out);
}
void claim_change_recorded(Rec m, Rep, Out out) {
  causes(m.claim_change_recorded, out);
}

void trade_value(Rec m, Rep, Out out) {
  money(m.trade, out);
}
void duty_collected(Rec m, Rep, Out out) {
  money(m.duty, out);
}

void value_added_content(Rec m, Rep r, Out out) {
  auto to = out.begin();
  for_export_sectors(m, r, [&](const std::vector<std::int64_t>& content) {
    const std::int64_t total = sum(content);
    for (const std::int64_t c : content)
      *to++ = share(c, total);
  });
}
void exports(Rec m, Rep r, Out out) {
  auto to = out.begin();
  for_export_sectors(
      m, r, [&](const std::vector<std::int64_t>& content) { *to++ = million(sum(content)); });
}
void regional_value_content(Rec m, Rep, Out out) {
  money(m.rvc_exports, out);
}

void intermediate_intra_share(Rec m, Rep r, Out out) {
  for (std::size_t b = 0; b < r.blocs.size(); ++b) {
    const auto& members = r.blocs[b].members;
    std::int64_t within = 0, all = 0;
    for (const std::size_t o : members) {
      for (std::size_t d = 0; d < r.R(); ++d) {
        if (d == o) continue;
        const std::int64_t value = goods(m, r, o, d, Uses::intermediate);
        all += value;
        if (std::binary_search(members.begin(), members.end(), d)) within += value;
      }
    }
    out[b] = share(within, all);
  }
}

void gross_output(Rec m, Rep, Out out) {
  money(m.gross_output, out);
}
void employment(Rec m, Rep, Out out) {
  copy(m.employment, out);
}
void price_index(Rec m, Rep, Out out) {
  copy(m.price_index, out);
}
void capacity_utilisation(Rec m, Rep, Out out) {
  copy(m.capacity_utilisation, out);
}
void active_firms(Rec m, Rep, Out out) {
  std::transform(m.active_firms.begin(), m.active_firms.end(), out.begin(),
                 [](std::int64_t n) { return static_cast<double>(n); });
}
void final_spending(Rec m, Rep, Out out) {
  money(m.final_spending, out);
}

void us_exports(Rec m, Rep r, Out out) {
  for_partners(m, r, Basis::table, out, exports_of);
}
void us_imports(Rec m, Rep r, Out out) {
  for_partners(m, r, Basis::table, out, imports_of);
}
void us_deficit(Rec m, Rep r, Out out) {
  for_partners(m, r, Basis::table, out, deficit_of);
}
void us_exports_published(Rec m, Rep r, Out out) {
  for_partners(m, r, Basis::published, out, exports_of);
}
void us_imports_published(Rec m, Rep r, Out out) {
  for_partners(m, r, Basis::published, out, imports_of);
}
void us_deficit_published(Rec m, Rep r, Out out) {
  for_partners(m, r, Basis::published, out, deficit_of);
}

std::vector<std::size_t> partners(const Reporting& r) {
  std::vector<std::size_t> list;
  for (std::size_t i = 0; i < r.R(); ++i)
    if (i != r.home) list.push_back(i);
  return list;
}

} // namespace nearshore::fill
