#include "output/calibration/runs.hpp"

#include "output/memory_run.hpp"
#include "output/run_output.hpp"
#include "policy/error.hpp"
#include "sim/config/load_scenario.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

namespace nearshore {
namespace {

std::int64_t months_of(const Scenario& s) {
  return s.run.spin_up + (s.run.end - s.run.start) + 1;
}

/// Ends the run when the user asks for it.
class StoppableRun : public MemoryRun {
public:
  StoppableRun(const Scenario& s, const std::vector<std::string>& names,
               const std::atomic<bool>* flag)
      : MemoryRun(s.reporting, s.run.reference, s.title, names), stop(flag) {}
  void on_month(const MonthRecord& record) override {
    if (stop != nullptr && *stop) throw Interrupted{};
    MemoryRun::on_month(record);
  }

private:
  const std::atomic<bool>* stop;
};

/// What is read of one scenario's runs for a target: the figure, its scale left for the comparison.
Target part_of(const FitTarget& target) {
  Target figure = target.figure;
  if (target.comparison != HowDiffers::none) figure.scale = 1;
  return figure;
}

} // namespace

CalibrationRuns::CalibrationRuns(const CalibrationProblem& p, int n, const std::atomic<bool>* flag)
    : problem(p), threads(n), stop(flag), figures(p.scenarios.size()),
      target_of(p.scenarios.size()) {
  for (std::size_t s = 0; s < p.scenarios.size(); ++s) {
    auto sets = p.scenarios[s].sets;
    sets.push_back("run.firms=" + std::to_string(p.scenarios[s].firms));
    scenarios.push_back(load_scenario(p.scenarios[s].file, sets));
    describe_run(scenarios.back()); // refuses a scenario without [reporting]
    for (const auto& parameter : p.parameters)
      set_number(scenarios.back(), parameter.key, parameter.start); // refuses unknown sectors
    for (std::size_t i = 0; i < p.seeds.size(); ++i)
      if (std::find(p.scenarios[s].seeds.begin(), p.scenarios[s].seeds.end(), p.seeds[i]) !=
          p.scenarios[s].seeds.end())
        runs.push_back({s, p.seeds[i], i});
  }
  for (std::size_t t = 0; t < p.targets.size(); ++t)
    for (const auto s : {std::optional{p.targets[t].scenario}, p.targets[t].against})
      if (s) {
        figures[*s].push_back(part_of(p.targets[t]));
        target_of[*s].push_back(t);
      }
  const auto length = [&](const Run& r) {
    return months_of(scenarios[r.scenario]) * scenarios[r.scenario].run.firms;
  };
  std::stable_sort(runs.begin(), runs.end(),
                   [&](const Run& a, const Run& b) { return length(a) > length(b); });
}

EnsemblePlan CalibrationRuns::plan(std::size_t points) const {
  std::int64_t most = 0;
  for (const auto& s : scenarios)
    most = std::max(most, s.run.firms);
  const std::size_t all = points * runs.size();
  if (threads <= 0) return plan_ensemble(all, most);
  const int jobs = static_cast<int>(std::min(all, static_cast<std::size_t>(threads)));
  return {jobs, std::max(1, threads / jobs)};
}

std::int64_t CalibrationRuns::firm_months() const {
  std::int64_t sum = 0;
  for (const auto& r : runs)
    sum += months_of(scenarios[r.scenario]) * scenarios[r.scenario].run.firms;
  return sum;
}

std::string CalibrationRuns::identity() const {
  std::string text;
  for (const auto& s : scenarios)
    text += s.resolved_outcome;
  return text;
}

std::vector<Figures>
CalibrationRuns::operator()(const std::vector<std::vector<double>>& points) const {
  std::vector<std::vector<double>> raw(points.size() * runs.size());
  std::vector<std::vector<std::string>> names;
  for (const auto& of_scenario : figures)
    names.push_back(variables_of(of_scenario));
  // Longest first over all points: processors end together.
  const auto place = [&](std::size_t run) {
    return std::pair{run % points.size(), run / points.size()};
  };
  run_ensemble(
      raw.size(),
      [&](std::size_t run) {
        const auto [point, r] = place(run);
        auto scenario = with_seed(scenarios[runs[r].scenario], runs[r].seed);
        for (std::size_t p = 0; p < problem.parameters.size(); ++p)
          set_number(scenario, problem.parameters[p].key, points[point][p]);
        return scenario;
      },
      plan(points.size()),
      [&](std::size_t run, const Scenario& s) {
        return std::make_unique<StoppableRun>(s, names[runs[place(run).second].scenario], stop);
      },
      [&](std::size_t run, Observer& months) {
        const auto [point, r] = place(run);
        raw[point * runs.size() + r] =
            evaluate(figures[runs[r].scenario], static_cast<StoppableRun&>(months));
      });
  return combine(points.size(), raw);
}

std::vector<Figures> CalibrationRuns::combine(std::size_t points,
                                              const std::vector<std::vector<double>>& raw) const {
  std::vector<Figures> out;
  for (std::size_t point = 0; point < points; ++point) {
    auto& here = out.emplace_back(problem.targets.size(), problem.seeds.size());
    Figures there = here;
    for (std::size_t r = 0; r < runs.size(); ++r) {
      const auto s = runs[r].scenario;
      for (std::size_t i = 0; i < target_of[s].size(); ++i) {
        const auto t = target_of[s][i];
        auto& side = problem.targets[t].scenario == s ? here : there;
        side.at(t, runs[r].seed_place) = raw[point * runs.size() + r][i];
      }
    }
    for (std::size_t t = 0; t < problem.targets.size(); ++t) {
      const auto& target = problem.targets[t];
      if (target.comparison == HowDiffers::none) continue;
      for (std::size_t s = 0; s < problem.seeds.size(); ++s)
        here.at(t, s) =
            target.figure.scale * compare(target.comparison, here.at(t, s), there.at(t, s));
    }
  }
  return out;
}

} // namespace nearshore
