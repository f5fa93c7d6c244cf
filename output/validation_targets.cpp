#include "output/target_reader.hpp"

#include "sim/config/paths.hpp"
#include "sim/csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace nearshore {
namespace {

constexpr double kAny = 1e300;
const std::array<std::string, 7> kStatistics{"mean",      "minimum", "maximum",  "change",
                                             "deviation", "drift",   "sum_error"};
const std::array<std::string, 3> kKinds{"calibrated", "predicted", "identity"};
const std::array<std::string, 2> kUses{"target", "prediction"}; // of the balance's list

std::vector<std::string> expand(const std::string& axis, const std::vector<std::string>& labels,
                                const LabelGroups& groups) {
  std::vector<std::string> all;
  const auto of_axis = groups.find(axis);
  for (const auto& label : labels) {
    if (of_axis != groups.end() && of_axis->second.contains(label)) {
      const auto& members = of_axis->second.at(label);
      all.insert(all.end(), members.begin(), members.end());
    } else {
      all.push_back(label);
    }
  }
  return all;
}

std::optional<std::pair<Month, Month>> read_window(const TableView& t, const char* key) {
  const auto texts = t.optional_texts(key);
  if (texts.empty()) return {};
  const auto first = parse_month(texts.front()), last = parse_month(texts.back());
  if (texts.size() > 2 || !first || !last || *last < *first)
    throw t.error(key, "no window of months",
                  "[\"2024-01\", \"2024-12\"], both included, or one month");
  return std::pair{*first, *last};
}

Selection read_selection(const TableView& t, const char* key, const LabelGroups& groups) {
  Selection selection;
  const auto table = t.table(key);
  for (const auto& axis : table.keys())
    selection.emplace_back(axis, expand(axis, table.texts(axis), groups));
  return selection;
}

void check_together(const TableView& t, const Target& target) {
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
  if (!target.per.empty() && (target.statistic != Statistic::mean || !target.weight.empty()))
    throw t.error("per", "only with the statistic mean, without a weight");
  if (!target.of.empty() && target.over.empty()) throw t.error("of", "only with sum_error");
}

Target read_target(const TableView& t, const LabelGroups& groups) {
  Target target = read_figure(t, groups);
  target.low = t.optional_number("low", -kAny, kAny);
  target.high = t.optional_number("high", -kAny, kAny);
  target.kind = static_cast<TargetKind>(t.choice("kind", kKinds));
  if (target.low && target.high && *target.low > *target.high)
    throw t.error("low", "the range is empty: low is above high");
  return target;
}

/// The balance's list of value-added targets (one list for the base year and for runs): the figure
/// is the export-weighted mean of the window, the range the larger of its two tolerances.
void read_content_targets(const TableView& t, const LabelGroups& groups, std::vector<Target>& out) {
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

LabelGroups read_groups(const TableView& root) {
  LabelGroups groups;
  const auto axes = root.table("groups");
  for (const auto& axis : axes.keys()) {
    const auto table = axes.table(axis);
    for (const auto& name : table.keys())
      groups[axis][name] = table.texts(name);
  }
  return groups;
}

Target read_figure(const TableView& t, const LabelGroups& groups) {
  Target target;
  target.where = t.where();
  target.section = t.text("section", "");
  target.says = t.required_text("says");
  target.variable = t.required_text("variable");
  target.select = read_selection(t, "select", groups);
  target.per = t.text("per", "");
  target.per_select = read_selection(t, "per_select", groups);
  target.weight = t.text("weight", "");
  target.over = t.text("over", "");
  target.of = t.text("of", "");
  target.statistic = static_cast<Statistic>(t.choice("statistic", kStatistics, std::size_t{0}));
  target.window = read_window(t, "months");
  target.against = read_window(t, "against");
  target.scale = t.number("scale", -kAny, kAny, 1);
  target.unit = t.text("unit", "");
  target.data = t.optional_number("data", -kAny, kAny);
  target.source = t.required_text("source");
  target.footnote = t.text("footnote", "");
  check_together(t, target);
  return target;
}

std::vector<Target> read_targets(const std::string& path) {
  const Document document = load_document(find_input(path));
  const auto root = document.root();
  const LabelGroups groups = read_groups(root);
  std::vector<Target> targets;
  for (const auto& t : root.tables("target"))
    targets.push_back(read_target(t, groups));
  for (const auto& t : root.tables("content"))
    read_content_targets(t, groups, targets);
  document.finish();
  return targets;
}

} // namespace nearshore
