#pragma once
// `nearshore validate`: what a run must show, as data. A target names a variable of a trajectory, a
// selection, a statistic over months and a range; nothing here knows a region or a sector.
#include "output/run_view.hpp"
#include "output/trajectory_reader.hpp"
#include "sim/claims_table.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// How a figure is made from the months of a window and the cells of a selection. Axes that are not
/// selected stay apart as cells; where several labels of an axis are selected they are summed, or
/// averaged with `weight`.
enum class Statistic {
  mean,      ///< over months; with a weight, the ratio of sums
  minimum,   ///< over months and cells
  maximum,   ///< over months and cells
  change,    ///< mean over the window less mean over the window `against`
  deviation, ///< largest |month - mean over `against|
  drift,     ///< largest |mean over the window / mean over `against` - 1| of a cell
  sum_error, ///< largest |sum over the axis `over` - 1|, or - change of the variable `of` since its
             ///< reference
};

/// A claim share of published statistics (sim/claims_table.hpp).
struct ClaimsSeries {
  std::string origin;
  std::vector<std::string> sectors; ///< empty: all
  std::vector<std::string> except;  ///< of all sectors, these are left out
  MfnStatus status{MfnStatus::all};
};

/// Whether the parameters were fitted to the figure, were not, an account makes it so, or the range
/// is a bound that other figures set where no data show this one.
enum class TargetKind { calibrated, predicted, identity, bound };

/// Axis and the labels taken of it; "*": all.
using Selection = std::vector<std::pair<std::string, std::vector<std::string>>>;

struct Target {
  std::string section, says; ///< heading and words of the table
  std::string variable;
  Selection select;
  std::string weight; ///< variable; empty: none
  std::string
      per; ///< variable: the figure is the mean divided by that of this one; empty: not divided
  Selection per_select;
  std::string less; ///< variable: its mean is taken off; empty: nothing is
  Selection less_select;
  std::string over, of; ///< of sum_error
  Statistic statistic{Statistic::mean};
  std::optional<std::pair<Month, Month>> window,
      against;     ///< both ends included; nothing: all months
  double scale{1}; ///< the figure is the statistic times this
  std::string unit;
  std::optional<double> low, high;    ///< of the figure; neither: reported only
  std::optional<double> data;         ///< what the source says
  std::optional<ClaimsSeries> claims; ///< where `data` comes from a table of claims
  bool kept_aside{false};             ///< there are data, but they were kept out of the project
  bool headline{false};               ///< the headline is met only if this is
  TargetKind kind{TargetKind::predicted};
  std::string source, footnote;
  std::string where; ///< file:line:column, for errors
};

/// aside: the data were kept out of the project, and the value is shown without them.
enum class Verdict { met, missed, report, absent, aside };

struct TargetResult {
  Target target;
  std::vector<double> values;        ///< one a run; NaN: the run has no such months
  double median{0}, low{0}, high{0}; ///< low, high: least and largest
  double p05{0}, p95{0};             ///< quantiles over runs (output/quantile.hpp)
  Verdict verdict{Verdict::absent};
};

/// Reads the targets of a file (configs/validation_targets.toml). Throws Error (kind input) with
/// file:line:column.
std::vector<Target> read_targets(const std::string& path);

/// Keeps what was read of a run: several figures look at the same variable.
class CachedRun : public RunView {
public:
  explicit CachedRun(const RunView& view) : inner(view) {}
  [[nodiscard]] std::string name() const override { return inner.name(); }
  [[nodiscard]] const std::vector<Month>& months() const override { return inner.months(); }
  [[nodiscard]] std::optional<Month> reference() const override { return inner.reference(); }
  [[nodiscard]] LabelledArray read(const std::string& variable) const override;

private:
  const RunView& inner;
  mutable std::map<std::string, LabelledArray> arrays;
};

/// The figure of one target in one run; NaN if the run lacks the months. Throws Error (kind input)
/// at the target's place for a variable, axis or label that the run does not have.
double evaluate(const Target& target, const RunView& run);
/// Of all targets, reading each variable once.
std::vector<double> evaluate(const std::vector<Target>& targets, const RunView& run);

/// Names of the variables that the targets read: what a MemoryRun must keep for them.
std::vector<std::string> variables_of(const std::vector<Target>& targets);

/// Median, quantiles and verdict from the values; NaN in one of them: absent.
void judge(TargetResult& result);

/// All targets for runs that differ only in their seed; verdicts are on the median. One run's
/// variables are in memory at a time.
std::vector<TargetResult> validate(const std::vector<Target>& targets,
                                   const std::vector<std::unique_ptr<RunView>>& runs);
/// The runs of all files. Throws Error (kind input) for a file of several policies.
std::vector<std::unique_ptr<RunView>> runs_of(const std::vector<TrajectoryReader>& files);
/// The same for the runs of all files. Throws Error (kind input) for a file of several policies.
std::vector<TargetResult> validate(const std::vector<Target>& targets,
                                   const std::vector<TrajectoryReader>& files);

/// One row on all targets that are marked `headline`, met only if each of them is; its value is how
/// many of them a run meets. Nothing where no target is marked.
std::optional<TargetResult> headline_of(const std::vector<TargetResult>& results);

/// Fixed-width table with sources and footnotes below.
std::string validation_table(const std::vector<TargetResult>& results);
std::string validation_csv(const std::vector<TargetResult>& results);

} // namespace nearshore
