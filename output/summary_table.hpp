#pragma once
// A table of the summary as numbers, so that the tables of several runs can become one with bands.
#include <cstddef>
#include <string>
#include <vector>

namespace nearshore {

struct SummaryTable {
  struct Row {
    std::string section; ///< heading above the row; empty: none
    std::string label;
    std::vector<double> values; ///< [column]; NaN: shown as "-"
  };
  std::string title; ///< line above; empty: none
  int label_width{0}, width{0}, decimals{0};
  std::vector<std::string> columns;
  std::vector<Row> rows;
  bool leave_out_zeros{false}; ///< rows that are zero throughout, in all runs, are not shown
};

/// Fixed width, plain text.
std::string table_text(const SummaryTable& table);

/// The same table of several runs; labels are kept once.
class TableOfRuns {
public:
  /// Throws Error (kind internal) for a table that has other rows or columns than the first.
  void add(SummaryTable&& table);
  /// "median [p05 p95]" in every cell; of one run, as table_text(). Empty without runs.
  [[nodiscard]] std::string text() const;

private:
  SummaryTable layout;
  std::vector<std::vector<double>> runs; ///< [run][row and column]

  [[nodiscard]] std::vector<double> over_runs(std::size_t row, std::size_t column) const;
  [[nodiscard]] std::string cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] bool left_out(std::size_t row) const;
};

} // namespace nearshore
