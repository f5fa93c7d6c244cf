#include "output/skill.hpp"
#include "output/target_reader.hpp"

#include "sim/config/paths.hpp"
#include "sim/csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace nearshore {
namespace {

constexpr double kAny = 1e300;
const std::array<std::string, 7> kStatistics{"mean",      "minimum", "maximum",  "change",
                                             "deviation", "drift",   "sum_error"};
const std::array<std::string, 4> kKinds{"calibrated", "predicted", "identity", "bound"};
const std::array<std::string, 2> kUses{"target", "prediction"}; // of the balance's list

} // namespace

Groups read_groups(const TableView& root) {
  Groups groups;
  const auto axes = root.table("groups");
  for (const auto& axis : axes.keys()) {
    const auto table = axes.table(axis);
    for (const auto& name : table.keys())
      groups[axis][name] = table.texts(name);
  }
  return groups;
}

namespace {

std::vector<std::string> expand(const std::string& axis, const std::vector<std::string>& labels,
                                const Groups& groups) {
  std::vector<std::string> all;
  const auto of_axis = groups.find(axis);
  for (const auto& label : labels) {
    const bool less = label.front() == '!';
    const auto name = less ? label.substr(1) : label;
    if (of_axis != groups.end() && of_axis->second.contains(name)) {
      for (const auto& member : of_axis->second.at(name))
        all.push_back(less ? "!" + member : member);
    } else {
      all.push_back(label);
    }
  }
  return all;
}

} // namespace

std::optional<std::pair<Month, Month>> read_window(const TableView& t, const char* key) {
  const auto texts = t.optional_texts(key);
  if (texts.empty()) return {};
  const auto first = parse_month(texts.front()), last = parse_month(texts.back());
  if (texts.size() > 2 || !first || !last || *last < *first)
    throw t.error(key, "no window of months",
                  "[\"2024-01\", \"2024-12\"], both included, or one month");
  return std::pair{*first, *last};
}

Selection read_selection(const TableView& t, const char* key, const Groups& groups) {
  Selection selection;
  const auto table = t.table(key);
  for (const auto& axis : table.keys()) {
    const auto labels = table.texts(axis);
    const auto empty = [](const std::string& l) { return l.empty() || l == "!"; };
    const auto less = [](const std::string& l) { return l.front() == '!'; };
    if (labels.empty() || std::any_of(labels.begin(), labels.end(), empty))
      throw table.error(axis, "an empty label", "a label, a list of them, or \"*\"");
    if (labels.front() != "*" && std::any_of(labels.begin(), labels.end(), less))
      throw table.error(axis, "labels to leave out, and of what is not said",
                        "[\"*\", \"!LABEL\"]");
    selection.emplace_back(axis, expand(axis, labels, groups));
  }
  return selection;
}

std::optional<ClaimsSeries> read_claims_series(const TableView& t, const char* key,
                                               const Groups& groups) {
  const auto table = t.optional_table(key);
  if (!table) return {};
  ClaimsSeries series;
  series.origin = table->required_text("origin");
  series.sectors = expand("sector", table->optional_texts("sectors"), groups);
  series.except = expand("sector", table->optional_texts("except"), groups);
  series.status = static_cast<MfnStatus>(table->choice("mfn_status", kMfnStatuses, std::size_t{0}));
  if (!series.sectors.empty() && !series.except.empty())
    throw table->error("except", "sectors are listed already",
                       "either sectors, or except of all of them");
  return series;
}

ClaimsTable read_claims_data(const TableView& root, const ClaimsTable* over) {
  ClaimsTable claims;
  if (const auto file = root.optional_text("claims_data"))
    claims = read_claims_table(find_input(*file));
  if (over != nullptr) claims.update(*over);
  return claims;
}

std::optional<double> share_of(const ClaimsTable& table, const ClaimsSeries& series,
                               std::pair<Month, Month> window) {
  double value = 0, claimed = 0;
  for (Month m = window.first; m <= window.second; m = m + 1) {
    const auto cell = table.sum(m, series.origin, series.sectors, series.except, series.status);
    if (!cell) return {};
    value += cell->value;
    claimed += cell->claimed;
  }
  if (value <= 0) return {};
  return claimed / value;
}

namespace {

/// Data that come from a table of claims, or the note that they were kept out of it.
void read_data(const TableView& t, const Groups& groups, const ClaimsTable& claims,
               Target& target) {
  target.data = t.optional_number("data", -kAny, kAny);
  target.kept_aside = t.boolean("kept_aside", false);
  target.claims = read_claims_series(t, "claims", groups);
  if (!target.claims) return;
  if (target.data) throw t.error("claims", "data are given as a number already");
  if (!target.window) throw t.error("claims", "no months", "months = [...] beside claims");
  if (const auto share = share_of(claims, *target.claims, *target.window))
    target.data = *share * target.scale;
}

} // namespace

Target read_statistic(const TableView& t, const Groups& groups) {
  Target target;
  target.where = t.where();
  target.says = t.required_text("says");
  target.variable = t.required_text("variable");
  target.select = read_selection(t, "select", groups);
  target.per = t.text("per", "");
  target.per_select = read_selection(t, "per_select", groups);
  target.less = t.text("less", "");
  target.less_select = read_selection(t, "less_select", groups);
  target.weight = t.text("weight", "");
  target.over = t.text("over", "");
  target.of = t.text("of", "");
  target.statistic = static_cast<Statistic>(t.choice("statistic", kStatistics, std::size_t{0}));
  target.window = read_window(t, "months");
  target.against = read_window(t, "against");
  target.scale = t.number("scale", -kAny, kAny, 1);
  target.unit = t.text("unit", "");
  const bool compares = target.statistic == Statistic::change ||
                        target.statistic == Statistic::deviation ||
                        target.statistic == Statistic::drift;
  if (compares != target.against.has_value())
    throw t.error("against",
                  compares ? "this statistic needs a window to compare with"
                           : "this statistic compares with nothing",
                  "only with change, deviation and drift");
  if ((target.statistic == Statistic::sum_error) == target.over.empty())
    throw t.error("over", "an axis to sum over belongs to sum_error, and only to it");
  for (const auto* key : {"per", "less"})
    if (t.has(key) && target.statistic != Statistic::mean)
      throw t.error(key, "only with the statistic mean");
  if (!target.per.empty() && !target.less.empty())
    throw t.error("less", "a figure cannot be divided and have something taken off", "per or less");
  if (!target.of.empty() && target.over.empty()) throw t.error("of", "only with sum_error");
  return target;
}

Target read_target(const TableView& t, const Groups& groups, const ClaimsTable& claims,
                   std::optional<TargetKind> kind) {
  Target target = read_statistic(t, groups);
  target.section = t.text("section", "");
  target.low = t.optional_number("low", -kAny, kAny);
  target.high = t.optional_number("high", -kAny, kAny);
  read_data(t, groups, claims, target);
  target.headline = t.boolean("headline", false);
  target.kind = static_cast<TargetKind>(
      kind ? t.choice("kind", kKinds, static_cast<std::size_t>(*kind)) : t.choice("kind", kKinds));
  if (target.kind == TargetKind::bound && (target.data || (!target.low && !target.high)))
    throw t.error("kind", "a bound has a range and no data", "low, high without data");
  target.source = t.required_text("source");
  target.footnote = t.text("footnote", "");
  if (target.headline && !target.low && !target.high)
    throw t.error("headline", "a target without a range cannot carry a verdict", "low, high");
  if (target.low && target.high && *target.low > *target.high)
    throw t.error("low", "the range is empty: low is above high");
  return target;
}

namespace {

/// The balance's list of value-added targets (one list for the base year and for runs): the figure
/// is the export-weighted mean of the window, the range the larger of its two tolerances.
void read_content_targets(const TableView& t, const Groups& groups, std::vector<Target>& out) {
  const auto file = find_input(t.required_text("file"));
  const auto section = t.text("section", "");
  const auto footnote = t.text("footnote", "");
  const auto window = read_window(t, "months");
  const auto table = read_csv(file,
                              {"exporter", "sectors", "source", "value_pct", "tolerance_points",
                               "tolerance_pct", "use", "reference"},
                              {"table"});
  for (const auto row : table) {
    Target target;
    target.section = section;
    target.where = row.where();
    const std::string exporter{row.required_text("exporter")},
        sectors{row.required_text("sectors")}, source{row.required_text("source")};
    target.says = source + " value added in exports of " + exporter + ", " + sectors;
    std::replace(target.says.begin(), target.says.end(), '_', ' ');
    target.variable = "value_added_content";
    target.weight = "exports";
    target.select = {{"exporter", expand("exporter", {exporter}, groups)},
                     {"export_sector", expand("export_sector", {sectors}, groups)},
                     {"source", expand("source", {source}, groups)}};
    target.window = window;
    target.scale = 100;
    target.unit = "%";
    target.data = row.number("value_pct", 0, 100);
    const double tolerance = std::max(row.number("tolerance_points", 0, 100),
                                      *target.data * row.number("tolerance_pct", 0, 100) / 100);
    target.low = *target.data - tolerance;
    target.high = *target.data + tolerance;
    target.kind =
        row.choice("use", kUses, "use") == 0 ? TargetKind::calibrated : TargetKind::predicted;
    target.source = std::string{row.required_text("reference")};
    target.footnote = footnote;
    out.push_back(std::move(target));
  }
}

} // namespace

ValidationFile read_validation(const std::string& path, const ClaimsTable* claims) {
  const Document document = load_document(find_input(path));
  const auto root = document.root();
  const Groups groups = read_groups(root);
  ValidationFile file;
  file.of = root.optional_text("of").value_or("");
  file.by_hand = root.optional_text("by_hand").value_or("");
  file.claims = read_claims_data(root, claims);
  for (const auto& t : root.tables("target"))
    file.targets.push_back(read_target(t, groups, file.claims));
  for (const auto& t : root.tables("content"))
    read_content_targets(t, groups, file.targets);
  for (const auto& t : root.tables("skill"))
    file.skills.push_back(read_skill(t, groups));
  document.finish();
  if (file.targets.empty() && file.skills.empty())
    throw root.error("", "no target", "at least one [[target]], [[content]] or [[skill]]");
  return file;
}

std::vector<Target> read_targets(const std::string& path) {
  return read_validation(path).targets;
}

} // namespace nearshore
