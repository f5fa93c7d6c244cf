#pragma once
// The stack of duties on one good on one day: which measures apply, on what part of the value, and
// why. The same evaluation fills the tables of a month and explains a lane to a reader.
#include "policy/duty_table.hpp"
#include "policy/measure.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace nearshore {

/// What the law needs to know of a good besides where it comes from and goes to.
struct Good {
  SectorId sector;
  float mfn_rate{0}; ///< its line's own rate, or the schedule's average for the lane
  Bits lists{0};
  float entry_value{0}; ///< USD a customs entry; 0: unknown, per-entry bounds are not applied
  Bits claim{0};        ///< agreements under which origin is claimed (at most one)
};

enum class Reason : std::uint8_t {
  applies,
  other_sector,
  not_on_list,
  on_exempt_list,
  originating, ///< exempt because origin is claimed
  displaced,   ///< another measure takes the whole value
};

/// Outcome of one measure for one good.
struct Outcome {
  Reason reason{Reason::applies};
  float base{0};      ///< part of the value that it covers after displacement
  float displaced{0}; ///< part of the value that other measures pushed it off
  float pushes{0};    ///< part of the value off which it pushes what it displaces
  Rate rate;
};

/// Measures of one lane (importer, origin) in force on one day, ordered so that what displaces
/// comes first.
class LaneStack {
public:
  struct Entry {
    const Measure* measure{nullptr};
    const Terms* terms{nullptr};
    std::uint64_t displacers{0}; ///< entries that push this one off their base
    std::uint64_t within_cap{0}; ///< entries whose rate an all-in rate includes
    bool displaces_if_exempt{false};
    bool operator==(const Entry&) const = default;
  };
  static constexpr std::size_t kMaxEntries = 64;

  /// Throws Error (input) if displacement runs in a circle or more than kMaxEntries measures meet.
  LaneStack(std::span<const Measure> measures, std::span<const StackingRule> stacking,
            std::size_t importer, std::size_t origin, Date day);
  [[nodiscard]] std::span<const Entry> entries() const { return list; }

  /// Calls emit(entry index, Outcome) for every entry, in order.
  template <class Emit> void evaluate(const Good& good, Emit&& emit) const;

private:
  std::vector<Entry> list;
};

/// Rate of a per-entry bounded fee: `rate` unless the fee of an entry worth `value` USD hits a
/// bound.
inline float bounded_rate(float rate, float entry_min, float entry_max, float value) {
  if (!(value > 0)) return rate;
  float fee = rate * value;
  if (entry_min > 0) fee = std::max(fee, entry_min);
  if (entry_max > 0) fee = std::min(fee, entry_max);
  return fee / value;
}

template <class Emit> void LaneStack::evaluate(const Good& good, Emit&& emit) const {
  // Of the entries before, which are all that is asked.
  std::array<float, kMaxEntries> base, taken; // NOLINT(cppcoreguidelines-pro-type-member-init)
  const auto sum = [](const auto& values, std::uint64_t which) {
    float total = 0;
    for (; which != 0; which &= which - 1)
      total += values[static_cast<std::size_t>(__builtin_ctzll(which))];
    return total;
  };
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& e = list[i];
    const auto& m = *e.measure;
    const auto& t = *e.terms;
    base[i] = taken[i] = 0;
    Outcome out;
    if (!contains(m.sectors, good.sector.index())) {
      out.reason = Reason::other_sector;
    } else if (m.lists != 0 && (m.lists & good.lists) == 0) {
      out.reason = Reason::not_on_list;
    } else if ((m.exempt_lists & good.lists) != 0) {
      out.reason = Reason::on_exempt_list;
    } else {
      const auto treatment = (good.claim & m.agreements) != 0 ? t.originating : Originating::none;
      const float covered = t.coverage[good.sector.index()] * t.part[good.sector.index()];
      out.displaced = std::min(1.0F, sum(base, e.displacers));
      out.base = covered * (1 - out.displaced);
      if (treatment == Originating::exempt) {
        out.reason = Reason::originating;
        base[i] = e.displaces_if_exempt ? out.base : 0;
        out.base = 0;
      } else {
        base[i] = out.base;
        if (out.displaced >= 1) out.reason = Reason::displaced;
        float rate = t.schedule ? good.mfn_rate : t.rate;
        if (t.all_in) rate = std::max(0.0F, rate - sum(taken, e.within_cap));
        if (t.entry_min > 0 || t.entry_max > 0)
          rate = bounded_rate(rate, t.entry_min, t.entry_max, good.entry_value);
        const float effective = rate * out.base * (1 - t.quota_free);
        taken[i] = effective;
        (treatment == Originating::content ? out.rate.content : out.rate.full) = effective;
      }
    }
    out.pushes = base[i];
    emit(i, out);
  }
}

} // namespace nearshore
