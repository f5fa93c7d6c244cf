#pragma once
// Does the model forecast claims better than somebody who knows nothing of firms? Its errors over
// months of published data, against those of two naive forecasts.
#include "output/target_reader.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// One series of claims, or one a sector. The naive forecasts see the data of `before`:
/// - no change: the share of `before` lasts;
/// - equal gaps: the gap between the share of `before` and 1 closes by the same part for every
///   series: the part by which the gap of the series `like` closed, month by month, or, with
///   `like_months`, by which it had closed in those months, for ever.
struct Skill {
  Target model; ///< variable, selection and weight of the figure; its window are the months scored
  bool by_sector{false}; ///< one series for each sector of the data, errors weighted by value
  ClaimsSeries data;     ///< what is forecast
  std::pair<Month, Month> before;
  ClaimsSeries like;
  std::optional<std::pair<Month, Month>> like_months;
};

struct ValidationFile {
  std::string of;      ///< title of the runs that the targets are of; empty for any
  std::string by_hand; ///< what was chosen without a fit, in words; empty: nothing is said
  std::vector<Target> targets;
  std::vector<Skill> skills;
  ClaimsTable claims; ///< published
};

/// Reads targets and skills. `claims`: published claims that take the place of those the file
/// names, month by month. Throws Error (kind input) with file:line:column.
ValidationFile read_validation(const std::string& path, const ClaimsTable* claims = nullptr);
Skill read_skill(const TableView& t, const Groups& groups);

/// What the data say of one series in the months scored.
struct SkillSeries {
  std::string sector;                        ///< empty: the series is not of one sector
  std::vector<double> value, share;          ///< [month] million USD; claimed share
  std::vector<double> no_change, equal_gaps; ///< [month] forecasts
};
/// Nothing where a month, or a month before, lacks data: they were kept aside.
std::optional<std::vector<SkillSeries>> skill_series(const Skill& skill, const ClaimsTable& claims);

/// Mean absolute error of forecasts [series][month], weighted by the value of trade.
double mean_error(const std::vector<SkillSeries>& series,
                  const std::vector<std::vector<double>>& forecast);

/// The rows of `validate`'s table: the model's mean error, and its skill 1 - error(model) /
/// error(naive) against both; or, where the data were kept aside, the model's mean share alone.
std::vector<TargetResult> judge_skill(const Skill& skill, const ClaimsTable& claims,
                                      const std::vector<const RunView*>& runs);

/// Targets, skills and the verdict of the headline, for the runs of all files.
std::vector<TargetResult> validate(const ValidationFile& file,
                                   const std::vector<TrajectoryReader>& runs);

} // namespace nearshore
