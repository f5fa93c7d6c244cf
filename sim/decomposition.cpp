#include "sim/decomposition.hpp"

#include "agents/origin.hpp"

#include <limits>

namespace nearshore {
namespace {

std::size_t at(ClaimCause cause) {
  return static_cast<std::size_t>(cause);
}

} // namespace

ClaimDecomposition::Desk ClaimDecomposition::look(const MonthContext& m, const Population& firms,
                                                  std::size_t f, std::size_t k) {
  const Card& card = firms.card[f];
  const std::size_t o = firms.region[f], d = firms.desk_importer[k];
  const auto agreement = m.lanes->programme(o, d).index() - 1;
  const bool free = (*m.lines)[card.line].mfn_free;
  return {firms.sales(f, d),
          free && m.switches.observation ? m.policy->recorded_free[d] : 1,
          contains(card.claims, m.lanes->slot(o, d)),
          contains(card.origin, agreement),
          {}};
}

void ClaimDecomposition::remember(const MonthContext& m, const Population& firms) {
  desks.resize(firms.first_desk.back());
  now_desks.resize(desks.size());
  for (std::size_t f = 0; f < firms.firms(); ++f)
    for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k)
      desks[k] = look(m, firms, f, k);
  suppliers = firms.supplier;
  units = firms.units;
}

/// A claim gained by a firm that could have claimed then is paperwork; by one that could claim with
/// its suppliers of then and their status of now, inherited; else its own change of suppliers.
/// Likewise for a loss.
ClaimCause ClaimDecomposition::cause(const MonthContext& m, const Population& firms, std::size_t f,
                                     std::size_t agreement, const Desk& then,
                                     const Desk& now) const {
  if (now.claims ? then.qualifies : now.qualifies) return ClaimCause::paperwork;
  const std::size_t l = firms.link_begin(f), n = firms.link_end(f) - l;
  const bool with_old_suppliers = originates(m, firms, firms.card, f, agreement,
                                             {suppliers.data() + l, n}, {units.data() + l, n});
  return with_old_suppliers == now.claims ? ClaimCause::inherited : ClaimCause::resourcing;
}

/// Desks of a block as they are now; why a claim changed takes the firm's suppliers of then.
void ClaimDecomposition::look_at_block(const MonthContext& m, const Population& firms,
                                       std::size_t begin, std::size_t end) {
  for (std::size_t f = begin; f < end; ++f)
    for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k) {
      const Desk& then = desks[k];
      Desk& now = now_desks[k] = look(m, firms, f, k);
      if (now.claims == then.claims || now.sales == 0 || then.sales == 0) continue;
      const auto programme = m.lanes->programme(firms.region[f], firms.desk_importer[k]);
      now.cause = cause(m, firms, f, programme.index() - 1, then, now);
    }
}

/// Claims of one exporter in one market: its firms in order, so that sums do not depend on threads.
void ClaimDecomposition::explain_lane(const Population& firms, std::size_t exporter,
                                      std::size_t importer, MonthRecord& out) const {
  const std::size_t first = firms.first_desk[firms.first_seller[exporter * firms.S]],
                    last = firms.first_desk[firms.first_seller[(exporter + 1) * firms.S]];
  const auto each = [&](const auto& visit) {
    for (std::size_t k = first; k < last; ++k)
      if (firms.desk_importer[k] == importer) visit(desks[k], now_desks[k]);
  };
  struct Total {
    double then{0}, now{0}, claimed_then{0}, claimed_now{0}, shown_then{0}, shown_now{0};
  } t;
  each([&](const Desk& then, const Desk& now) {
    const auto w0 = static_cast<double>(then.sales), w1 = static_cast<double>(now.sales);
    t.then += w0;
    t.now += w1;
    t.claimed_then += w0 * then.claims;
    t.claimed_now += w1 * now.claims;
    t.shown_then += w0 * then.claims * static_cast<double>(then.shown);
    t.shown_now += w1 * now.claims * static_cast<double>(now.shown);
  });
  if (t.then <= 0 || t.now <= 0) return;
  // Shares are measured from their mean, so that a change of weights alone counts as composition.
  const double mean = (t.claimed_then / t.then + t.claimed_now / t.now) / 2;
  const double mean_shown = (t.shown_then / t.then + t.shown_now / t.now) / 2;
  auto& change = out.claim_change[exporter * firms.R + importer];
  auto& recorded = out.claim_change_recorded[exporter * firms.R + importer];
  each([&](const Desk& then, const Desk& now) {
    const double w0 = static_cast<double>(then.sales) / t.then,
                 w1 = static_cast<double>(now.sales) / t.now;
    if (w0 == 0 && w1 == 0) return;
    const double c0 = then.claims, c1 = now.claims;
    const double r0 = c0 * static_cast<double>(then.shown),
                 r1 = c1 * static_cast<double>(now.shown);
    if (w0 == 0 || w1 == 0) {
      change[at(ClaimCause::entry_exit)] += w1 * (c1 - mean) - w0 * (c0 - mean);
      recorded[at(ClaimCause::entry_exit)] += w1 * (r1 - mean_shown) - w0 * (r0 - mean_shown);
      return;
    }
    const double weight = (w0 + w1) / 2;
    change[at(ClaimCause::composition)] += (w1 - w0) * ((c0 + c1) / 2 - mean);
    recorded[at(ClaimCause::composition)] += (w1 - w0) * ((r0 + r1) / 2 - mean_shown);
    recorded[at(ClaimCause::recording)] +=
        weight * (c0 + c1) / 2 * (static_cast<double>(now.shown) - static_cast<double>(then.shown));
    if (c0 == c1) return;
    const auto why = at(now.cause);
    change[why] += weight * (c1 - c0);
    recorded[why] +=
        weight * (static_cast<double>(then.shown) + static_cast<double>(now.shown)) / 2 * (c1 - c0);
  });
}

void ClaimDecomposition::explain(const Workers& workers, const MonthContext& m,
                                 const Population& firms, MonthRecord& out) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (auto* table : {&out.claim_change, &out.claim_change_recorded})
    for (auto& causes : *table)
      causes.fill(has_reference() ? 0 : none);
  if (!has_reference()) return;
  workers.for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
    look_at_block(m, firms, begin, end);
  });
  workers.for_each(firms.R * firms.R, [&](std::size_t lane, int) {
    const std::size_t exporter = lane / firms.R, importer = lane % firms.R;
    if (exporter != importer && m.lanes->programme(exporter, importer).index() > 0)
      explain_lane(firms, exporter, importer, out);
  });
}

} // namespace nearshore
