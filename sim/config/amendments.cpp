// [[amendment]]: one change of many measures from a date on.
#include "sim/config/policy_reader.hpp"

#include <algorithm>

namespace nearshore {
namespace {

const std::vector<std::string> kOriginating{"none", "exempt", "content"};

struct Amendment {
  std::string name;
  Date from;
  std::optional<Date> until;
  Bits authorities{0}, importers{0}, origins{0};
  std::vector<std::string> except;
  bool repeal{false};
  std::optional<Originating> originating;
  std::optional<double> rate_factor;

  [[nodiscard]] bool concerns(const Measure& m) const {
    return contains(authorities, m.authority.index()) && (m.importers & importers) != 0 &&
           (m.origins & origins) != 0 && (!m.end || *m.end > from) &&
           (!until || m.start < *until) &&
           std::find(except.begin(), except.end(), m.piece_of.empty() ? m.name : m.piece_of) ==
               except.end();
  }
  void change(Terms& terms) const {
    if (originating) terms.originating = *originating;
    if (rate_factor)
      terms.rate = static_cast<float>(static_cast<double>(terms.rate) * *rate_factor);
  }
};

Amendment read_amendment(const TableView& view, const PolicyNames& names,
                         const std::vector<std::string>& measures) {
  Amendment a;
  a.name = view.required_text("name");
  a.from = view.date("from");
  a.until = view.optional_date("until");
  if (a.until && *a.until <= a.from)
    throw view.error("until", "until " + a.until->text() + " is not after from", "a later date");
  a.authorities =
      read_set(view, "authorities", names.authorities, "authority", all_of(names.authorities));
  const auto everywhere = all_of(names.world.regions);
  a.importers = read_set(view, "importers", names.world.regions, "region", everywhere);
  a.origins = read_set(view, "origins", names.world.regions, "region", everywhere);
  for (const auto i : view.optional_choices("except", measures, "measure"))
    a.except.push_back(measures[i]);
  a.repeal = view.boolean("repeal", false);
  if (view.has("originating"))
    a.originating = static_cast<Originating>(view.choice("originating", kOriginating));
  else
    (void)view.optional_text("originating");
  a.rate_factor = view.optional_number("rate_factor", 0, 100);
  if (!a.repeal && !a.originating && !a.rate_factor)
    throw view.error("", "amendment '" + a.name + "' changes nothing",
                     "originating, rate_factor or repeal = true");
  if (a.repeal && (a.originating || a.rate_factor))
    throw view.error("repeal", "what is repealed has no terms to change",
                     "repeal = true alone, or originating and rate_factor");
  (void)view.boolean("assumption", false);
  (void)view.required_text("source");
  (void)view.optional_text("note");
  return a;
}

/// What an amendment does not reach of a measure stays as it was, under a name of its own.
void split_off(Measure& m, const Amendment& a, std::vector<Measure>& out) {
  const auto keep = [&](Bits Measure::*members, Bits reached, const char* what) {
    if ((m.*members & ~reached) == 0) return;
    Measure rest = m;
    rest.*members &= ~reached;
    if (rest.piece_of.empty()) rest.piece_of = rest.name;
    rest.name += std::string{" (other "} + what + ": " + a.name + ")";
    m.*members &= reached;
    out.push_back(std::move(rest));
  };
  keep(&Measure::importers, a.importers, "importers");
  keep(&Measure::origins, a.origins, "origins");
}

/// The measure from a day on that is inside it.
Measure from_day(Measure m, Date day) {
  Terms first = m.terms(day);
  first.from = day;
  std::erase_if(m.calendar, [&](const Terms& t) { return t.from <= day; });
  m.calendar.insert(m.calendar.begin(), first);
  m.start = m.legal_start = day;
  return m;
}

Measure until_day(Measure m, Date day) {
  std::erase_if(m.calendar, [&](const Terms& t) { return t.from >= day; });
  m.end = m.legal_end = day;
  return m;
}

/// What is left of a repealed measure: before, and after a repeal that ends.
void repeal(const Measure& m, const Amendment& a, std::vector<Measure>& out) {
  if (m.start < a.from) out.push_back(until_day(m, a.from));
  if (!a.until || (m.end && *m.end <= *a.until)) return;
  Measure after = from_day(m, *a.until);
  if (after.piece_of.empty()) after.piece_of = after.name;
  after.name += " (from " + a.until->text() + ")";
  out.push_back(std::move(after));
}

/// Terms change from the amendment's first day to its last; the calendar gets a step on both.
Measure changed(Measure m, const Amendment& a) {
  const auto step_on = [&](Date day) {
    if (!m.in_force(day) || m.terms(day).from == day) return;
    Terms terms = m.terms(day);
    terms.from = day;
    const auto next = std::find_if(m.calendar.begin(), m.calendar.end(),
                                   [&](const Terms& t) { return t.from > day; });
    m.calendar.insert(next, terms);
  };
  step_on(a.from);
  if (a.until) step_on(*a.until);
  for (auto& terms : m.calendar)
    if (terms.from >= a.from && (!a.until || terms.from < *a.until)) a.change(terms);
  return m;
}

} // namespace

void read_amendments(const TableView& root, const PolicyNames& names, RegimeData& law) {
  for (const auto& view : root.tables("amendment")) {
    std::vector<std::string> known; // as in the files
    for (const auto& m : law.measures)
      if (m.piece_of.empty()) known.push_back(m.name);
    const Amendment a = read_amendment(view, names, known);
    std::vector<Measure> amended;
    bool reached = false;
    for (auto& m : law.measures) {
      if (!a.concerns(m)) {
        amended.push_back(std::move(m));
        continue;
      }
      reached = true;
      if (a.rate_factor && std::any_of(m.calendar.begin(), m.calendar.end(),
                                       [](const Terms& t) { return t.schedule; }))
        throw view.error("rate_factor", "measure '" + m.name + "' has no rate of its own",
                         "measures that do not follow the schedule; the others in `except`");
      split_off(m, a, amended);
      if (a.repeal)
        repeal(m, a, amended);
      else
        amended.push_back(changed(std::move(m), a));
    }
    if (!reached)
      throw view.error("", "amendment '" + a.name + "' reaches no measure",
                       "authorities, importers and origins of measures in force after " +
                           a.from.text());
    law.measures = std::move(amended);
    view.finish();
  }
}

} // namespace nearshore
