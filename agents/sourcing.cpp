#include "agents/sourcing.hpp"

#include "agents/arithmetic.hpp"
#include "agents/clones.hpp"
#include "agents/origin.hpp"
#include "agents/prices.hpp"
#include "agents/random.hpp"
#include "agents/review.hpp"

#include <algorithm>
#include <array>

namespace nearshore {
namespace {

/// Suppliers under qualification begin to deliver: units follow the match, since a worse match
/// costs more.
void complete(const MonthContext& m, Population& firms, std::size_t f, Places& places) {
  const float borne = firms.duty_borne[f];
  const std::size_t region = firms.region[f];
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
    for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
      const auto from = firms.supplier[l], to = firms.pending[l];
      if (to == from) continue;
      firms.pending[l] = from;
      if (firms.next_card[to].spare == kGone) continue; // left while it was being qualified
      look_around(m, firms, f, i, l, places);
      const std::size_t held = firms.position[l] < places.count ? firms.position[l] : places.best;
      const auto next = std::min<std::size_t>(firms.pending_position[l], places.count - 1);
      const float theta = static_cast<float>((*m.sectors)[firms.input_sector[i]].theta);
      const float worse = (places.match[held] - places.match[next]) / theta;
      const float before =
          base_delivery_factor(m, firms, firms.next_card[from], from, region, borne);
      const float after = base_delivery_factor(m, firms, firms.next_card[to], to, region, borne);
      firms.units[l] *= exp_of_float(worse) * before / after;
      firms.supplier[l] = to;
      firms.pending[l] = to;
      firms.position[l] = static_cast<std::uint8_t>(next);
      firms.age[l] = 0;
    }
}

/// Starts to fetch what the review of a firm will read of its links, and, these being there, of
/// its suppliers.
NEARSHORE_FETCHES void fetch_links(const Population& firms, std::size_t f) {
  const std::size_t l = firms.link_begin(f), last = firms.link_end(f);
  if (l == last) return;
  __builtin_prefetch(&firms.supplier[l]);
  __builtin_prefetch(&firms.supplier[last - 1]);
  __builtin_prefetch(&firms.units[l]);
  __builtin_prefetch(&firms.units[last - 1]);
  __builtin_prefetch(&firms.position[l]);
  __builtin_prefetch(&firms.home_origin[l]);
}
NEARSHORE_FETCHES void fetch_suppliers(const Population& firms, std::size_t f) {
  for (std::size_t l = firms.link_begin(f), last = firms.link_end(f); l < last; ++l) {
    __builtin_prefetch(&firms.next_card[firms.supplier[l]]);
    __builtin_prefetch(&firms.fill[firms.supplier[l]]);
    __builtin_prefetch(&firms.capacity[firms.supplier[l]]);
  }
}

/// Of all links of a block at once.
void grow_older(Population& firms, std::size_t begin, std::size_t end) {
  const std::size_t last = firms.link_begin(end);
  for (std::size_t l = firms.link_begin(begin); l < last; ++l)
    firms.age[l] = static_cast<std::uint8_t>(firms.age[l] + (firms.age[l] < 255 ? 1 : 0));
}

} // namespace

namespace {

/// Whether a review before the base year could change a bundle. Prices are 1 and duties those of
/// the base year, so each link has its cheapest supplier; only for origin would a firm take others,
/// where it is worth something and is not had with the slack that plans keep.
bool lacks_origin(const MonthContext& m, const Population& firms, std::size_t f) {
  const std::size_t none = m.policy->agreements.size();
  std::size_t best = none;
  double most = 0;
  for (std::size_t a = 0; a < none; ++a) {
    if (!contains(m.policy->agreements[a].members, firms.region[f]) ||
        (*m.rules)[a * m.lines->size() + firms.line[f]] == nullptr)
      continue;
    const double worth = worth_of_origin(m, firms, f, a);
    if (worth > most) {
      most = worth;
      best = a;
    }
  }
  if (best == none) return false;
  const std::size_t l = firms.link_begin(f), links = firms.link_end(f) - l;
  return !contains(firms.next_card[f].origin, best) ||
         !originates(m, firms, firms.next_card, f, best, {firms.supplier.data() + l, links},
                     {firms.units.data() + l, links}, m.parameters->origin_slack);
}

} // namespace

void found_bundles(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  ReviewDesk desk;
  for (std::size_t f = begin; f < end; ++f) {
    if (!firms.active[f] || !lacks_origin(m, firms, f)) continue;
    review_contracts(m, firms, f, desk, true);
    if (firms.lead[f] == 0) continue;
    firms.lead[f] = 0;
    complete(m, firms, f, desk.places);
  }
}

void begin_deliveries_due(const MonthContext& m, Population& firms, std::size_t begin,
                          std::size_t end) {
  Places places;
  for (std::size_t f = begin; f < end; ++f) {
    if (firms.active[f] == 0 || firms.lead[f] != 1) continue;
    firms.lead[f] = 0;
    complete(m, firms, f, places);
  }
}

namespace {

/// Starts to fetch what complete() will read of a firm's links, and, these being there, of the
/// suppliers that change.
NEARSHORE_FETCHES void fetch_pending(const Population& firms, std::size_t f) {
  const std::size_t l = firms.link_begin(f), last = firms.link_end(f);
  if (l == last) return;
  __builtin_prefetch(&firms.supplier[l]);
  __builtin_prefetch(&firms.supplier[last - 1]);
  __builtin_prefetch(&firms.pending[l]);
  __builtin_prefetch(&firms.pending[last - 1]);
  __builtin_prefetch(&firms.units[l]);
}
NEARSHORE_FETCHES void fetch_changes(const Population& firms, std::size_t f) {
  for (std::size_t l = firms.link_begin(f), last = firms.link_end(f); l < last; ++l)
    if (firms.pending[l] != firms.supplier[l]) {
      __builtin_prefetch(&firms.next_card[firms.supplier[l]]);
      __builtin_prefetch(&firms.next_card[firms.pending[l]]);
    }
}

/// Firms of a block, in a list, so that what the next ones need is fetched meanwhile.
struct FirmList { // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::array<std::uint32_t, kBlock> firm;
  std::size_t count{0};
  void add(std::size_t f) { firm[count++] = static_cast<std::uint32_t>(f); }
};

void review_block(const MonthContext& m, Population& firms, std::size_t begin, std::size_t end) {
  const auto& p = *m.parameters;
  const auto luck = random_bits(m.seed, Purpose::review, m.month);
  ReviewDesk desk;
  grow_older(firms, begin, end);
  FirmList due, ready;
  for (std::size_t f = begin; f < end; ++f) {
    if (!firms.active[f]) continue;
    if (firms.lead[f] > 0) { // committed to the suppliers it is qualifying
      if (--firms.lead[f] == 0) ready.add(f);
      continue;
    }
    const double rate = p.review_rate * (*m.sectors)[firms.sector[f]].review_factor;
    const bool short_of_inputs = static_cast<double>(firms.input_limit[f]) < p.shortage_review;
    if (short_of_inputs || to_unit(hashed(luck, static_cast<std::uint32_t>(f))) < rate) due.add(f);
  }
  for (std::size_t i = 0; i < ready.count; ++i) {
    if (i + 2 < ready.count) fetch_pending(firms, ready.firm[i + 2]);
    if (i + 1 < ready.count) fetch_changes(firms, ready.firm[i + 1]);
    complete(m, firms, ready.firm[i], desk.places);
  }
  for (std::size_t i = 0; i < due.count; ++i) {
    if (i + 2 < due.count) fetch_links(firms, due.firm[i + 2]);
    if (i + 1 < due.count) fetch_suppliers(firms, due.firm[i + 1]);
    review_contracts(m, firms, due.firm[i], desk, false);
  }
  if (m.reviewed != nullptr)
    m.reviewed->fetch_add(static_cast<std::int64_t>(due.count), std::memory_order_relaxed);
}

} // namespace

void review_suppliers(const MonthContext& m, Population& firms, std::size_t begin,
                      std::size_t end) {
  for (; begin < end; begin += kBlock)
    review_block(m, firms, begin, std::min(end, begin + kBlock));
}

} // namespace nearshore
