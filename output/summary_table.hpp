#pragma once
// A table of the summary as numbers, so that the tables of several runs can become one with bands.
#include <span>
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
  int label_width, width, decimals;
  std::vector<std::string> columns;
  std::vector<Row> rows;
  bool leave_out_zeros{false}; ///< rows that are zero throughout, in all runs, are not shown
};

/// Fixed width, plain text.
std::string table_text(const SummaryTable& table);

/// The same table of several runs: "median [p05 p95]" in every cell; with one run, as table_text().
/// Throws Error (kind internal) where the tables do not have the same rows and columns.
std::string table_text(std::span<const SummaryTable> runs);

} // namespace nearshore
