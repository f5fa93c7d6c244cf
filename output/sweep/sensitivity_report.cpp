#include "output/sweep/sensitivity_report.hpp"

#include "output/sweep/run_result.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

/// Places of the names asked for among those there are; all of them where none is asked for.
std::vector<std::size_t> chosen(const std::vector<std::string>& asked,
                                const std::vector<std::string>& known, const std::string& option) {
  std::vector<std::size_t> out;
  for (const auto& name : asked.empty() ? known : asked) {
    const auto at = std::find(known.begin(), known.end(), name);
    if (at == known.end())
      throw Error{ErrorKind::input, "'" + name + "' is none of the sweep's", option, join(known),
                  nearest(name, std::span<const std::string>(known))};
    out.push_back(static_cast<std::size_t>(at - known.begin()));
  }
  return out;
}

/// Outcomes of every run, [run][outcome].
std::vector<std::vector<double>> outcomes_of(const Ledger& ledger) {
  std::vector<std::vector<double>> out;
  for (const auto& run : ledger.runs())
    out.push_back(RunResult{ledger.log(run.log), run.record}.numbers().outcomes);
  return out;
}

/// The parameters as a regression sees them: logarithms where the range is divided so.
PointTable regressors(const Sweep& sweep) {
  auto x = sweep.points;
  for (std::size_t i = 0; i < x.cells.size(); ++i)
    if (sweep.parameters[i % x.columns].spacing == Spacing::log) x.cells[i] = std::log(x.cells[i]);
  return x;
}

class Reporter {
public:
  Reporter(const Sweep& s, const Ledger& ledger, const SensitivityOptions& o)
      : sweep(s), options(o), values(outcomes_of(ledger)), x(regressors(s)) {
    if (sweep.design.method == DesignMethod::morris)
      places = places_of(sweep.design, sweep.parameters.size());
  }

  void add(std::size_t policy, std::size_t outcome) {
    const auto means = means_over_seeds(policy, outcome);
    report.text += heading(policy, outcome, means);
    const auto& name = sweep.policies[policy].name;
    const auto& what = sweep.outcomes[outcome].name;
    const auto row = [&](std::size_t p, const char* measure, const Estimate& e) {
      report.rows.push_back({name, what, sweep.parameters[p].name, measure, e});
    };
    std::vector<std::vector<Estimate>> columns;
    std::vector<std::string> titles;
    const auto column = [&](const char* title, const char* measure, auto estimate_of) {
      titles.emplace_back(title);
      columns.emplace_back();
      for (std::size_t p = 0; p < sweep.parameters.size(); ++p) {
        columns.back().push_back(estimate_of(p));
        row(p, measure, columns.back().back());
      }
    };
    if (sweep.design.method == DesignMethod::saltelli) {
      const auto sobol = sobol_indices(means, sweep.parameters.size(), options.bootstrap);
      column("first order", "first_order", [&](std::size_t p) { return sobol[p].first; });
      column("total", "total", [&](std::size_t p) { return sobol[p].total; });
    }
    if (sweep.design.method == DesignMethod::morris) {
      const auto morris = morris_effects(means, places, options.bootstrap);
      column("mean |effect|", "mean_absolute",
             [&](std::size_t p) { return morris[p].mean_absolute; });
      column("mean effect", "mean", [&](std::size_t p) { return morris[p].mean; });
      column("spread", "deviation", [&](std::size_t p) { return morris[p].deviation; });
    }
    const auto line = standardised_effects(means, x, options.bootstrap);
    column("standardised", "standardised", [&](std::size_t p) { return line.effect[p]; });
    report.text += table(titles, columns);
    report.text += std::isnan(line.explained)
                       ? std::string{"  too few points, or too little variation, for a line\n"}
                       : fmt::format("  a line explains {:.0f} % of the variance over points\n",
                                     100 * line.explained);
  }

  SensitivityReport report;

private:
  const Sweep& sweep;
  const SensitivityOptions& options;
  std::vector<std::vector<double>> values;
  PointTable x, places;

  std::vector<double> means_over_seeds(std::size_t policy, std::size_t outcome) const {
    const std::size_t seeds = sweep.seeds.size();
    std::vector<double> out;
    for (std::size_t point = 0; point < sweep.point_count(); ++point) {
      double sum = 0;
      for (std::size_t s = 0; s < seeds; ++s)
        sum += values[(policy * sweep.point_count() + point) * seeds + s].at(outcome);
      out.push_back(sum / static_cast<double>(seeds));
      if (std::isnan(out.back()))
        throw Error{ErrorKind::input,
                    fmt::format("the outcome {} is no number at point {} of {}",
                                sweep.outcomes[outcome].name, point, sweep.policies[policy].name),
                    sweep.outcomes[outcome].figure.where, "a figure that every run has"};
    }
    return out;
  }

  std::string heading(std::size_t policy, std::size_t outcome,
                      const std::vector<double>& means) const {
    const auto& o = sweep.outcomes[outcome];
    double sum = 0, squares = 0;
    for (const double m : means)
      sum += m;
    const auto n = static_cast<double>(means.size());
    for (const double m : means)
      squares += (m - sum / n) * (m - sum / n);
    return fmt::format("\n{}: {}{} (policy {}): mean {:.4g}, standard deviation over {} points "
                       "{:.3g}\n",
                       o.name, o.figure.says, o.figure.unit.empty() ? "" : ", " + o.figure.unit,
                       sweep.policies[policy].name, sum / n, means.size(),
                       n > 1 ? std::sqrt(squares / (n - 1)) : 0.0);
  }

  std::string table(const std::vector<std::string>& titles,
                    const std::vector<std::vector<Estimate>>& columns) const {
    std::size_t width = 0;
    for (const auto& p : sweep.parameters)
      width = std::max(width, p.name.size());
    std::string text = fmt::format("  {:{}}", "", width);
    for (const auto& title : titles)
      text += fmt::format("  {:>26}", title);
    text += "\n";
    for (std::size_t p = 0; p < sweep.parameters.size(); ++p) {
      text += fmt::format("  {:{}}", sweep.parameters[p].name, width);
      for (const auto& column : columns)
        text += fmt::format("  {:>26}", fmt::format("{:.3g} [{:.3g}, {:.3g}]", column[p].value,
                                                    column[p].low, column[p].high));
      text += "\n";
    }
    return text;
  }
};

} // namespace

SensitivityReport sensitivity_of(const Sweep& sweep, const Ledger& ledger,
                                 const SensitivityOptions& options) {
  const auto refuse = [&](const std::string& what, const std::string& allowed) {
    throw Error{ErrorKind::input, what, sweep.file, allowed};
  };
  if (sweep.parameters.empty()) refuse("the sweep moves no parameter", "[[parameter]]");
  if (sweep.outcomes.empty())
    refuse("the sweep has no outcome to look at", "[[outcome]], or extends = \"outcomes.toml\"");
  const auto missing = sweep.runs() - ledger.count(RunStatus::done);
  if (missing > 0)
    refuse(std::to_string(missing) + " of " + std::to_string(sweep.runs()) + " runs are missing",
           "all of them: `nearshore sweep status` says why");
  std::vector<std::string> policies, outcomes;
  for (const auto& p : sweep.policies)
    policies.push_back(p.name);
  for (const auto& o : sweep.outcomes)
    outcomes.push_back(o.name);
  Reporter reporter{sweep, ledger, options};
  for (const auto policy : chosen(options.policies, policies, "--policy"))
    for (const auto outcome : chosen(options.outcomes, outcomes, "--outcome"))
      reporter.add(policy, outcome);
  return std::move(reporter.report);
}

std::string sensitivity_csv(const std::vector<SensitivityRow>& rows) {
  std::string text = "policy,outcome,parameter,measure,value,low,high\n";
  for (const auto& r : rows)
    text += fmt::format("{},{},{},{},{:.6g},{:.6g},{:.6g}\n", r.policy, r.outcome, r.parameter,
                        r.measure, r.estimate.value, r.estimate.low, r.estimate.high);
  return text;
}

} // namespace nearshore
