#include "sim/world_table.hpp"

#include "policy/error.hpp"
#include "sim/csv.hpp"
#include "sim/world_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace nearshore {
namespace {

// Files hold thousand USD as million USD with three decimals; closure is checked on these whole
// numbers.
using Units = std::int64_t;
constexpr double kLargestMillions =
    1e9; // a thousand times the world's output: its thousands still add exactly
const std::vector<std::string> kTypeNames{"domestic", "processing"};

double millions(Units u) {
  return static_cast<double>(u) / kTableUnitsPerMillion;
}

Units read_units(const CsvRow& row, std::string_view column) {
  const double value = row.number(column, 0, kLargestMillions) * kTableUnitsPerMillion;
  const double whole = std::nearbyint(value);
  if (std::abs(value - whole) > 1e-3)
    throw row.error(column,
                    fmt::format("{} = {} has more than three decimals", column, row.text(column)),
                    "million USD, a whole number of thousands");
  return static_cast<Units>(whole);
}

/// The table in whole units while it is read and checked.
struct Ledger {
  const WorldTable& t;
  std::vector<std::string> regions, sectors;
  std::vector<Units> output, value_added, exports, inputs, finals;
  std::vector<std::string> place; ///< [producer] file:line:column of its row, empty if it has none

  explicit Ledger(const WorldTable& table)
      : t(table), regions(codes_of(t.regions)), sectors(codes_of(t.sectors)), output(t.producers()),
        value_added(t.producers()), exports(t.producers()), inputs(t.producers() * t.S() * t.R()),
        finals(t.R() * t.S() * t.R()), place(t.producers()) {}

  [[nodiscard]] std::size_t read_producer(const CsvRow& row) const {
    const RegionId r{row.choice("region", regions, "region")};
    const auto type = static_cast<FirmType>(row.choice("type", kTypeNames, "type"));
    if (type == FirmType::processing && !t.regions[r.index()].splits_processing)
      throw row.error("type",
                      fmt::format("region '{}' has no processing producers", row.text("region")),
                      "domestic, or splits_processing = yes in regions.csv");
    return t.producer(r, type, SectorId{row.choice("sector", sectors, "sector")});
  }
};

void read_producers(const std::string& path, Ledger& l) {
  for (const auto row :
       read_csv(path, {"region", "type", "sector", "gross_output_musd", "value_added_musd",
                       "exports_musd", "source", "estimate"})) {
    const auto p = l.read_producer(row);
    if (!l.place[p].empty()) throw row.error("sector", "this producer has a row already", {}, {});
    l.place[p] = row.where("gross_output_musd");
    l.output[p] = read_units(row, "gross_output_musd");
    l.value_added[p] = read_units(row, "value_added_musd");
    l.exports[p] = read_units(row, "exports_musd");
    if (l.output[p] == 0)
      throw row.error("gross_output_musd", "a producer without output", "no row at all");
    if (l.exports[p] > l.output[p])
      throw row.error("exports_musd",
                      fmt::format("exports {} are above output {}", row.text("exports_musd"),
                                  row.text("gross_output_musd")));
  }
}

void read_cell(const CsvRow& row, std::string_view column, Units& cell) {
  const auto value = read_units(row, column);
  if (value == 0) throw row.error(column, "a cell of zero", "a positive number, or no row at all");
  if (cell != 0) throw row.error(column, "this cell has a row already");
  cell = value;
}

void read_inputs(const std::string& path, Ledger& l) {
  for (const auto row : read_csv(
           path, {"region", "type", "sector", "input_sector", "origin", "value_musd", "source"})) {
    const auto p = l.read_producer(row);
    if (l.place[p].empty())
      throw row.error("sector", "inputs of a producer that producers.csv does not name");
    const auto j = row.choice("input_sector", l.sectors, "sector");
    const auto o = row.choice("origin", l.regions, "region");
    read_cell(row, "value_musd", l.inputs[(p * l.t.S() + j) * l.t.R() + o]);
  }
}

void read_final_demand(const std::string& path, Ledger& l) {
  for (const auto row :
       read_csv(path, {"destination", "sector", "origin", "value_musd", "source"})) {
    const auto d = row.choice("destination", l.regions, "region");
    const auto s = row.choice("sector", l.sectors, "sector");
    const auto o = row.choice("origin", l.regions, "region");
    read_cell(row, "value_musd", l.finals[(d * l.t.S() + s) * l.t.R() + o]);
  }
}

void check_columns(const Ledger& l) {
  const std::size_t cells = l.t.S() * l.t.R();
  for (std::size_t p = 0; p < l.output.size(); ++p) {
    Units spent = l.value_added[p];
    for (std::size_t i = p * cells; i < (p + 1) * cells; ++i)
      spent += l.inputs[i];
    if (spent != l.output[p])
      throw Error(
          ErrorKind::input,
          fmt::format("the column does not close: output is {:.3f}, inputs plus value added {:.3f}",
                      millions(l.output[p]), millions(spent)),
          l.place[p], "output = inputs + value added");
  }
}

void check_rows(const Ledger& l, const std::string& path) {
  const auto& t = l.t;
  for (std::size_t r = 0; r < t.R(); ++r)
    for (std::size_t s = 0; s < t.S(); ++s) {
      Units made = 0, exported = 0, home = 0, abroad = 0;
      std::string place = path;
      for (auto type : {FirmType::processing, FirmType::domestic}) {
        const auto p = t.producer(RegionId{r}, type, SectorId{s});
        made += l.output[p];
        exported += l.exports[p];
        if (!l.place[p].empty()) place = l.place[p];
      }
      for (std::size_t p = 0; p < t.producers(); ++p) {
        const bool at_home = p / (kFirmTypes * t.S()) == r;
        (at_home ? home : abroad) += l.inputs[(p * t.S() + s) * t.R() + r];
      }
      for (std::size_t d = 0; d < t.R(); ++d)
        (d == r ? home : abroad) += l.finals[(d * t.S() + s) * t.R() + r];
      if (made != home + abroad)
        throw Error(ErrorKind::input,
                    fmt::format("the row of {} in {} does not close: output is {:.3f}, uses {:.3f}",
                                t.sectors[s].code, t.regions[r].code, millions(made),
                                millions(home + abroad)),
                    place, "output summed over types = uses by all destinations");
      if (exported != abroad)
        throw Error(ErrorKind::input,
                    fmt::format("exports of {} from {} are {:.3f}, their uses abroad {:.3f}",
                                t.sectors[s].code, t.regions[r].code, millions(exported),
                                millions(abroad)),
                    place, "exports summed over types = uses by other destinations");
    }
}

std::vector<double> to_millions(const std::vector<Units>& units) {
  std::vector<double> values(units.size());
  std::transform(units.begin(), units.end(), values.begin(), millions);
  return values;
}

} // namespace

WorldTable read_world_table(const std::string& folder) {
  WorldTable t;
  t.regions = read_regions(folder + "/regions.csv");
  t.sectors = read_sectors(folder + "/sectors.csv");
  read_groups(folder + "/groups.csv", t.regions, t.sectors, t.region_groups, t.sector_groups);

  Ledger l{t};
  read_producers(folder + "/producers.csv", l);
  read_inputs(folder + "/inputs.csv", l);
  read_final_demand(folder + "/final_demand.csv", l);
  check_columns(l);
  check_rows(l, folder + "/producers.csv");

  t.gross_output = to_millions(l.output);
  t.value_added = to_millions(l.value_added);
  t.exports = to_millions(l.exports);
  t.inputs = to_millions(l.inputs);
  t.final_demand = to_millions(l.finals);
  return t;
}

} // namespace nearshore
