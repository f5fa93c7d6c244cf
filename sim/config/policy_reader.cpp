#include "sim/config/policy_reader.hpp"

#include <algorithm>

namespace nearshore {
namespace {

constexpr std::size_t kMaxAuthorities = 32;

// Names of an array of tables, each with a `name` and words that only people read.
std::vector<std::string> read_names(const TableView& root, std::string_view key,
                                    std::size_t limit) {
  std::vector<std::string> out;
  for (const auto& t : root.tables(key)) {
    out.push_back(t.required_text("name"));
    if (out.size() > limit)
      throw t.error("name", "too many of [[" + std::string{key} + "]]",
                    "at most " + std::to_string(limit));
  }
  return out;
}

// What would have ended later lasts for ever.
void forget_later(std::optional<Date>& end, Date from) {
  if (end && *end >= from) end.reset();
}

} // namespace

Bits read_set(const TableView& view, std::string_view key, const std::vector<std::string>& names,
              std::string_view what, Bits otherwise) {
  if (!view.has(key)) {
    (void)view.optional_texts(key); // known, though absent
    return otherwise;
  }
  Bits out = 0;
  for (const auto i : view.choices(key, names, what))
    out |= bit(i);
  return out;
}

void freeze_measures(RegimeData& law, Date from) {
  std::erase_if(law.measures, [&](const Measure& m) { return m.start >= from; });
  for (auto& m : law.measures) {
    std::erase_if(m.calendar, [&](const Terms& t) { return t.from >= from; });
    forget_later(m.end, from);
  }
  std::erase_if(law.stacking, [&](const StackingRule& s) { return s.from >= from; });
  for (auto& s : law.stacking)
    forget_later(s.until, from);
}

void freeze_all(RegimeData& law, Date from) {
  freeze_measures(law, from);
  const auto keep_begun = [&](auto& entries) {
    std::erase_if(entries, [&](const auto& e) { return e.from && *e.from >= from; });
    for (auto& e : entries)
      forget_later(e.until, from);
  };
  for (auto& agreement : law.agreements) {
    forget_later(agreement.until, from);
    keep_begun(agreement.rules);
  }
  keep_begun(law.relief);
  keep_begun(law.observation);
  std::erase_if(law.beliefs, [&](const BeliefEntry& b) { return b.from && *b.from >= from; });
  std::erase_if(law.levers, [&](const LeverEntry& l) { return l.path.front().from >= from; });
  for (auto& lever : law.levers) {
    std::erase_if(lever.path, [&](const LeverEntry::Step& step) { return step.from >= from; });
    forget_later(lever.until, from);
  }
}

Regime read_regime(const TableView& root, const WorldNames& names) {
  RegimeData law;
  law.regions = names.regions;
  law.sectors = names.sectors;
  for (const auto& t : root.tables("authority")) {
    law.authorities.push_back({t.required_text("name"), t.required_text("title")});
    if (law.authorities.size() > kMaxAuthorities)
      throw t.error("name", "too many authorities", "at most " + std::to_string(kMaxAuthorities));
  }
  law.groups = read_names(root, "group", 32);
  for (const auto& t : root.tables("group"))
    (void)t.required_text("meaning");
  law.lists = read_names(root, "product_list", kMaxLists);

  PolicyNames known{names, {}, law.groups, law.lists, {}};
  for (const auto& a : law.authorities)
    known.authorities.push_back(a.key);
  law.agreements = read_agreements(root, names);
  for (const auto& a : law.agreements)
    known.agreements.push_back(a.header.name);
  read_tariff_lines(root, known, law);
  law.measures = read_measures(root, known, law.lines_known);
  law.stacking = read_stacking(root, known);
  read_agenda(root, known, law);
  const auto policy = root.table("policy");
  law.known_from = policy.optional_date("known_from");
  law.known_until = policy.optional_date("known_until");
  law.assumption = policy.optional_text("assumption").value_or("");
  if (const auto from = policy.optional_date("measures_frozen_from")) freeze_measures(law, *from);
  if (const auto from = policy.optional_date("frozen_from")) freeze_all(law, *from);
  read_amendments(root, known, law);
  policy.finish();
  return Regime{std::move(law)};
}

} // namespace nearshore
