#include "output/skill.hpp"

#include "policy/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nearshore {
namespace {

using Window = std::pair<Month, Month>;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::size_t length(const Window& w) {
  return static_cast<std::size_t>(w.second - w.first) + 1;
}

std::optional<double> share_in(const ClaimsTable& claims, const ClaimsSeries& series, Month m) {
  return share_of(claims, series, {m, m});
}

/// Part of the gap to 1 that the series `like` has closed, [month scored].
std::optional<std::vector<double>> gap_closed(const Skill& skill, const ClaimsTable& claims) {
  const auto before = share_of(claims, skill.like, skill.before);
  if (!before || *before >= 1) return {};
  const auto closed = [&](double share) { return (share - *before) / (1 - *before); };
  const auto& window = *skill.model.window;
  std::vector<double> out;
  if (skill.like_months) {
    const auto share = share_of(claims, skill.like, *skill.like_months);
    if (!share) return {};
    return std::vector<double>(length(window), closed(*share));
  }
  for (Month m = window.first; m <= window.second; m = m + 1) {
    const auto share = share_in(claims, skill.like, m);
    if (!share) return {};
    out.push_back(closed(*share));
  }
  return out;
}

} // namespace

Skill read_skill(const TableView& t, const Groups& groups) {
  Skill skill;
  Target& model = skill.model;
  model.where = t.where();
  model.section = t.text("section", "");
  model.says = t.required_text("says");
  model.variable = t.required_text("variable");
  model.select = read_selection(t, "select", groups);
  model.weight = t.text("weight", "");
  static const std::vector<std::string> kinds{"calibrated", "predicted"};
  model.kind = static_cast<TargetKind>(t.choice("kind", kinds));
  model.source = t.required_text("source");
  model.footnote = t.text("footnote", "");
  model.kept_aside = true; // only shown where the data are not there
  model.window = read_window(t, "months");
  if (!model.window) throw t.error("months", "no months to forecast", "[\"2025-03\", \"2026-02\"]");
  const auto before = read_window(t, "before");
  if (!before || before->second >= model.window->first)
    throw t.error("before", "no months before those forecast", "[\"2025-01\", \"2025-02\"]");
  skill.before = *before;
  skill.by_sector = t.boolean("by_sector", false);
  const auto data = read_claims_series(t, "claims", groups);
  if (!data) throw t.error("claims", "no claims to forecast", "{ origin = \"MX\" }");
  skill.data = *data;
  skill.like = read_claims_series(t, "like", groups).value_or(*data);
  skill.like_months = read_window(t, "like_months");
  if (!t.has("like") && !skill.like_months)
    throw t.error("like_months", "a series whose gap closes like its own forecasts itself",
                  "like = { ... } of another series, or like_months = the first months");
  if (skill.like_months && skill.like_months->second >= model.window->first)
    throw t.error("like_months", "the months are among those forecast", "months before them");
  return skill;
}

std::optional<std::vector<SkillSeries>> skill_series(const Skill& skill,
                                                     const ClaimsTable& claims) {
  const auto& window = *skill.model.window;
  const auto closed = gap_closed(skill, claims);
  if (!closed) return {};
  std::vector<std::string> sectors{""};
  if (skill.by_sector) {
    sectors = claims.sectors(window.first, skill.data.origin, skill.data.status);
    if (sectors.empty()) return {};
  }
  std::vector<SkillSeries> out;
  for (const auto& sector : sectors) {
    ClaimsSeries of = skill.data;
    if (!sector.empty()) {
      of.sectors = {sector};
      of.except.clear();
    }
    const auto before = share_of(claims, of, skill.before);
    if (!before) {
      if (skill.by_sector) continue; // nothing of the kind was traded
      return {};
    }
    SkillSeries series{sector, {}, {}, {}, {}};
    for (std::size_t i = 0; i < length(window); ++i) {
      const auto cell = claims.sum(window.first + static_cast<int>(i), of.origin, of.sectors,
                                   of.except, of.status);
      if (!cell) return {};
      if (cell->value <= 0 && !skill.by_sector) return {};
      series.value.push_back(cell->value); // a sector may trade nothing in a month: no weight
      series.share.push_back(cell->value > 0 ? cell->claimed / cell->value : 0);
      series.no_change.push_back(*before);
      series.equal_gaps.push_back(*before + (*closed)[i] * (1 - *before));
    }
    out.push_back(std::move(series));
  }
  if (out.empty()) return {};
  return out;
}

double mean_error(const std::vector<SkillSeries>& series,
                  const std::vector<std::vector<double>>& forecast) {
  double error = 0, weight = 0;
  for (std::size_t s = 0; s < series.size(); ++s)
    for (std::size_t m = 0; m < series[s].share.size(); ++m) {
      if (series[s].value[m] <= 0) continue; // the run may have no share there either
      error += series[s].value[m] * std::abs(forecast[s][m] - series[s].share[m]);
      weight += series[s].value[m];
    }
  return error / weight;
}

namespace {

/// The model's shares, [series][month]; NaN where the run lacks the month.
std::vector<std::vector<double>>
model_shares(const Skill& skill, const std::vector<SkillSeries>& series, const RunView& run) {
  const auto& window = *skill.model.window;
  std::vector<std::vector<double>> out;
  for (const auto& one : series) {
    Target figure = skill.model;
    if (!one.sector.empty()) figure.select.emplace_back("sector", std::vector{one.sector});
    std::vector<double> shares;
    for (Month m = window.first; m <= window.second; m = m + 1) {
      figure.window = {m, m};
      shares.push_back(evaluate(figure, run));
    }
    out.push_back(std::move(shares));
  }
  return out;
}

TargetResult row(const Skill& skill, const std::string& says, std::string unit,
                 std::vector<double> values) {
  TargetResult r;
  r.target = skill.model;
  r.target.says += ", " + says;
  r.target.unit = std::move(unit);
  r.target.kept_aside = false;
  r.values = std::move(values);
  return r;
}

/// The model's mean share, where there is nothing to compare it with.
TargetResult kept_aside(const Skill& skill, const std::vector<const RunView*>& runs) {
  TargetResult r;
  r.target = skill.model;
  r.target.says += ", mean share";
  r.target.unit = "%";
  r.target.scale = 100;
  if (skill.by_sector) r.target.select.emplace_back("sector", std::vector<std::string>{"*"});
  for (const auto* run : runs)
    r.values.push_back(evaluate(r.target, *run));
  judge(r);
  return r;
}

} // namespace

std::vector<TargetResult> judge_skill(const Skill& skill, const ClaimsTable& claims,
                                      const std::vector<const RunView*>& runs) {
  const auto series = skill_series(skill, claims);
  if (!series) return {kept_aside(skill, runs)};
  std::vector<std::vector<double>> no_change, equal_gaps;
  for (const auto& s : *series) {
    no_change.push_back(s.no_change);
    equal_gaps.push_back(s.equal_gaps);
  }
  const double naive[]{mean_error(*series, no_change), mean_error(*series, equal_gaps)};
  std::vector<double> error, skills[2];
  for (const auto* run : runs) {
    error.push_back(mean_error(*series, model_shares(skill, *series, *run)));
    for (std::size_t n = 0; n < 2; ++n)
      skills[n].push_back(naive[n] > 0 ? 1 - error.back() / naive[n] : kNaN);
  }
  for (auto& e : error)
    e *= 100;
  std::vector<TargetResult> rows{
      row(skill, fmt::format("mean error, {} months", length(*skill.model.window)), "points",
          error),
      row(skill, fmt::format("skill over no change ({:.1f})", 100 * naive[0]), "", skills[0]),
      row(skill, fmt::format("skill over equal gaps ({:.1f})", 100 * naive[1]), "", skills[1])};
  rows[1].target.low = rows[2].target.low = 0;
  for (auto& r : rows)
    judge(r);
  return rows;
}

std::vector<TargetResult> validate(const ValidationFile& file,
                                   const std::vector<TrajectoryReader>& files) {
  const auto runs = runs_of(files);
  auto results = validate(file.targets, runs);
  if (const auto headline = headline_of(results)) results.push_back(*headline);
  std::vector<const RunView*> views;
  for (const auto& run : runs)
    views.push_back(run.get());
  for (const auto& skill : file.skills)
    for (auto& row : judge_skill(skill, file.claims, views))
      results.push_back(std::move(row));
  return results;
}

} // namespace nearshore
