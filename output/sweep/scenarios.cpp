#include "output/sweep/scenarios.hpp"

#include "output/ensemble_output.hpp"
#include "output/headlines.hpp"
#include "output/memory_run.hpp"
#include "output/run_output.hpp"
#include "policy/text.hpp"
#include "sim/ensemble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

// Building the world and setting the base year take as long as some months (docs/performance.md);
// slices only need the proportion between runs of different sizes.
constexpr double kMonthsOfWorld = 10;
constexpr double kFirmsOfOverhead = 500; // what a month costs with no firm, in firms
constexpr std::int64_t kFewestFirms = 1000, kMostFirms = 2'000'000;

bool is_number(const std::string& key) {
  return key.starts_with("parameters.") || key.starts_with("sectors.");
}

std::string set_text(const SweepParameter& p, double value) {
  const bool whole = std::abs(value) < 1e15 && value == std::floor(value);
  return p.key + "=" +
         (whole ? std::to_string(static_cast<std::int64_t>(value)) : number_text(value));
}

} // namespace

MonthRecord month_of_nothing(const Reporting& r, Month month) {
  const std::size_t R = r.R(), S = r.S();
  MonthRecord m;
  m.month = month;
  m.claims.resize(R * R * S);
  m.trade.resize(R * R * S * 2 * r.P());
  m.duty.resize(R * R * S * r.A());
  m.exports_content.resize(R * S * R);
  m.rvc_exports.resize(R * S * kRvcBins);
  m.gross_output.resize(R * S);
  m.employment.resize(R * S);
  m.price_index.resize(R * S);
  m.capacity_utilisation.resize(R * S);
  m.active_firms.resize(R * S);
  m.final_spending.resize(R);
  return m;
}

std::vector<Headline> headlines_of_nothing(const Reporting& r, std::span<const double> wages) {
  return headlines(month_of_nothing(r, {2000, 1}), r, wages);
}

Error at_parameter(const Error& e, const SweepParameter& p, double value) {
  if (e.where != "--set " + set_text(p, value)) return e;
  return {e.kind, e.what_is_wrong, p.where, e.allowed, e.suggestion};
}

SweepScenarios::SweepScenarios(const Sweep& s, std::vector<std::string> frozen)
    : sweep(s), frozen_files(std::move(frozen)) {
  for (const auto& p : sweep.parameters) {
    if (is_number(p.key))
      movers.push_back({Way::number, numeric_key(p.key, p.where)});
    else if (p.key == "run.firms")
      movers.push_back({Way::firms, {}});
    else
      movers.push_back({Way::read, {}});
    if (p.key == "run.firms" &&
        (p.low < static_cast<double>(kFewestFirms) || p.high > static_cast<double>(kMostFirms)))
      throw Error{ErrorKind::input,
                  "run.firms from " + number_text(p.low) + " to " + number_text(p.high), p.where,
                  std::to_string(kFewestFirms) + " to " + std::to_string(kMostFirms)};
  }
  for (std::size_t p = 0; p < sweep.policies.size(); ++p) {
    const auto& policy = sweep.policies[p];
    policies.push_back(frozen_files.empty() ? load_scenario(policy.file, policy.sets)
                                            : load_scenario(frozen_files[p]));
    describe_run(policies.back()); // refuses a scenario without [reporting]
    if (p > 0) check_same_grid(policies[p], policies[0], policy.where);
    if (p > 0 && policies[p].run.world == policies[0].run.world)
      policies[p].world = policies[0].world;
    wage_bill_of.push_back(
        std::make_shared<const std::vector<double>>(wage_bills(*policies[p].world)));
  }
  try_parameters();
  try_outcomes();
}

void SweepScenarios::try_parameters() const {
  if (sweep.parameters.empty()) return;
  const auto first = sweep.values(0);
  for (std::size_t i = 0; i < sweep.parameters.size(); ++i)
    for (const double value : {sweep.parameters[i].low, sweep.parameters[i].high}) {
      std::vector<double> values(first.begin(), first.end());
      values[i] = value;
      try {
        (void)at(0, values, sweep.seeds.front());
      } catch (const Error& e) {
        if (movers[i].way == Way::number && e.where == policies[0].file)
          throw Error{e.kind, e.what_is_wrong, sweep.parameters[i].where, e.allowed, e.suggestion};
        throw at_parameter(e, sweep.parameters[i], value);
      }
    }
}

void SweepScenarios::try_outcomes() const {
  std::vector<Target> figures;
  for (const auto& o : sweep.outcomes)
    figures.push_back(o.figure);
  const auto& s = policies.front();
  for (const auto& figure : figures)
    for (const auto& window : {figure.window, figure.against})
      if (window && (window->first < s.run.start || window->second > s.run.end))
        throw Error{ErrorKind::input,
                    fmt::format("'{}' looks at {} to {}, and the runs have {} to {}", figure.says,
                                window->first.text(), window->second.text(), s.run.start.text(),
                                s.run.end.text()),
                    figure.where, "months of the runs"};
  MemoryRun month{s.reporting, s.run.reference, s.title, variables_of(figures)};
  month.on_month(month_of_nothing(*s.reporting, s.run.start));
  (void)evaluate(figures, month);
}

Scenario SweepScenarios::read_again(std::size_t p, std::span<const double> values) const {
  std::vector<std::string> sets;
  if (frozen_files.empty()) sets = sweep.policies[p].sets;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (movers[i].way == Way::read) sets.push_back(set_text(sweep.parameters[i], values[i]));
  auto scenario =
      load_scenario(frozen_files.empty() ? sweep.policies[p].file : frozen_files[p], sets);
  if (scenario.run.world == policies[p].run.world) scenario.world = policies[p].world;
  return scenario;
}

Scenario SweepScenarios::at(std::size_t p, std::span<const double> values,
                            std::uint64_t seed) const {
  const bool read =
      std::any_of(movers.begin(), movers.end(), [](const Mover& m) { return m.way == Way::read; });
  auto scenario = with_seed(read ? read_again(p, values) : policies[p], seed);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (movers[i].way == Way::number) set_number(scenario, *movers[i].key, values[i]);
    if (movers[i].way == Way::firms) scenario.run.firms = static_cast<std::int64_t>(values[i]);
  }
  return scenario;
}

Scenario SweepScenarios::operator()(std::size_t run) const {
  const auto [policy, point, seed] = sweep.place(run);
  return at(policy, sweep.values(point), sweep.seeds[seed]);
}

std::int64_t SweepScenarios::firms(std::size_t run) const {
  const auto [policy, point, seed] = sweep.place(run);
  for (std::size_t i = 0; i < movers.size(); ++i)
    if (movers[i].way == Way::firms) return static_cast<std::int64_t>(sweep.values(point)[i]);
  return policies[policy].run.firms;
}

int SweepScenarios::months(std::size_t run) const {
  const auto& settings = policies[sweep.place(run).policy].run;
  return settings.spin_up + written_months(settings);
}

double SweepScenarios::weight(std::size_t run) const {
  return (static_cast<double>(firms(run)) + kFirmsOfOverhead) * (months(run) + kMonthsOfWorld);
}

} // namespace nearshore
