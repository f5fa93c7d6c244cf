#include "policy/regime.hpp"

#include "policy/error.hpp"
#include "policy/stack.hpp"

#include <algorithm>
#include <array>

namespace nearshore {
namespace {

void note(std::vector<Date>& dates, const std::optional<Date>& date) {
  if (date) dates.push_back(*date);
}

Date first_day(Month month) {
  return {month.year(), month.month(), 1};
}

} // namespace

Regime::Regime(RegimeData data) : law(std::move(data)) {
  for (const auto& m : law.measures) {
    changes.push_back(m.start);
    note(changes, m.end);
    for (const auto& t : m.calendar)
      changes.push_back(t.from);
  }
  for (const auto& rule : law.stacking) {
    changes.push_back(rule.from);
    note(changes, rule.until);
  }
  for (const auto& a : law.agreements) {
    changes.push_back(a.from);
    note(changes, a.until);
    law_changes.push_back(a.from);
    note(law_changes, a.until);
    for (const auto& rule : a.rules) {
      note(law_changes, rule.from);
      note(law_changes, rule.until);
    }
  }
  for (auto* dates : {&changes, &law_changes}) {
    std::sort(dates->begin(), dates->end());
    dates->erase(std::unique(dates->begin(), dates->end()), dates->end());
  }
  for (const auto& a : law.agreements)
    for (const auto& date : law_changes) {
      // A rule that begins within a month governs from the next one on: test both.
      (void)a.at(date.in_month(), law.sectors.size());
      (void)a.at(date.in_month() + 1, law.sectors.size());
    }
  for (const auto& date : changes)
    for (std::size_t importer = 0; importer < law.regions.size(); ++importer)
      for (std::size_t origin = 0; origin < law.regions.size(); ++origin)
        (void)LaneStack{law.measures, law.stacking, importer, origin, date};
}

std::vector<Regime::Span> Regime::spans(Month month) const {
  std::vector<Span> out{{first_day(month), 0}};
  for (const auto& date : changes)
    if (date.in_month() == month && date.day > 1) {
      out.back().days = date.day - out.back().first.day;
      out.push_back({date, 0});
    }
  out.back().days = month.days() + 1 - out.back().first.day;
  return out;
}

std::uint64_t Regime::duty_state(Month month) const {
  const auto until_first = std::upper_bound(changes.begin(), changes.end(), first_day(month));
  const auto until_last = std::lower_bound(changes.begin(), changes.end(), first_day(month + 1));
  const auto interval = static_cast<std::uint64_t>(until_first - changes.begin()) + 1;
  // A month inside one interval is told by the interval, one with changes inside only by itself.
  return until_first == until_last
             ? interval
             : (std::uint64_t{1} << 32) + static_cast<std::uint64_t>(month.count);
}

Bits Regime::open_agreements(const std::vector<Agreement>& now, RegionId importer,
                             RegionId origin) const {
  Bits open = 0;
  if (importer == origin) return 0;
  for (std::size_t a = 0; a < now.size(); ++a)
    if (now[a].in_force && contains(now[a].members, importer.index()) &&
        contains(now[a].members, origin.index()))
      open |= bit(a);
  return open;
}

/// Agreements are what they are on the first day of a month.
std::uint64_t Regime::agreement_state(Month month) const {
  const auto past = std::upper_bound(law_changes.begin(), law_changes.end(), first_day(month));
  return static_cast<std::uint64_t>(past - law_changes.begin()) + 1;
}

MonthPolicy Regime::compile(Month month) const {
  MonthPolicy out;
  advance(month, out);
  return out;
}

void Regime::advance(Month month, MonthPolicy& policy) const {
  policy.month = month;
  const auto agreements = agreement_state(month), duties = duty_state(month);
  if (policy.agreement_state != agreements) {
    policy.agreements.clear();
    for (const auto& a : law.agreements)
      policy.agreements.push_back(a.at(month, law.sectors.size()));
    policy.agreement_state = agreements;
  }
  if (policy.duty_state != duties) {
    fill_duties(policy);
    policy.duty_state = duties;
  }
  fill_relief(policy);
  fill_levers(policy);
}

void Regime::fill_duties(MonthPolicy& out) const {
  const auto regions = law.regions.size(), sectors = law.sectors.size();
  out.duties =
      DutyTable{regions, sectors, law.authorities.size(), programmes(), law.lines, law.lines_known};
  const auto pieces = spans(out.month);
  const auto days = static_cast<float>(out.month.days());
  std::vector<std::vector<std::size_t>> lines_of(regions);
  for (std::size_t l = 0; l < law.lines.size(); ++l)
    lines_of[law.lines[l].origin.index()].push_back(l);

  std::vector<Rate> parts(law.authorities.size());
  std::vector<LaneStack> stacks;
  std::vector<bool> as_before; // [piece] most dates change other lanes only
  std::array<Rate, LaneStack::kMaxEntries> rates;
  for (std::size_t importer = 0; importer < regions; ++importer)
    for (std::size_t origin = 0; origin < regions; ++origin) {
      if (importer == origin) continue; // tables start at zero
      stacks.clear();
      as_before.clear();
      for (const auto& piece : pieces) {
        stacks.emplace_back(law.measures, law.stacking, importer, origin, piece.first);
        as_before.push_back(stacks.size() > 1 && std::ranges::equal(stacks.end()[-2].entries(),
                                                                    stacks.back().entries()));
      }
      const auto open = open_agreements(out.agreements, RegionId{importer}, RegionId{origin});
      const auto fill_row = [&](std::size_t row, Good good) {
        for (std::size_t p = 0; p < programmes(); ++p) {
          good.claim = p == 0 ? 0 : bit(p - 1) & open;
          if (p > 0 && good.claim == 0) { // no such agreement here: as without a claim
            const auto plain = out.duties.by_authority(row, ProgrammeId{0});
            std::copy(plain.begin(), plain.end(), parts.begin());
          } else {
            std::fill(parts.begin(), parts.end(), Rate{});
            for (std::size_t k = 0; k < pieces.size(); ++k) {
              const float weight = static_cast<float>(pieces[k].days) / days;
              const auto entries = stacks[k].entries();
              if (!as_before[k])
                stacks[k].evaluate(good,
                                   [&](std::size_t i, const Outcome& o) { rates[i] = o.rate; });
              for (std::size_t i = 0; i < entries.size(); ++i) {
                auto& part = parts[entries[i].measure->authority.index()];
                part.full += weight * rates[i].full;
                part.content += weight * rates[i].content;
              }
            }
          }
          out.duties.set(row, ProgrammeId{p}, parts);
        }
      };
      if (law.lines_known[importer]) {
        for (const auto l : lines_of[origin]) {
          const auto& line = law.lines[l];
          fill_row(out.duties.row(RegionId{importer}, line.origin, line.sector, LineId{l}),
                   {line.sector, line.mfn_rate, line.lists, line.entry_value, 0});
        }
      } else {
        for (std::size_t s = 0; s < sectors; ++s)
          fill_row(
              out.duties.row(RegionId{importer}, RegionId{origin}, SectorId{s}, LineId{0}),
              {SectorId{s}, scheduled(RegionId{importer}, RegionId{origin}, SectorId{s}), 0, 0, 0});
      }
    }
}

void Regime::fill_relief(MonthPolicy& out) const {
  const auto regions = law.regions.size();
  const auto day = first_day(out.month);
  const auto open = [&](const auto& e) {
    return (!e.from || *e.from <= day) && (!e.until || day < *e.until);
  };
  out.relief.assign(regions * 2, {});
  for (const auto& e : law.relief) {
    if (!open(e)) continue;
    for (std::size_t r = 0; r < regions; ++r)
      for (std::size_t type = 0; type < 2; ++type)
        if (contains(e.regions, r) && contains(e.types, type))
          out.relief[r * 2 + type] = {e.share_of_exports, e.share_of_all, e.limited_members_share};
  }
  out.recorded_free.assign(regions, 1);
  for (const auto& e : law.observation) {
    if (!open(e)) continue;
    for (std::size_t r = 0; r < regions; ++r)
      if (contains(e.importers, r)) out.recorded_free[r] = e.recorded_free;
  }
  out.belief.assign(law.authorities.size(), 1);
  for (const auto& e : law.beliefs)
    if (!e.from || *e.from <= day) out.belief[e.authority.index()] = e.expected;
}

} // namespace nearshore
