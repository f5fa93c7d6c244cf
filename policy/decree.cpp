#include "policy/decree.hpp"

#include "policy/error.hpp"
#include "policy/text.hpp"

#include <algorithm>

namespace nearshore {
namespace {

constexpr double kHighestRate = 10; // as in files

bool named(const Measure& m, const std::string& name) {
  return m.name == name || m.piece_of == name; // amendments cut measures into pieces
}

std::vector<std::string> names_of(const RegimeData& law) {
  std::vector<std::string> names;
  for (const auto& m : law.measures)
    if (m.piece_of.empty()) names.push_back(m.name);
  return names;
}

void check(const RegimeData& law, const Decree& d, const std::string& where) {
  const auto refuse = [&](std::string wrong, std::string allowed, std::string hint = {}) {
    throw Error{ErrorKind::input, std::move(wrong), where, std::move(allowed), std::move(hint)};
  };
  bool known = false, lasts = false;
  for (const auto& m : law.measures)
    if (named(m, d.measure)) {
      known = true;
      lasts = lasts || !m.end || *m.end > d.from;
    }
  const auto names = names_of(law);
  if (!known)
    refuse("unknown measure '" + d.measure + "'", join(names),
           nearest(d.measure, std::span<const std::string>(names)));
  if (!lasts)
    refuse("measure '" + d.measure + "' has ended before " + d.from.text(),
           "a measure in force, or one to come; else a new measure");
  if (d.rate && !(*d.rate >= 0 && *d.rate <= kHighestRate))
    refuse("rate = " + number_text(*d.rate), "a number from 0 to " + number_text(kHighestRate));
  if (d.repeal == (d.rate || d.originating))
    refuse("a decree on '" + d.measure + "' " +
               (d.repeal ? "that repeals it and changes its terms" : "that changes nothing"),
           "rate, originating or both; or repeal alone");
}

void change_terms(Measure& m, const Decree& d) {
  Terms terms = m.start < d.from ? m.terms(d.from) : m.calendar.front();
  terms.from = d.from;
  if (d.rate) {
    terms.rate = static_cast<float>(*d.rate);
    terms.schedule = false;
  }
  if (d.originating) terms.originating = *d.originating;
  std::erase_if(m.calendar, [&](const Terms& t) { return t.from >= d.from; });
  m.calendar.push_back(terms);
  m.start = m.calendar.front().from;
  m.legal_start = std::min(m.legal_start, m.start);
}

} // namespace

RegimeData decreed(RegimeData law, const Decree& d, const std::string& where) {
  check(law, d, where);
  for (auto& m : law.measures) {
    if (!named(m, d.measure) || (m.end && *m.end <= d.from)) continue;
    if (!d.repeal) {
      change_terms(m, d);
    } else if (m.start < d.from) {
      std::erase_if(m.calendar, [&](const Terms& t) { return t.from >= d.from; });
      m.end = m.legal_end = d.from;
    }
  }
  if (d.repeal)
    std::erase_if(law.measures,
                  [&](const Measure& m) { return named(m, d.measure) && m.start >= d.from; });
  return law;
}

} // namespace nearshore
