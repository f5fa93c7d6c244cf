#include "output/validation.hpp"

#include "output/quantile.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace nearshore {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
using Labels = std::vector<std::string>;

/// Months x cells: selected axes reduced, the others kept apart.
struct Cells {
  std::size_t months{0}, count{0};
  std::vector<double> value,
      weight; ///< sum of weight * value and of weight; sum of value without weights

  [[nodiscard]] double mean(std::size_t first, std::size_t end, std::size_t cell,
                            bool weighted) const {
    double v = 0, w = 0;
    for (std::size_t t = first; t < end; ++t) {
      v += value[t * count + cell];
      w += weighted ? weight[t * count + cell] : 1;
    }
    return w == 0 ? kNaN : v / w;
  }
};

/// For every axis: its size, the indices that a target takes of it, and whether these stay apart.
struct Axis {
  std::vector<std::size_t> taken;
  std::size_t stride{0};        ///< in the array
  std::size_t weight_stride{0}; ///< in the weight's array, 0 if it lacks the axis
  bool apart{false};
};

std::vector<Axis> axes_of(const Target& target, const LabelledArray& array,
                          const LabelledArray* weight) {
  std::vector<Axis> axes(array.dims.size());
  std::size_t stride = 1;
  for (std::size_t d = array.dims.size(); d-- > 0;) {
    axes[d].stride = stride;
    stride *= array.extent(d);
    axes[d].apart = true;
    for (std::size_t i = 0; i < array.extent(d); ++i)
      axes[d].taken.push_back(i);
  }
  for (const auto& [dim, labels] : target.select) {
    const std::size_t d = array.axis(dim);
    axes[d].apart = false;
    if (labels.front() != "*") axes[d].taken.clear();
    for (const auto& label : labels) {
      if (label == "*") continue;
      if (label.front() == '!')
        std::erase(axes[d].taken, array.find(d, label.substr(1)));
      else
        axes[d].taken.push_back(array.find(d, label));
    }
  }
  if (!target.over.empty()) axes[array.axis(target.over)].apart = false;
  if (weight == nullptr) return axes;
  stride = 1;
  for (std::size_t d = weight->dims.size(); d-- > 0;) {
    axes[array.axis(weight->dims[d])].weight_stride = stride;
    stride *= weight->extent(d);
  }
  return axes;
}

Cells reduce(const Target& target, const LabelledArray& array, const LabelledArray* weight) {
  const auto axes = axes_of(target, array, weight);
  Cells cells;
  cells.months = axes[0].taken.size();
  cells.count = 1;
  for (std::size_t d = 1; d < axes.size(); ++d)
    if (axes[d].apart) cells.count *= axes[d].taken.size();
  cells.value.assign(cells.months * cells.count, 0);
  cells.weight.assign(cells.months * cells.count, 0);

  std::vector<std::size_t> at(axes.size(), 0); // position within `taken`, axis by axis
  for (;;) {
    std::size_t from = 0, from_weight = 0, cell = 0;
    for (std::size_t d = 0; d < axes.size(); ++d) {
      from += axes[d].taken[at[d]] * axes[d].stride;
      from_weight += axes[d].taken[at[d]] * axes[d].weight_stride;
      if (d > 0 && axes[d].apart) cell = cell * axes[d].taken.size() + at[d];
    }
    const double w = weight == nullptr ? 1 : weight->values[from_weight];
    if (w != 0) { // a share of nothing is NaN and weighs nothing
      cells.value[at[0] * cells.count + cell] += w * array.values[from];
      cells.weight[at[0] * cells.count + cell] += w;
    }
    std::size_t d = axes.size();
    while (d > 0 && ++at[d - 1] == axes[d - 1].taken.size())
      at[--d] = 0;
    if (d == 0) return cells;
  }
}

struct Window {
  std::size_t first, end;
};

/// Nothing if the run lacks a month of it.
std::optional<Window> window_in(const RunView& run,
                                const std::optional<std::pair<Month, Month>>& wanted) {
  const auto& months = run.months();
  if (months.empty()) return {};
  if (!wanted) return Window{0, months.size()};
  if (wanted->first < months.front() || wanted->second > months.back()) return {};
  return Window{static_cast<std::size_t>(wanted->first - months.front()),
                static_cast<std::size_t>(wanted->second - months.front()) + 1};
}

/// Largest |sum over an axis - what it should be|, over months and cells where the sum is a number.
double sum_error(const Target& target, const RunView& run, const Cells& sums, Window window) {
  double worst = kNaN;
  const auto note = [&](double error) {
    if (!std::isnan(error)) worst = std::isnan(worst) ? error : std::max(worst, error);
  };
  if (target.of.empty()) {
    for (std::size_t i = window.first * sums.count; i < window.end * sums.count; ++i)
      note(std::abs(sums.value[i] - 1));
    return worst;
  }
  Target whole = target;
  whole.over.clear();
  const Cells of = reduce(whole, run.read(target.of), nullptr);
  if (of.count != sums.count)
    throw Error{ErrorKind::input,
                target.of + " has other axes than " + target.variable + " summed over " +
                    target.over,
                target.where};
  const auto reference = run.reference();
  const auto place = reference ? *reference - run.months().front() : -1;
  if (place < 0 || place >= static_cast<int>(of.months)) return kNaN;
  const auto base = static_cast<std::size_t>(place);
  for (std::size_t t = window.first; t < window.end; ++t)
    for (std::size_t c = 0; c < of.count; ++c)
      note(std::abs(sums.value[t * of.count + c] -
                    (of.value[t * of.count + c] - of.value[base * of.count + c])));
  return worst;
}

double statistic(const Target& target, const RunView& run, const Cells& cells, Window window,
                 Window against) {
  const bool weighted = !target.weight.empty();
  const auto month = [&](std::size_t t, std::size_t c) {
    return cells.mean(t, t + 1, c, weighted);
  };
  double extreme = kNaN; // of a minimum or maximum; cells without a value do not count
  const auto keep = [&](double x, bool larger) {
    if (std::isnan(x)) return;
    if (std::isnan(extreme) || (larger ? x > extreme : x < extreme)) extreme = x;
  };
  for (std::size_t c = 0; c < cells.count; ++c) {
    switch (target.statistic) {
    case Statistic::mean:
      return cells.mean(window.first, window.end, 0, weighted);
    case Statistic::change:
      return cells.mean(window.first, window.end, 0, weighted) -
             cells.mean(against.first, against.end, 0, weighted);
    case Statistic::sum_error:
      return sum_error(target, run, cells, window);
    case Statistic::minimum:
    case Statistic::maximum:
      for (std::size_t t = window.first; t < window.end; ++t)
        keep(month(t, c), target.statistic == Statistic::maximum);
      break;
    case Statistic::deviation: {
      const double base = cells.mean(against.first, against.end, c, weighted);
      for (std::size_t t = window.first; t < window.end; ++t)
        keep(std::abs(month(t, c) - base), true);
      break;
    }
    case Statistic::drift: {
      const double base = cells.mean(against.first, against.end, c, weighted);
      if (base != 0)
        keep(std::abs(cells.mean(window.first, window.end, c, weighted) / base - 1), true);
      break;
    }
    }
  }
  return extreme;
}

} // namespace

double evaluate(const Target& target, const RunView& run) {
  try {
    const auto window = window_in(run, target.window);
    const auto against = target.against ? window_in(run, target.against) : Window{0, 0};
    const LabelledArray array = run.read(target.variable);
    std::optional<LabelledArray> weight;
    if (!target.weight.empty()) weight = run.read(target.weight);
    const Cells cells = reduce(target, array, weight ? &*weight : nullptr);
    const bool one_figure =
        target.statistic == Statistic::mean || target.statistic == Statistic::change;
    if (one_figure && cells.count != 1)
      throw Error{ErrorKind::input,
                  "the selection leaves " + std::to_string(cells.count) + " cells, not one",
                  {},
                  "a label, a list or \"*\" for every axis of " + target.variable};
    if (!window || !against) return kNaN;
    const auto other = [&](const std::string& variable, const Selection& select, const char* key) {
      Target second = target;
      second.select = select;
      const Cells of = reduce(second, run.read(variable), weight ? &*weight : nullptr);
      if (of.count != 1)
        throw Error{ErrorKind::input,
                    std::string{key} + " leaves " + std::to_string(of.count) + " cells, not one"};
      return of.mean(window->first, window->end, 0, weight.has_value());
    };
    if (!target.per.empty() || !target.less.empty()) {
      const double mean = cells.mean(window->first, window->end, 0, weight.has_value());
      return target.scale * (target.per.empty()
                                 ? mean - other(target.less, target.less_select, "less_select")
                                 : mean / other(target.per, target.per_select, "per_select"));
    }
    return target.scale * statistic(target, run, cells, *window, *against);
  } catch (const Error& e) {
    throw Error{e.kind, e.what_is_wrong + " (in " + run.name() + ")", target.where, e.allowed,
                e.suggestion};
  }
}

std::vector<std::string> variables_of(const std::vector<Target>& targets) {
  std::set<std::string> names;
  for (const auto& t : targets)
    for (const auto* name : {&t.variable, &t.weight, &t.per, &t.less, &t.of})
      if (!name->empty()) names.insert(*name);
  return {names.begin(), names.end()};
}

LabelledArray CachedRun::read(const std::string& variable) const {
  const auto at = arrays.find(variable);
  return at != arrays.end() ? at->second
                            : arrays.emplace(variable, inner.read(variable)).first->second;
}

void judge(TargetResult& r) {
  const auto& target = r.target;
  r.median = r.low = r.high = r.p05 = r.p95 = kNaN;
  const bool complete =
      std::none_of(r.values.begin(), r.values.end(), [](double x) { return std::isnan(x); });
  if (!complete || r.values.empty()) return;
  auto sorted = r.values;
  std::sort(sorted.begin(), sorted.end());
  r.median = quantile(sorted, 0.5);
  r.p05 = quantile(sorted, 0.05);
  r.p95 = quantile(sorted, 0.95);
  r.low = sorted.front();
  r.high = sorted.back();
  const bool inside =
      (!target.low || r.median >= *target.low) && (!target.high || r.median <= *target.high);
  r.verdict = target.kept_aside && !target.data && !target.low && !target.high ? Verdict::aside
              : !target.low && !target.high                                    ? Verdict::report
              : inside                                                         ? Verdict::met
                                                                               : Verdict::missed;
}

std::vector<double> evaluate(const std::vector<Target>& targets, const RunView& run) {
  const CachedRun cached{run};
  std::vector<double> figures;
  for (const auto& target : targets)
    figures.push_back(evaluate(target, cached));
  return figures;
}

std::vector<TargetResult> validate(const std::vector<Target>& targets,
                                   const std::vector<std::unique_ptr<RunView>>& runs) {
  std::vector<TargetResult> results(targets.size());
  for (std::size_t t = 0; t < targets.size(); ++t)
    results[t].target = targets[t];
  for (const auto& run : runs) {
    const auto figures = evaluate(targets, *run);
    for (std::size_t t = 0; t < targets.size(); ++t)
      results[t].values.push_back(figures[t]);
  }
  std::for_each(results.begin(), results.end(), judge);
  return results;
}

namespace {

std::vector<std::int64_t> seeds_of(const TrajectoryReader& file) {
  if (file.seeds().empty()) return {file.integer_attribute("seed")};
  return {file.seeds().begin(), file.seeds().end()};
}

/// Several files are seeds of one run, or their median means nothing.
void refuse_mixture(const TrajectoryReader& first, const TrajectoryReader& file) {
  const auto title = first.text_attribute("title"), other = file.text_attribute("title");
  if (title != other)
    throw Error{ErrorKind::input, "another scenario than " + first.path() + ": '" + other + "'",
                file.path(), "runs of '" + title + "'"};
  if (first.members() != file.members() ||
      first.integer_attribute("firms") != file.integer_attribute("firms"))
    return; // other parameters or another population
  const auto seeds = seeds_of(first);
  for (const auto seed : seeds_of(file))
    if (std::find(seeds.begin(), seeds.end(), seed) != seeds.end())
      throw Error{ErrorKind::input, fmt::format("the same seed as {}: {}", first.path(), seed),
                  file.path(), "each seed once: one file a seed, or one of `run --seeds`"};
}

} // namespace

std::vector<std::unique_ptr<RunView>> runs_of(const std::vector<TrajectoryReader>& files) {
  std::vector<std::unique_ptr<RunView>> runs;
  for (const auto& file : files) {
    for (const auto* before = files.data(); before != &file; ++before)
      refuse_mixture(*before, file);
    if (file.policies().size() > 1)
      throw Error{ErrorKind::input, "the file holds several policies: " + join(file.policies()),
                  file.path(), "a run of one policy, or an ensemble of one"};
    for (std::size_t i = 0; i < file.runs(); ++i)
      runs.push_back(file.run(i));
  }
  return runs;
}

std::vector<TargetResult> validate(const std::vector<Target>& targets,
                                   const std::vector<TrajectoryReader>& files) {
  return validate(targets, runs_of(files));
}

} // namespace nearshore
