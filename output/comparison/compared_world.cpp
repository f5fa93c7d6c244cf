#include "output/comparison/compare_files.hpp"

#include "output/headlines.hpp"

#include <algorithm>

namespace nearshore {

ComparedWorld compared_world(const Scenario& scenario) {
  if (!scenario.reporting)
    throw Error{ErrorKind::input, "the scenario has no table [reporting]", scenario.file,
                "extends = \"reporting.toml\", or a table [reporting] like the one in it"};
  const auto& r = *scenario.reporting;
  ComparedWorld w;
  w.regions = r.regions;
  w.sectors = r.sectors;
  w.authorities = r.authorities;
  w.is_goods = r.is_goods;
  w.home = r.home;
  w.fellows = r.fellow_members;
  for (const auto& g : r.sector_groups)
    w.sector_groups.push_back({g.name, g.members});
  const auto has_home = [&](const ReportingGroup& g) {
    return std::find(g.members.begin(), g.members.end(), r.home) != g.members.end();
  };
  const auto bloc = std::find_if(r.blocs.begin(), r.blocs.end(), has_home);
  if (bloc == r.blocs.end())
    throw Error{ErrorKind::input, "no bloc of [reporting] holds the home region", scenario.file,
                "blocs = [\"north_america\", ...]"};
  w.bloc = {bloc->name, bloc->members};
  for (const auto& g : r.content_groups)
    if (g.members.size() > 1 && !has_home(g)) w.distant.push_back({g.name, g.members});
  w.wage_bill = wage_bills(*scenario.world);
  return w;
}

SupplyStop supply_stop(std::span<const Scenario> scenarios, const std::vector<Month>& months) {
  SupplyStop stop;
  const auto add = [&](Month first, Month last) {
    first = std::max(first, months.front());
    last = std::min(last, months.back());
    if (first > last) return;
    stop = stop.any() ? SupplyStop{std::min(stop.first, first), std::max(stop.last, last)}
                      : SupplyStop{first, last};
  };
  for (const auto& s : scenarios)
    for (const auto& lever : s.regime->data().levers) {
      if (lever.kind != LeverKind::capacity) continue;
      for (std::size_t i = 0; i < lever.path.size(); ++i) {
        if (lever.path[i].factor >= 1) continue;
        auto end = lever.until;
        if (i + 1 < lever.path.size()) end = lever.path[i + 1].from;
        const Month last = !end            ? months.back()
                           : end->day == 1 ? end->in_month() + -1
                                           : end->in_month();
        add(lever.path[i].from.in_month(), last);
      }
    }
  return stop;
}

bool other_terms(const Scenario& base, const Scenario& policy, const ComparedWorld& w,
                 Month month) {
  const auto a = base.regime->compile(month), b = policy.regime->compile(month);
  for (std::size_t k = 0; k < a.agreements.size() && k < b.agreements.size(); ++k)
    if (a.agreements[k].in_force != b.agreements[k].in_force) return true;
  const auto &x = base.regime->data().lines, &y = policy.regime->data().lines;
  if (x.size() != y.size() || a.duties.programmes() != b.duties.programmes()) return true;
  const auto is_fellow = [&](RegionId origin) {
    return std::find(w.fellows.begin(), w.fellows.end(), origin.index()) != w.fellows.end();
  };
  for (std::size_t l = 0; l < x.size(); ++l) {
    if (!is_fellow(x[l].origin)) continue;
    const auto row = [&](const DutyTable& duties, const TariffLine& line) {
      return duties.row(RegionId{w.home}, line.origin, line.sector, LineId{l});
    };
    for (std::size_t p = 0; p < a.duties.programmes(); ++p) {
      const auto before = a.duties.total(row(a.duties, x[l]), ProgrammeId{p});
      const auto after = b.duties.total(row(b.duties, y[l]), ProgrammeId{p});
      if (before.full != after.full || before.content != after.content) return true;
    }
  }
  return false;
}

ComparedPeriod parse_period(const std::string& text, const std::string& option) {
  const auto colon = text.find(':');
  const auto first = parse_month(text.substr(0, colon));
  const auto last = colon == text.npos ? first : parse_month(text.substr(colon + 1));
  if (!first || !last)
    throw Error{ErrorKind::input, "'" + text + "' is no month and no period", option,
                "2026-06, or 2025-07:2025-12"};
  if (*last < *first)
    throw Error{ErrorKind::input, "'" + text + "' runs backwards", option,
                last->text() + ":" + first->text()};
  return {*first == *last ? first->text() : first->text() + " to " + last->text(), *first, *last};
}

const char* closure_name(Closure closure) {
  switch (closure) {
  case Closure::fixed_wage:
    return "fixed_wage";
  case Closure::labour_supply:
    return "labour_supply";
  case Closure::balanced_trade:
    return "balanced_trade";
  }
  return "";
}

} // namespace nearshore
