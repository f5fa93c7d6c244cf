#include "output/experiment.hpp"

#include "output/ensemble_progress.hpp"
#include "output/memory_run.hpp"
#include "output/quantile.hpp"
#include "output/run_output.hpp"
#include "policy/error.hpp"
#include "sim/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace nearshore {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double combine(HowCompared how, double a, double b, double tariff) {
  switch (how) {
  case HowCompared::difference:
    return a - b;
  case HowCompared::ratio:
    return a / b;
  case HowCompared::elasticity:
    return std::log(a / b) / std::log(1 + tariff);
  default:
    return a;
  }
}

} // namespace

std::vector<double> compared(const ExperimentFigure& figure,
                             const std::vector<std::vector<double>>& values,
                             const std::vector<double>& at) {
  const auto how = figure.comparison;
  if (how == HowCompared::spread) {
    const Band one = band(values[0]), other = band(values[1]);
    return {std::abs(one.median - other.median) / (other.p95 - other.p05)};
  }
  std::vector<double> out;
  for (std::size_t seed = 0; seed < values[0].size(); ++seed) {
    if (how == HowCompared::rise || how == HowCompared::fall || how == HowCompared::peak) {
      std::size_t top = 0;
      bool whole = true;
      for (std::size_t r = 0; r < values.size(); ++r) {
        whole &= !std::isnan(values[r][seed]);
        if (values[r][seed] > values[top][seed]) top = r;
      }
      out.push_back(!whole                     ? kNaN
                    : how == HowCompared::peak ? at[top]
                    : how == HowCompared::rise ? values[top][seed] - values.front()[seed]
                                               : values[top][seed] - values.back()[seed]);
    } else {
      out.push_back(
          combine(how, values[0][seed], values.size() > 1 ? values[1][seed] : 0, figure.tariff));
    }
  }
  return out;
}

namespace {

/// A scenario with overrides, made once with every seed that an experiment asks for.
struct Job {
  std::string scenario;
  std::vector<std::string> sets;
  std::vector<std::uint64_t> seeds;
  std::vector<Target> targets;             ///< of all experiments
  std::vector<std::vector<double>> values; ///< [seed][target]
  std::shared_ptr<const Scenario> loaded;

  [[nodiscard]] std::int64_t length() const {
    return loaded->run.spin_up + written_months(loaded->run);
  }
  [[nodiscard]] std::int64_t work() const { return loaded->run.firms * length(); }
};

/// Where the values of a run of a figure are.
struct Place {
  std::size_t job, target;
};

class Jobs {
public:
  /// Asks for a figure of a run; equal runs of several experiments are one job.
  Place ask(const ExperimentRun& run, const std::vector<std::uint64_t>& seeds,
            const Target& target) {
    const auto same = [&](const Job& j) {
      return j.scenario == run.scenario && j.sets == run.sets && j.seeds == seeds;
    };
    auto at = std::find_if(jobs.begin(), jobs.end(), same);
    if (at == jobs.end()) {
      jobs.push_back({run.scenario, run.sets, seeds, {}, {}, load(run)});
      at = jobs.end() - 1;
    }
    at->targets.push_back(target);
    return {static_cast<std::size_t>(at - jobs.begin()), at->targets.size() - 1};
  }

  void run(const ExperimentOptions& options);
  [[nodiscard]] std::vector<double> values(Place place) const {
    std::vector<double> out;
    for (const auto& figures : jobs[place.job].values)
      out.push_back(figures[place.target]);
    return out;
  }

private:
  std::vector<Job> jobs;

  static std::shared_ptr<const Scenario> load(const ExperimentRun& run) {
    try {
      auto scenario = load_scenario(run.scenario, run.sets);
      describe_run(scenario); // refuses one without [reporting]
      return std::make_shared<const Scenario>(std::move(scenario));
    } catch (const Error& e) {
      throw Error{e.kind, e.what_is_wrong + " (run '" + run.name + "' of " + run.where + ")",
                  e.where, e.allowed, e.suggestion};
    }
  }
};

/// Keeps what the figures of a job need, and tells of every month.
class Watched : public Observer {
public:
  Watched(const Scenario& s, std::span<const std::string> variables, EnsembleProgress* p)
      : months(s.reporting, s.run.reference, s.title, variables), progress(p) {}
  void on_month(const MonthRecord& record) override {
    months.on_month(record);
    if (progress != nullptr) progress->month_done();
  }
  MemoryRun months;

private:
  EnsembleProgress* progress;
};

void Jobs::run(const ExperimentOptions& options) {
  struct One {
    std::size_t job, seed;
  };
  std::vector<One> runs;
  std::int64_t months = 0, largest = 0;
  for (std::size_t j = 0; j < jobs.size(); ++j) {
    jobs[j].values.resize(jobs[j].seeds.size());
    largest = std::max(largest, jobs[j].loaded->run.firms);
    for (std::size_t s = 0; s < jobs[j].seeds.size(); ++s) {
      runs.push_back({j, s});
      months += jobs[j].length();
    }
  }
  // The longest first, so that no core waits for one at the end.
  std::stable_sort(runs.begin(), runs.end(), [&](const One& a, const One& b) {
    return jobs[a.job].work() > jobs[b.job].work();
  });
  std::unique_ptr<EnsembleProgress> progress;
  if (options.progress)
    progress = std::make_unique<EnsembleProgress>(
        runs.size(), static_cast<int>(months / static_cast<std::int64_t>(runs.size())),
        Progress::style_for(stderr));
  run_ensemble(
      runs.size(),
      [&](std::size_t i) {
        const Job& job = jobs[runs[i].job];
        return with_seed(*job.loaded, job.seeds[runs[i].seed]);
      },
      plan_ensemble(runs.size(), largest, options.jobs),
      [&](std::size_t i, const Scenario& s) {
        return std::make_unique<Watched>(s, variables_of(jobs[runs[i].job].targets),
                                         progress.get());
      },
      [&](std::size_t i, Observer& observer) {
        Job& job = jobs[runs[i].job];
        job.values[runs[i].seed] = evaluate(job.targets, static_cast<Watched&>(observer).months);
        if (progress) progress->run_done();
      });
}

/// The runs that a figure looks at, in the order of compared().
std::vector<const ExperimentRun*> runs_of(const ExperimentFigure& f, const Experiment& e) {
  std::vector<const ExperimentRun*> out;
  for (const auto& run : e.runs)
    if (run.sweep == f.run && !run.sweep.empty()) out.push_back(&run);
  if (!out.empty()) return out;
  for (const auto* name : {&f.run, &f.against})
    for (const auto& run : e.runs)
      if (!name->empty() && run.name == *name) out.push_back(&run);
  return out;
}

} // namespace

std::vector<TargetResult> run_experiments(const std::vector<Experiment>& experiments,
                                          const ExperimentOptions& options) {
  Jobs jobs;
  std::vector<std::vector<Place>> places;
  for (const auto& e : experiments)
    for (const auto& f : e.figures) {
      places.emplace_back();
      for (const auto* run : runs_of(f, e))
        places.back().push_back(jobs.ask(*run, e.seeds, f.target));
    }
  jobs.run(options);

  std::vector<TargetResult> results;
  std::size_t at = 0;
  for (const auto& e : experiments)
    for (const auto& f : e.figures) {
      std::vector<std::vector<double>> values;
      for (const auto place : places[at++])
        values.push_back(jobs.values(place));
      std::vector<double> swept;
      for (const auto* run : runs_of(f, e))
        swept.push_back(run->at);
      TargetResult r;
      r.target = f.target;
      r.values = compared(f, values, swept);
      judge(r);
      results.push_back(std::move(r));
    }
  return results;
}

} // namespace nearshore
