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

std::vector<double> over_runs(std::span<const SummaryTable> runs, std::size_t row,
                              std::size_t column) {
  std::vector<double> values;
  for (const auto& run : runs)
    values.push_back(run.rows[row].values.at(column));
  return values;
}

std::string cell(std::span<const SummaryTable> runs, std::size_t row, std::size_t column) {
  const int decimals = runs.front().decimals;
  if (runs.size() == 1) return number(runs.front().rows[row].values.at(column), decimals);
  const Band b = band(over_runs(runs, row, column));
  if (std::isnan(b.median)) return "-";
  return fmt::format("{} [{} {}]", number(b.median, decimals), number(b.p05, decimals),
                     number(b.p95, decimals));
}

bool left_out(std::span<const SummaryTable> runs, std::size_t row) {
  return runs.front().leave_out_zeros &&
         std::all_of(runs.begin(), runs.end(), [&](const SummaryTable& run) {
           const auto& values = run.rows[row].values;
           return std::all_of(values.begin(), values.end(), [](double x) { return x == 0; });
         });
}

void check_alike(std::span<const SummaryTable> runs) {
  const auto& first = runs.front();
  for (const auto& run : runs) {
    const bool alike = run.columns == first.columns &&
                       std::equal(run.rows.begin(), run.rows.end(), first.rows.begin(),
                                  first.rows.end(), [](const auto& a, const auto& b) {
                                    return a.section == b.section && a.label == b.label;
                                  });
    if (!alike) throw Error{ErrorKind::internal, "the summaries of the runs differ in their rows"};
  }
}

} // namespace

std::string table_text(std::span<const SummaryTable> runs) {
  if (runs.empty()) return {};
  check_alike(runs);
  const auto& table = runs.front();
  std::vector<std::vector<std::string>> cells(table.rows.size());
  auto width = static_cast<std::size_t>(table.width);
  for (std::size_t r = 0; r < table.rows.size(); ++r)
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      cells[r].push_back(cell(runs, r, c));
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
    if (left_out(runs, r)) continue;
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
  return table_text(std::span<const SummaryTable>{&table, 1});
}

} // namespace nearshore
