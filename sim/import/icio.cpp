#include "sim/import/icio.hpp"

#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore::importing {
namespace {

// A negative cell smaller than the unit that is kept is rounding noise of the published file.
constexpr double kNoise = 0.0005;
constexpr std::string_view kValueAdded = "VA", kTaxes = "TLS";

struct ColumnTotals {
  std::vector<double> inputs, value_added, taxes, output, row_output; ///< [column]
};

class IcioReader {
public:
  IcioReader(CsvStream& stream, const IcioRules& r, const IcioChecks& c)
      : in(stream), rules(r), checks(c) {
    if (!in.next())
      throw Error(ErrorKind::input, "no header row: the file is empty", in.path(),
                  "a table with row and column labels");
    sums.layout = read_icio_header(in, rules);
    const auto& l = sums.layout;
    sums.regions = rules.regions.size();
    sums.sectors = rules.sectors.size();
    sums.sellers = sums.regions * kFirmTypes * sums.sectors;
    sums.intermediate.resize(sums.sellers * l.users.size());
    sums.final_use.resize(sums.sellers * sums.regions);
    sums.inventories = sums.final_use;
    sums.made.resize(l.users.size() * sums.sectors);
    for (auto* v : {&sums.value_added, &sums.taxes, &sums.output})
      v->resize(l.users.size());
    sums.final_taxes.resize(sums.regions);
    for (auto* v :
         {&totals.inputs, &totals.value_added, &totals.taxes, &totals.output, &totals.row_output})
      v->resize(l.columns.size());
    row.users.resize(l.users.size());
    row.final_use.resize(sums.regions);
    row.inventories.resize(sums.regions);
    seen_at.resize(l.columns.size());
  }

  IcioSums read() {
    while (in.next())
      read_row();
    check_rows_present();
    check_columns();
    sums.bytes = in.position().read;
    return std::move(sums);
  }

private:
  void read_row() {
    const auto& columns = sums.layout.columns;
    if (in.size() != columns.size() + 1)
      throw in.error(
          std::min(in.size(), columns.size() + 1),
          fmt::format("{} fields where the header has {}", in.size(), columns.size() + 1),
          "one field for each column");
    const std::string label{in.field(0)};
    if (label == kValueAdded) return read_margin(totals.value_added, value_added_line, label);
    if (label == kTaxes) return read_margin(totals.taxes, taxes_line, label);
    if (is_output_label(label)) return read_margin(totals.output, output_line, label);
    read_seller(label);
  }

  double cell(std::size_t column) {
    ++sums.cells;
    if (in.field(column + 1).empty()) {
      ++sums.empty_cells;
      if (checks.empty_is_zero) return 0;
      throw in.error(column + 1,
                     fmt::format("empty cell in column '{}'", sums.layout.columns[column].label),
                     "a number, or --empty-as-zero");
    }
    return in.number(column + 1);
  }

  void read_margin(std::vector<double>& into, std::uint64_t& line, const std::string& label) {
    if (line != 0)
      throw in.error(0, fmt::format("row '{}' appears twice, first in line {}", label, line));
    line = in.line();
    for (std::size_t c = 0; c < into.size(); ++c) {
      // The corners below final demand hold nothing for value added.
      const bool corner = sums.layout.columns[c].kind != IcioColumnKind::industry;
      into[c] = corner && in.field(c + 1).empty() ? 0 : cell(c);
    }
  }

  void read_seller(const std::string& label) {
    const auto& l = sums.layout;
    const auto known = l.column_of.find(label);
    if (known == l.column_of.end() || l.columns[known->second].kind != IcioColumnKind::industry) {
      std::vector<std::string> labels{std::string{kValueAdded}, std::string{kTaxes}, "OUT"};
      for (const auto& c : l.columns)
        if (c.kind == IcioColumnKind::industry) labels.push_back(c.label);
      throw in.error(0, fmt::format("row '{}' has no column of its name", label),
                     "COUNTRY_INDUSTRY as in the header, VA, TLS, OUT", nearest(label, labels));
    }
    auto& first = seen_at[known->second];
    if (first != 0)
      throw in.error(0, fmt::format("row '{}' appears twice, first in line {}", label, first));
    first = in.line();
    ++sums.rows;
    read_sales(label, known->second);
    share_out(l.columns[known->second].user);
  }

  // Adds the row up by user and destination, and checks it against gross output.
  void read_sales(const std::string& label, std::size_t own) {
    const auto& l = sums.layout;
    std::fill(row.users.begin(), row.users.end(), 0);
    std::fill(row.final_use.begin(), row.final_use.end(), 0);
    std::fill(row.inventories.begin(), row.inventories.end(), 0);
    double used = 0, output = 0;
    for (std::size_t c = 0; c < l.columns.size(); ++c) {
      const auto& column = l.columns[c];
      const double v = cell(c);
      if (v < -kNoise && !column.may_be_negative)
        throw in.error(c + 1,
                       fmt::format("negative {}: {} sold to {}",
                                   column.kind == IcioColumnKind::total ? "gross output" : "cell",
                                   label, column.label),
                       fmt::format("negative cells in {} only (--allow-negative CATEGORY)",
                                   join(rules.may_be_negative)));
      if (column.kind == IcioColumnKind::total) {
        output = v;
        continue;
      }
      used += v;
      if (column.kind == IcioColumnKind::industry) {
        row.users[column.user] += std::max(v, 0.0);
        totals.inputs[c] += v;
      } else if (column.inventories) {
        row.inventories[column.destination] += v;
        sums.negative_inventories += v < -kNoise;
        sums.negative_inventory_total += std::min(v, 0.0);
      } else {
        row.final_use[column.destination] += v;
      }
    }
    const double gap = used - output;
    if (std::abs(gap) > tolerance(output))
      throw in.error(l.total + 1,
                     fmt::format("row '{}' adds up to {:.3f}, its gross output is {:.3f}", label,
                                 used, output),
                     fmt::format("a difference of at most {:.3f} million USD (--tolerance)",
                                 tolerance(output)));
    sums.row_gap.add(gap, label);
    totals.row_output[own] = output;
  }

  void share_out(std::size_t own_user) {
    const auto& l = sums.layout;
    const auto& user = l.users[own_user];
    const auto U = l.users.size(), R = sums.regions;
    double intermediate = 0, final_use = 0;
    for (const double v : row.users)
      intermediate += v;
    for (std::size_t d = 0; d < R; ++d)
      final_use += row.final_use[d] + row.inventories[d];
    for (const auto& share : l.sectors_of[user.industry]->sectors) {
      const auto p =
          (user.region.region.index() * kFirmTypes + static_cast<std::size_t>(user.region.type)) *
              sums.sectors +
          share.sector.index();
      for (std::size_t u = 0; u < U; ++u)
        sums.intermediate[p * U + u] += share.intermediate * row.users[u];
      for (std::size_t d = 0; d < R; ++d) {
        sums.final_use[p * R + d] += share.final_use * row.final_use[d];
        sums.inventories[p * R + d] += share.final_use * row.inventories[d];
      }
      sums.made[own_user * sums.sectors + share.sector.index()] +=
          share.intermediate * intermediate + share.final_use * final_use;
    }
  }

  void check_rows_present() const {
    const auto fail = [&](const std::string& what, std::size_t others) {
      throw Error(ErrorKind::input,
                  fmt::format("no row '{}'{}", what,
                              others == 0 ? "" : fmt::format(", nor {} others", others)),
                  fmt::format("{}:{}", in.path(), in.line()),
                  "a row for each COUNTRY_INDUSTRY of the header, and VA, TLS, OUT");
    };
    std::string missing;
    std::size_t count = 0;
    for (std::size_t c = 0; c < seen_at.size(); ++c)
      if (sums.layout.columns[c].kind == IcioColumnKind::industry && seen_at[c] == 0) {
        if (count++ == 0) missing = sums.layout.columns[c].label;
      }
    if (count > 0) fail(missing, count - 1);
    if (value_added_line == 0) fail(std::string{kValueAdded}, 0);
    if (taxes_line == 0) fail(std::string{kTaxes}, 0);
    if (output_line == 0) fail("OUT", 0);
  }

  void check_columns() {
    const auto& l = sums.layout;
    for (std::size_t c = 0; c < l.columns.size(); ++c) {
      const auto& column = l.columns[c];
      if (column.kind == IcioColumnKind::final_demand)
        sums.final_taxes[column.destination] += totals.taxes[c];
      if (column.kind != IcioColumnKind::industry) continue;
      const double output = totals.row_output[c];
      const auto where = fmt::format("{}:{}", in.path(), output_line);
      if (std::abs(totals.output[c] - output) > tolerance(output))
        throw Error(ErrorKind::input,
                    fmt::format("gross output of '{}' is {:.3f} in row OUT, {:.3f} in column OUT",
                                column.label, totals.output[c], output),
                    where, "the same in both");
      const double parts = totals.inputs[c] + totals.taxes[c] + totals.value_added[c];
      if (std::abs(parts - output) > tolerance(output))
        throw Error(
            ErrorKind::input,
            fmt::format("column '{}': inputs {:.3f} + taxes {:.3f} + value added {:.3f} = {:.3f}, "
                        "its gross output is {:.3f}",
                        column.label, totals.inputs[c], totals.taxes[c], totals.value_added[c],
                        parts, output),
            where,
            fmt::format("a difference of at most {:.3f} million USD (--tolerance)",
                        tolerance(output)));
      sums.column_gap.add(parts - output, column.label);
      sums.value_added[column.user] += totals.value_added[c];
      sums.taxes[column.user] += totals.taxes[c];
      sums.output[column.user] += output;
      sums.negative_value_added += totals.value_added[c] < 0;
    }
  }

  [[nodiscard]] double tolerance(double output) const {
    return checks.absolute_tolerance + checks.relative_tolerance * std::abs(output);
  }

  CsvStream& in;
  const IcioRules& rules;
  const IcioChecks& checks;
  IcioSums sums;
  ColumnTotals totals;
  struct {
    std::vector<double> users, final_use, inventories;
  } row;
  std::vector<std::uint64_t> seen_at; ///< [column] line of the row of the same label, 0: none yet
  std::uint64_t value_added_line{0}, taxes_line{0}, output_line{0};
};

} // namespace

void Gap::add(double gap, const std::string& of) {
  total += gap;
  if (std::abs(gap) <= std::abs(largest)) return;
  largest = gap;
  label = of;
}

IcioSums read_icio(const std::string& path, const IcioRules& rules, const IcioChecks& checks,
                   OnProgress on_progress) {
  CsvStream in{path, std::move(on_progress)};
  return IcioReader{in, rules, checks}.read();
}

} // namespace nearshore::importing
