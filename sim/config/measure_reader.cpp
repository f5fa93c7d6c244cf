// [[measure]] and [[stacking]].
#include "sim/config/policy_reader.hpp"

#include "policy/text.hpp"

#include <algorithm>
#include <array>

namespace nearshore {
namespace {

const std::vector<std::string> kOriginating{"none", "exempt", "content"};

constexpr std::array kStepKeys{"rate",   "originating", "coverage",  "part",
                               "all_in", "quota_free",  "entry_min", "entry_max"};

std::string joined_step_keys() {
  return join(std::vector<std::string>(kStepKeys.begin(), kStepKeys.end()));
}

// A number for every sector, or a table of sectors; `default` stands for those not named (else 0).
void read_by_sector(const TableView& view, std::string_view key, const PolicyNames& names,
                    BySector& out) {
  if (!view.has(key)) {
    (void)view.optional_text(key);
    return;
  }
  if (view.is_table(key)) {
    const auto table = view.table(key);
    auto allowed = names.world.sectors;
    allowed.emplace_back("default");
    out = every_sector(static_cast<float>(table.number("default", 0, 1, 0)));
    for (std::size_t s = 0; s < names.world.sectors.size(); ++s)
      if (const auto value = table.optional_number(names.world.sectors[s], 0, 1))
        out[s] = static_cast<float>(*value);
    table.finish();
  } else {
    out = every_sector(static_cast<float>(view.number(key, 0, 1)));
  }
}

// Lays the keys that a measure, or a later step of its calendar, sets on `terms`.
void read_terms(const TableView& view, const PolicyNames& names, Terms& terms) {
  if (view.has("rate")) {
    terms.schedule = view.is_text("rate");
    if (terms.schedule)
      (void)view.choice("rate", std::vector<std::string>{"schedule"});
    else
      terms.rate = static_cast<float>(view.number("rate", 0, 10));
  } else {
    (void)view.optional_text("rate");
  }
  if (view.has("originating"))
    terms.originating = static_cast<Originating>(view.choice("originating", kOriginating));
  else
    (void)view.optional_text("originating");
  read_by_sector(view, "coverage", names, terms.coverage);
  read_by_sector(view, "part", names, terms.part);
  const auto update = [&](std::string_view key, float& member, double high) {
    if (const auto value = view.optional_number(key, 0, high)) member = static_cast<float>(*value);
  };
  update("quota_free", terms.quota_free, 1);
  update("entry_min", terms.entry_min, 1e6);
  update("entry_max", terms.entry_max, 1e6);
  if (terms.entry_max > 0 && terms.entry_max < terms.entry_min)
    throw view.error("entry_max", "entry_max is below entry_min", "a bound of at least entry_min");
}

Measure read_measure(const TableView& view, const PolicyNames& names,
                     const std::vector<bool>& lines_known) {
  Measure m;
  m.name = view.required_text("name");
  m.where = view.where();
  m.authority = AuthorityId{view.choice("authority", names.authorities, "authority")};
  m.group = view.choice("group", names.groups, "group");
  const auto everywhere = all_of(names.world.regions);
  m.importers = read_set(view, "importers", names.world.regions, "region", everywhere);
  m.origins = read_set(view, "origins", names.world.regions, "region", everywhere) &
              ~read_set(view, "except_origins", names.world.regions, "region", 0);
  m.sectors = read_set(view, "sectors", names.world.sectors, "sector", names.world.goods);
  for (const auto& [key, reached] :
       {std::pair{"importers", m.importers}, {"origins", m.origins}, {"sectors", m.sectors}})
    if (reached == 0)
      throw view.error(view.has(key) ? key : "except_origins",
                       std::string{"the measure reaches no one of "} + key,
                       "at least one; without the key, all");
  if ((m.sectors & ~names.world.goods) != 0)
    throw view.error("sectors", "a duty on services", "sectors of goods");
  m.lists = read_set(view, "lists", names.lists, "product list", 0);
  m.exempt_lists = read_set(view, "exempt_lists", names.lists, "product list", 0);
  if (m.lists != 0 && (m.lists & ~m.exempt_lists) == 0)
    throw view.error("exempt_lists", "the measure reaches nothing: all of its lists are exempt",
                     "lists that are not in exempt_lists");
  if ((m.lists | m.exempt_lists) != 0)
    for (std::size_t r = 0; r < lines_known.size(); ++r)
      if (contains(m.importers, r) && !lines_known[r])
        throw view.error(m.lists != 0 ? "lists" : "exempt_lists",
                         "product lists of an importer whose tariff lines are not known (" +
                             names.world.regions[r] + ")",
                         "`coverage`, the share of the sector's value that is covered");
  if (view.has("agreements"))
    m.agreements = read_set(view, "agreements", names.agreements, "agreement", 0);
  else
    (void)view.optional_texts("agreements");
  m.start = view.date("from");
  m.end = view.optional_date("until");
  m.legal_start = view.optional_date("legal_from").value_or(m.start);
  m.legal_end = view.optional_date("legal_until");
  if (!m.legal_end) m.legal_end = m.end;
  if (m.end && *m.end <= m.start)
    throw view.error("until", "until " + m.end->text() + " is not after from " + m.start.text(),
                     "a later date");
  if (m.legal_end && *m.legal_end <= m.legal_start)
    throw view.error(view.has("legal_until") ? "legal_until" : "legal_from",
                     "the measure ends in law on " + m.legal_end->text() +
                         ", not after it begins on " + m.legal_start.text(),
                     "a later date");
  if (view.has("all_in_with"))
    m.all_in_with = view.choice("all_in_with", names.groups, "group");
  else
    (void)view.optional_text("all_in_with");
  if (m.all_in_with && *m.all_in_with == m.group)
    throw view.error("all_in_with", "a measure's rate cannot include its own group",
                     "another group");
  m.assumption = view.boolean("assumption", false);
  m.source = view.required_text("source");
  m.confidence = kConfidences[view.choice("confidence", kConfidences)];
  m.note = view.optional_text("note").value_or("");

  Terms terms;
  terms.from = m.start;
  if (!view.has("rate"))
    throw view.error("", "measure '" + m.name + "' has no rate", "a rate, or rate = \"schedule\"");
  terms.all_in = view.boolean("all_in", m.all_in_with.has_value());
  if (terms.all_in && !m.all_in_with)
    throw view.error("all_in", "all_in, and no group whose duty the rate includes",
                     "all_in_with = GROUP");
  read_terms(view, names, terms);
  m.calendar.push_back(terms);
  for (const auto& step : view.tables("steps")) {
    terms.from = step.date("from");
    if (terms.from <= m.calendar.back().from || (m.end && terms.from >= *m.end))
      throw step.error("from", "step from " + terms.from.text() + " is out of order",
                       "dates that rise, inside the measure's own");
    (void)step.optional_text("note");
    const bool idle = std::none_of(kStepKeys.begin(), kStepKeys.end(),
                                   [&](const char* key) { return step.has(key); });
    terms.all_in = step.boolean("all_in", terms.all_in);
    read_terms(step, names, terms);
    m.calendar.push_back(terms);
    step.finish();
    if (idle) throw step.error("", "a step that changes nothing", joined_step_keys());
  }
  view.finish();
  return m;
}

bool takes_schedule(const Measure& m) {
  return m.lists == 0 && std::any_of(m.calendar.begin(), m.calendar.end(),
                                     [](const Terms& t) { return t.schedule; });
}

// Two measures that both take the tariff line's ordinary duty from the same goods: a mistake that
// would double it, since what no stacking rule names adds.
void refuse_doubled_schedule(const std::vector<Measure>& measures, const WorldNames& world) {
  for (std::size_t b = 0; b < measures.size(); ++b)
    for (std::size_t a = 0; a < b; ++a) {
      const auto &m = measures[a], &n = measures[b];
      const Bits importers = m.importers & n.importers, origins = m.origins & n.origins;
      if (m.group != n.group || !takes_schedule(m) || !takes_schedule(n)) continue;
      if (importers == 0 || (m.sectors & n.sectors) == 0) continue;
      if ((m.end && *m.end <= n.start) || (n.end && *n.end <= m.start)) continue;
      for (std::size_t i = 0; i < world.regions.size(); ++i)
        for (std::size_t o = 0; o < world.regions.size(); ++o)
          if (i != o && contains(importers, i) && contains(origins, o))
            throw Error{ErrorKind::input,
                        "measures '" + m.name + "' and '" + n.name +
                            "' both take the ordinary duty on goods of " + world.regions[o] +
                            " in " + world.regions[i],
                        n.where, "one of them: origins, except_origins, sectors, from and until"};
    }
}

} // namespace

std::vector<Measure> read_measures(const TableView& root, const PolicyNames& names,
                                   const std::vector<bool>& lines_known) {
  std::vector<Measure> out;
  for (const auto& view : root.tables("measure"))
    out.push_back(read_measure(view, names, lines_known));
  refuse_doubled_schedule(out, names.world);
  return out;
}

std::vector<StackingRule> read_stacking(const TableView& root, const PolicyNames& names) {
  std::vector<StackingRule> out;
  for (const auto& view : root.tables("stacking")) {
    StackingRule rule;
    rule.where = view.where();
    (void)view.required_text("name");
    rule.from = view.date("from");
    rule.until = view.optional_date("until");
    if (rule.until && *rule.until <= rule.from)
      throw view.error("until",
                       "until " + rule.until->text() + " is not after from " + rule.from.text(),
                       "a later date");
    for (const auto g : view.choices("groups", names.groups, "group"))
      rule.displacing |= bit(g);
    for (const auto g : view.choices("displace", names.groups, "group"))
      rule.displaced |= bit(g);
    if ((rule.displacing & rule.displaced) != 0)
      throw view.error("displace", "a group displaces itself", "other groups");
    rule.even_if_exempt = view.boolean("even_if_exempt", false);
    rule.source = view.required_text("source");
    view.finish();
    out.push_back(rule);
  }
  return out;
}

} // namespace nearshore
