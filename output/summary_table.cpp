#include "output/summary_table.hpp"

#include "output/quantile.hpp"
#include "policy/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

std::string number(double x, int decimals) {
  return std::isnan(x) ? "-" : fmt::format("{:.{}f}", x, decimals);
}

bool alike(const SummaryTable& a, const SummaryTable& b) {
  return a.columns == b.columns && std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(),
                                              b.rows.end(), [](const auto& x, const auto& y) {
                                                return x.section == y.section &&
                                                       x.label == y.label &&
                                                       x.values.size() == y.values.size();
                                              });
}

} // namespace

void TableOfRuns::add(SummaryTable&& table) {
  if (runs.empty())
    layout = table;
  else if (!alike(layout, table))
    throw Error{ErrorKind::internal, "the summaries of the runs differ in their rows"};
  std::vector<double> values;
  for (const auto& row : table.rows)
    values.insert(values.end(), row.values.begin(), row.values.end());
  runs.push_back(std::move(values));
}

std::vector<double> TableOfRuns::over_runs(std::size_t row, std::size_t column) const {
  std::vector<double> values;
  for (const auto& run : runs)
    values.push_back(run[row * layout.columns.size() + column]);
  return values;
}

std::string TableOfRuns::cell(std::size_t row, std::size_t column) const {
  const auto values = over_runs(row, column);
  if (values.size() == 1) return number(values[0], layout.decimals);
  const Band b = band(values);
  if (std::isnan(b.median)) return "-";
  return fmt::format("{} [{} {}]", number(b.median, layout.decimals),
                     number(b.p05, layout.decimals), number(b.p95, layout.decimals));
}

bool TableOfRuns::left_out(std::size_t row) const {
  if (!layout.leave_out_zeros) return false;
  for (std::size_t c = 0; c < layout.columns.size(); ++c)
    for (const double x : over_runs(row, c))
      if (x != 0) return false;
  return true;
}

std::string TableOfRuns::text() const {
  if (runs.empty()) return {};
  const auto& table = layout;
  std::vector<std::vector<std::string>> cells(table.rows.size());
  auto width = static_cast<std::size_t>(table.width);
  for (std::size_t r = 0; r < table.rows.size(); ++r)
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      cells[r].push_back(cell(r, c));
      width = std::max(width, cells[r].back().size() + 2);
    }

  const auto label_width = static_cast<std::size_t>(table.label_width);
  std::string text = table.title.empty() ? "" : table.title + "\n";
  text += std::string(label_width, ' ');
  for (const auto& column : table.columns)
    text += fmt::format("{:>{}}", column, width);
  text += '\n';
  std::string section;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (left_out(r)) continue;
    const auto& row = table.rows[r];
    if (row.section != section) text += (section = row.section) + "\n";
    text += fmt::format("  {:<{}}", row.label, label_width - 2);
    for (const auto& c : cells[r])
      text += fmt::format("{:>{}}", c, width);
    text += '\n';
  }
  return text;
}

std::string table_text(const SummaryTable& table) {
  TableOfRuns one;
  one.add(SummaryTable{table});
  return one.text();
}

} // namespace nearshore
