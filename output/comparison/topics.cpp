#include "output/comparison/topics.hpp"

#include <algorithm>

namespace nearshore {
namespace topics {
namespace {

std::vector<ComparedGroup> sector_lists(const ComparedWorld& w, bool goods_only) {
  std::vector<ComparedGroup> out{{"", {}}};
  for (std::size_t s = 0; s < w.S(); ++s) {
    if (goods_only && !w.is_goods[s]) continue;
    out[0].members.push_back(s);
    out.push_back({w.sectors[s], {s}});
  }
  for (auto group : w.sector_groups) {
    if (goods_only) std::erase_if(group.members, [&](std::size_t s) { return !w.is_goods[s]; });
    if (!group.members.empty() && group.members != out[0].members) out.push_back(std::move(group));
  }
  return out;
}

void add_sales(std::span<const double> values, int use, std::size_t programmes,
               std::vector<double>& out) {
  for (std::size_t i = 0; i < out.size(); ++i)
    for (int u = 0; u < 2; ++u)
      for (std::size_t p = 0; (use < 0 || use == u) && p < programmes; ++p)
        out[i] += values[(2 * i + static_cast<std::size_t>(u)) * programmes + p];
}

} // namespace

std::vector<ComparedGroup> places(const ComparedWorld& w) {
  std::vector<ComparedGroup> out;
  for (std::size_t r = 0; r < w.R(); ++r)
    out.push_back({w.regions[r], {r}});
  out.push_back(w.bloc);
  out.insert(out.end(), w.distant.begin(), w.distant.end());
  return out;
}

std::vector<ComparedGroup> goods(const ComparedWorld& w) {
  return sector_lists(w, true);
}
std::vector<ComparedGroup> activities(const ComparedWorld& w) {
  return sector_lists(w, false);
}

bool of_interest(const ComparedWorld& w, const ComparedGroup& place) {
  if (place.members.size() != 1) return true; // a group is there because it is of interest
  const std::size_t r = place.members[0];
  return r == w.home || std::find(w.fellows.begin(), w.fellows.end(), r) != w.fellows.end();
}

bool main_sectors(const ComparedWorld& w, const ComparedGroup& sectors) {
  return sectors.name.empty() ||
         (!w.sector_groups.empty() && sectors.name == w.sector_groups.front().name);
}

std::vector<double> sales(const Question& q, int use) {
  const auto values = q.run.sum("trade_value", q.period);
  std::vector<double> out(q.world.R() * q.world.R() * q.world.S());
  add_sales(values, use, values.size() / out.size() / 2, out);
  return out;
}

std::vector<double> sales(const RunSums& run, const ComparedWorld& w, Month when, int use) {
  const auto values = run.month("trade_value", when);
  std::vector<double> out(w.R() * w.R() * w.S());
  add_sales(values, use, values.size() / out.size() / 2, out);
  return out;
}

} // namespace topics

void add_outcomes(const RunSums& run, const ComparedWorld& world, const ComparedPeriod& period,
                  const SupplyStop& stop, const std::set<std::string>& topics, Outcomes& out) {
  using Topic = void (*)(const topics::Question&, Outcomes&);
  static const std::vector<Topic> functions{
      topics::claims,     topics::trade,         topics::content,   topics::dependence,
      topics::production, topics::employment,    topics::prices,    topics::duties,
      topics::deficits,   topics::concentration, topics::resilience};
  const topics::Question question{run, world, period, stop};
  for (std::size_t i = 0; i < functions.size(); ++i)
    if (topics.count(comparison_topics()[i]) > 0) functions[i](question, out);
}

} // namespace nearshore
