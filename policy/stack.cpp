#include "policy/stack.hpp"

#include "policy/error.hpp"

namespace nearshore {
namespace {

std::uint64_t one(std::size_t i) {
  return std::uint64_t{1} << i;
}

} // namespace

LaneStack::LaneStack(std::span<const Measure> measures, std::span<const StackingRule> stacking,
                     std::size_t importer, std::size_t origin, Date day) {
  std::vector<const Measure*> waiting;
  if (importer != origin)
    for (const auto& m : measures)
      if (contains(m.importers, importer) && contains(m.origins, origin) && m.in_force(day))
        waiting.push_back(&m);
  if (waiting.empty()) return;

  // must_follow[g]: groups that have to be evaluated before group g.
  std::array<Bits, kMaxLists> must_follow{};
  Bits displaces_if_exempt = 0;
  std::array<Bits, kMaxLists> displacers_of{};
  for (const auto& rule : stacking) {
    if (!rule.in_force(day)) continue;
    if (rule.even_if_exempt) displaces_if_exempt |= rule.displacing;
    for (std::size_t g = 0; g < kMaxLists; ++g)
      if (contains(rule.displaced, g)) displacers_of[g] |= rule.displacing;
  }
  must_follow = displacers_of;
  for (const auto* m : waiting)
    if (m->all_in_with) must_follow[m->group] |= bit(*m->all_in_with);

  Bits pending = 0;
  for (const auto* m : waiting)
    pending |= bit(m->group);
  list.reserve(waiting.size());
  while (pending != 0) {
    bool moved = false;
    for (std::size_t g = 0; g < kMaxLists; ++g) {
      if (!contains(pending, g) || (must_follow[g] & pending & ~bit(g)) != 0) continue;
      for (const auto* m : waiting) {
        if (m->group != g) continue;
        if (list.size() == kMaxEntries)
          throw Error{ErrorKind::input, "more than 64 measures meet on one lane on " + day.text(),
                      m->where};
        Entry e{m, &m->terms(day), 0, 0, contains(displaces_if_exempt, g)};
        for (std::size_t i = 0; i < list.size(); ++i) {
          const auto before = list[i].measure->group;
          if (before != g && contains(displacers_of[g], before)) e.displacers |= one(i);
          if (m->all_in_with && before == *m->all_in_with) e.within_cap |= one(i);
        }
        list.push_back(e);
      }
      pending &= ~bit(g);
      moved = true;
    }
    if (!moved) {
      const auto at = std::find_if(waiting.begin(), waiting.end(),
                                   [&](const Measure* m) { return contains(pending, m->group); });
      throw Error{ErrorKind::input,
                  "the stacking rules in force on " + day.text() +
                      " displace in a circle at measure '" + (*at)->name + "'",
                  (*at)->where, "an order without circles"};
    }
  }
}

} // namespace nearshore
