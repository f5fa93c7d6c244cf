// What an import did, in words and figures, for the reader of the world that it wrote.
#include "policy/text.hpp"
#include "sim/import/write_world.hpp"
#include "sim/world_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

namespace nearshore::importing {
namespace {

double sum(const std::vector<double>& v) {
  return std::accumulate(v.begin(), v.end(), 0.0);
}

std::string percent(double part, double whole) {
  return fmt::format("{:.2f} %", whole > 0 ? 100 * part / whole : 0);
}

std::string producer_name(const WorldTable& t, std::size_t p) {
  return fmt::format("{} {} ({})", t.regions[p / t.S() / kFirmTypes].code,
                     t.sectors[p % t.S()].code, firm_type_name(p / t.S() % kFirmTypes));
}

std::string regions_table(const IcioSums& s, const ImportedWorld& w) {
  const auto& t = w.table;
  std::string out =
      "| region | countries | output | processing | value added | of it taxes | exports "
      "| imports |\n|---|---|---|---|---|---|---|---|\n";
  for (std::size_t r = 0; r < t.R(); ++r) {
    double output = 0, processing = 0, value_added = 0, exports = 0, imports = 0;
    for (std::size_t i = 0; i < kFirmTypes * t.S(); ++i) {
      const auto p = r * kFirmTypes * t.S() + i;
      output += t.gross_output[p];
      if (i >= t.S()) processing += t.gross_output[p];
      value_added += t.value_added[p];
      exports += t.exports[p];
      for (std::size_t c = p * t.S() * t.R(); c < (p + 1) * t.S() * t.R(); ++c)
        if (c % t.R() != r) imports += t.inputs[c];
    }
    for (std::size_t c = r * t.S() * t.R(); c < (r + 1) * t.S() * t.R(); ++c)
      if (c % t.R() != r) imports += t.final_demand[c];
    out += fmt::format("| {} | {} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.0f} | {:.0f} |\n",
                       t.regions[r].code, join(s.layout.countries[r], " "), output, processing,
                       value_added, w.taxes[r], exports, imports);
  }
  return out;
}

std::string draw_downs(const ImportedWorld& w) {
  if (w.draw_downs.empty()) return "No seller's draw-down exceeds its other sales anywhere.\n";
  auto sorted = w.draw_downs;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.amount > b.amount; });
  constexpr std::size_t kShown = 10;
  double all = 0;
  for (const auto& d : sorted)
    all += d.amount;
  auto out = fmt::format("{} sellers, {} million USD in all, the largest:\n\n", sorted.size(),
                         money_text(all));
  for (std::size_t i = 0; i < std::min(kShown, sorted.size()); ++i)
    out += fmt::format("- {}: {}\n", producer_name(w.table, sorted[i].seller),
                       money_text(sorted[i].amount));
  return out;
}

std::string processing_note(const WorldTable& t) {
  std::vector<std::string> without;
  for (std::size_t r = 0; r < t.R(); ++r) {
    if (!t.regions[r].splits_processing) continue;
    double output = 0;
    for (std::size_t j = 0; j < t.S(); ++j)
      output += t.gross_output[t.producer(RegionId{r}, FirmType::processing, SectorId{j})];
    if (!(output > 0)) without.push_back(t.regions[r].code);
  }
  if (without.empty()) return {};
  return fmt::format(
      "**{}: no export-processing producers.** The table has no split codes (MX1, MX2, "
      "CN1, CN2): it is not the extended edition. All producers are domestic.\n\n",
      join(without));
}

} // namespace

std::string import_report(const Origin& o, const IcioSums& s, const ImportedWorld& w) {
  const auto& t = w.table;
  const double output = sum(t.gross_output);
  std::string out = "# Import of an Inter-Country Input-Output table\n\n";
  out += fmt::format("- file {}, {} bytes, year {}{}\n",
                     std::filesystem::path(o.file).filename().string(), s.bytes, o.year,
                     o.year_checked ? "" : " (the name of the file says none: not checked)");
  out += fmt::format("- {} rows of industries, {} columns, {} cells; {} industries\n", s.rows,
                     s.layout.columns.size(), s.cells, s.layout.industries.size());
  if (s.empty_cells > 0) out += fmt::format("- {} empty cells read as zero\n", s.empty_cells);
  if (!s.layout.rest.empty())
    out += fmt::format("- countries not in the concordance, put into {}: {}\n", o.rest,
                       join(s.layout.rest, " "));
  out += fmt::format(
      "- world: output {:.0f}, value added {:.0f} (published {:.0f} and taxes on inputs "
      "{:.0f}) million USD\n\n",
      output, sum(t.value_added), sum(w.value_added), sum(w.taxes));
  out += processing_note(t);
  out += "## Regions, million USD\n\n" + regions_table(s, w);
  out += "\n## What is not as published\n\n";
  out += fmt::format(
      "**Differences in the file.** Rows miss gross output by {} million USD at most ({}), "
      "columns by {} ({}). Output here is the sum of the row; value added the rest of the "
      "column: it differs from published value added and taxes by {} in all, by {} of "
      "output at most ({}).\n\n",
      money_text(s.row_gap.largest), s.row_gap.label.empty() ? "none" : s.row_gap.label,
      money_text(s.column_gap.largest), s.column_gap.label.empty() ? "none" : s.column_gap.label,
      money_text(w.value_added_moved), percent(w.largest_value_added_gap, 1),
      producer_name(t, w.largest_gap_producer));
  out += fmt::format("**Rounding** to thousand USD moved {} million USD in all.\n\n",
                     fmt::format("{:.3f}", w.rounding_moved));
  out += fmt::format(
      "**Taxes less subsidies.** On inputs of producers: in value added, {} million USD "
      "({} of output). On final products: {}, left out, since the table is at basic "
      "prices.\n\n",
      money_text(sum(w.taxes)), percent(sum(w.taxes), output), money_text(sum(s.final_taxes)));
  out += fmt::format(
      "**Inventories.** {} negative cells, {} million USD, netted with the other final "
      "sales of the same seller to the same region; where that was not enough, taken off "
      "the seller's final sales to all, in proportion. {}\n",
      s.negative_inventories, money_text(s.negative_inventory_total), draw_downs(w));
  out +=
      fmt::format("**Shares.** {} of the value of all flows touches a sector that some industry is "
                  "divided over (source ICIO-S).\n\n",
                  percent(w.split_value, w.all_value));
  if (s.negative_value_added > 0)
    out +=
        fmt::format("**Negative value added** in {} published columns, summed with the others.\n\n",
                    s.negative_value_added);
  if (!w.folded.empty()) {
    std::vector<std::string> names;
    for (const auto p : w.folded)
      names.push_back(producer_name(t, p));
    out += fmt::format(
        "**Small export-processing producers** (output under {} million USD) joined the "
        "domestic ones: {}; {} million USD.\n",
        number_text(o.smallest), join(names), money_text(w.folded_output));
  }
  return out;
}

} // namespace nearshore::importing
