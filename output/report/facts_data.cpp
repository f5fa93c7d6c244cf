// Published figures, and the base against its targets.
#include "output/report/json_text.hpp"
#include "output/report/sections.hpp"
#include "output/skill.hpp"
#include "sim/config/paths.hpp"
#include "sim/csv.hpp"

#include <nlohmann/json.hpp>

namespace nearshore {
namespace {

constexpr const char* kClaims = "configs/data/claims/usmca_claims.csv";
constexpr const char* kContents = "configs/data/sources/value_added_targets.csv";

const char* word(TargetKind kind) {
  switch (kind) {
  case TargetKind::calibrated:
    return "calibrated";
  case TargetKind::predicted:
    return "predicted";
  case TargetKind::identity:
    return "identity";
  case TargetKind::bound:
    return "bound";
  }
  return "";
}

const char* word(Verdict verdict) {
  switch (verdict) {
  case Verdict::met:
    return "met";
  case Verdict::missed:
    return "missed";
  case Verdict::report:
    return "report";
  case Verdict::absent:
    return "absent";
  case Verdict::aside:
    return "kept aside";
  }
  return "";
}

nlohmann::json optional_number(const std::optional<double>& value) {
  return value ? short_number(*value) : nlohmann::json(nullptr);
}

nlohmann::json selection_json(const Selection& selection) {
  auto out = nlohmann::json::object();
  for (const auto& [axis, labels] : selection)
    out[axis] = labels;
  return out;
}

nlohmann::json row_json(const TargetResult& r) {
  const auto& t = r.target;
  auto window = nlohmann::json::array();
  if (t.window) window = {t.window->first.text(), t.window->second.text()};
  return {{"section", t.section},
          {"says", t.says},
          {"variable", t.variable},
          {"select", selection_json(t.select)},
          {"window", std::move(window)},
          {"unit", t.unit},
          {"low", optional_number(t.low)},
          {"high", optional_number(t.high)},
          {"data", optional_number(t.data)},
          {"headline", t.headline},
          {"kind", word(t.kind)},
          {"verdict", word(r.verdict)},
          {"median", short_number(r.median)},
          {"p05", short_number(r.p05)},
          {"p95", short_number(r.p95)},
          {"source", t.source},
          {"footnote", t.footnote}};
}

} // namespace

std::vector<PublishedContent> published_content() {
  std::vector<PublishedContent> out;
  for (const auto row :
       read_csv(find_input(kContents),
                {"exporter", "sectors", "source", "value_pct", "use", "table", "reference"},
                {"tolerance_points", "tolerance_pct"}))
    if (row.text("table") == "table_1")
      out.push_back({std::string{row.required_text("exporter")},
                     std::string{row.required_text("sectors")},
                     std::string{row.required_text("source")}, row.number("value_pct", 0, 100),
                     row.text("use") == "target", std::string{row.text("reference")}});
  return out;
}

nlohmann::json facts_json(const std::vector<PublishedContent>& contents, const ReportScope& scope) {
  auto claims = nlohmann::json::array();
  const auto table = read_claims_table(find_input(kClaims));
  for (const auto& [key, value] : table.all()) {
    if (key.status == MfnStatus::free || value.value <= 0) continue;
    claims.push_back({{"month", key.month.text()},
                      {"exporter", key.origin},
                      {"sector", key.sector == ClaimsTable::kAllSectors ? "" : key.sector},
                      {"basis", key.status == MfnStatus::all ? "recorded" : "dutiable"},
                      {"share", short_number(value.claimed / value.value)}});
  }
  auto content = nlohmann::json::array();
  for (const auto& c : contents)
    if (c.source == scope.home)
      content.push_back({{"exporter", c.exporter},
                         {"sector", c.sector},
                         {"value", short_number(c.value)},
                         {"kind", c.fitted ? "calibrated" : "predicted"},
                         {"reference", c.reference}});
  return {{"claims", std::move(claims)}, {"content", std::move(content)}};
}

std::string by_hand(const std::string& targets) {
  return targets.empty() ? "" : read_validation(targets).by_hand;
}

nlohmann::json validation_json(const ReportScenario& base, const std::string& targets) {
  auto rows = nlohmann::json::array();
  if (targets.empty()) return rows;
  const auto file = read_validation(targets);
  std::vector<std::unique_ptr<RunView>> runs;
  for (std::size_t i = 0; i < base.runs(); ++i)
    runs.push_back(base.file->run(base.first_run() + i));
  for (const auto& result : validate(file.targets, runs))
    rows.push_back(row_json(result));
  std::vector<const RunView*> views;
  for (const auto& run : runs)
    views.push_back(run.get());
  for (const auto& skill : file.skills)
    for (const auto& result : judge_skill(skill, file.claims, views))
      rows.push_back(row_json(result));
  return rows;
}

} // namespace nearshore
