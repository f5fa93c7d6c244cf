#include "sim/import/write_world.hpp"

#include "policy/text.hpp"
#include "sim/csv.hpp"
#include "sim/world_text.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <set>

namespace nearshore::importing {
namespace {

namespace fs = std::filesystem;

// Codes of the column `source`; sources.csv says what they mean.
constexpr const char* kPublished = "ICIO";
constexpr const char* kShared = "ICIO-S";
constexpr const char* kDrawDown = "ICIO-D";
constexpr const char* kFolded = "ICIO-F";

// What published trade of the base year holds beyond a table is a comparison with another source:
// an import has none, so that partner statistics are on the table's own basis.
constexpr const char* kNoBridge = "# No bridge to published trade: partner statistics of a run are "
                                  "those of the table alone. Rows may "
                                  "be added,\n"
                                  "# million USD a year, where published totals of the table's "
                                  "year are known (docs/base_year.md).\n"
                                  "partner,exports_addon_musd,imports_addon_musd,source,estimate\n";

std::string file_name(const std::string& path) {
  return fs::path(path).filename().string();
}

/// Codes that rows of a list cite, in one field separated by blanks.
void add_codes(const std::string& path, const std::vector<std::string>& columns,
               std::set<std::string>& codes) {
  for (const auto row : read_csv(path, columns, {"harmonized_system"})) {
    std::string_view text = row.text("source");
    while (!text.empty()) {
      const auto end = std::min(text.find(' '), text.size());
      if (end > 0) codes.emplace(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
}

std::string render_sources(const Origin& o) {
  std::set<std::string> cited;
  add_codes(o.lists + "/regions.csv",
            {"code", "name", "splits_processing", "hourly_wage_usd", "source", "estimate"}, cited);
  add_codes(o.lists + "/sectors.csv",
            {"code", "name", "is_goods", "energy_cost_share", "labour_share", "source", "estimate"},
            cited);
  std::string out = "# What the codes in the column `source` of this folder mean.\n"
                    "code,estimate,confidence,meaning\n";
  for (const auto row :
       read_csv(o.lists + "/sources.csv", {"code", "estimate", "confidence", "meaning"}))
    if (cited.count(std::string{row.text("code")}) > 0)
      out += fmt::format("{},{},{},{}\n", row.text("code"), row.text("estimate"),
                         row.text("confidence"), quoted_field(std::string{row.text("meaning")}));
  const auto add = [&](const char* code, const char* estimate, const char* confidence,
                       const std::string& meaning) {
    out += fmt::format("{},{},{},{}\n", code, estimate, confidence, quoted_field(meaning));
  };
  const auto table = fmt::format("OECD Inter-Country Input-Output table, year {}, file {}", o.year,
                                 file_name(o.file));
  add(kPublished, "no", "published",
      table +
          ": sum of published cells. Of producers: output is the sum of the row, exports its "
          "uses abroad, value added the rest of the column, with taxes less subsidies on inputs");
  add(kShared, "yes", "low",
      table + ": as ICIO, and some industry is divided over sectors by the shares of "
              "concordance_icio_industries.csv");
  add(kDrawDown, "yes", "low",
      "lowered, with the seller's other final sales, since its draw-down of inventories exceeds "
      "its "
      "other sales to some destination");
  add(kFolded, "yes", "medium",
      "holds export-processing producers too small to be kept apart (import_report.md)");
  return out;
}

struct Marks {
  std::vector<bool> shared;     ///< [sector]
  std::set<std::size_t> drawn;  ///< sellers as (region, sector), region * S + sector
  std::set<std::size_t> folded; ///< domestic producers
};

Marks marks_of(const IcioSums& s, const ImportedWorld& w) {
  Marks m{sectors_with_shares(s), {}, {}};
  const auto S = s.sectors;
  for (const auto& d : w.draw_downs)
    m.drawn.insert(d.seller / (kFirmTypes * S) * S + d.seller % S);
  for (const auto p : w.folded)
    m.folded.insert(p - S);
  return m;
}

std::string render_producers(const WorldTable& t, const Marks& m) {
  std::string out =
      "region,type,sector,gross_output_musd,value_added_musd,exports_musd,source,estimate\n";
  for (std::size_t p = 0; p < t.producers(); ++p) {
    if (!(t.gross_output[p] > 0)) continue;
    const auto s = p % t.S(), type = p / t.S() % kFirmTypes, r = p / t.S() / kFirmTypes;
    const bool folded = m.folded.count(p) > 0;
    out += fmt::format(
        "{},{},{},{},{},{},{}{},{}\n", t.regions[r].code, firm_type_name(type), t.sectors[s].code,
        money_text(t.gross_output[p]), money_text(t.value_added[p]), money_text(t.exports[p]),
        m.shared[s] ? kShared : kPublished, folded ? fmt::format(" {}", kFolded) : std::string{},
        m.shared[s] || folded ? "yes" : "no");
  }
  return out;
}

std::string render_inputs(const WorldTable& t, const Marks& m) {
  std::string out = "region,type,sector,input_sector,origin,value_musd,source\n";
  for (std::size_t i = 0; i < t.inputs.size(); ++i) {
    if (!(t.inputs[i] > 0)) continue;
    const auto o = i % t.R(), j = i / t.R() % t.S(), p = i / t.R() / t.S();
    const auto s = p % t.S(), type = p / t.S() % kFirmTypes, r = p / t.S() / kFirmTypes;
    out += fmt::format("{},{},{},{},{},{},{}\n", t.regions[r].code, firm_type_name(type),
                       t.sectors[s].code, t.sectors[j].code, t.regions[o].code,
                       money_text(t.inputs[i]), m.shared[s] || m.shared[j] ? kShared : kPublished);
  }
  return out;
}

std::string render_final_demand(const WorldTable& t, const Marks& m) {
  std::string out = "destination,sector,origin,value_musd,source\n";
  for (std::size_t i = 0; i < t.final_demand.size(); ++i) {
    if (!(t.final_demand[i] > 0)) continue;
    const auto o = i % t.R(), j = i / t.R() % t.S(), d = i / t.R() / t.S();
    out += fmt::format(
        "{},{},{},{},{}{}\n", t.regions[d].code, t.sectors[j].code, t.regions[o].code,
        money_text(t.final_demand[i]), m.shared[j] ? kShared : kPublished,
        m.drawn.count(o * t.S() + j) > 0 ? fmt::format(" {}", kDrawDown) : std::string{});
  }
  return out;
}

} // namespace

balance::Files render_import(const Origin& o, const IcioSums& s, const ImportedWorld& w) {
  balance::Files files;
  for (const char* name : {"regions.csv", "sectors.csv", "groups.csv"})
    files[name] = read_text_file(o.lists + "/" + name);
  files["concordance_icio_regions.csv"] = read_text_file(o.countries);
  files["concordance_icio_industries.csv"] = read_text_file(o.industries);
  files["sources.csv"] = render_sources(o);
  const auto marks = marks_of(s, w);
  files["producers.csv"] = render_producers(w.table, marks);
  files["inputs.csv"] = render_inputs(w.table, marks);
  files["final_demand.csv"] = render_final_demand(w.table, marks);
  files["us_trade_bridge.csv"] = kNoBridge;
  files["import_report.md"] = import_report(o, s, w);
  return files;
}

void write_world_folder(const balance::Files& files, const std::string& folder) {
  auto name = fs::path{folder}.lexically_normal();
  if (name.filename().empty()) name = name.parent_path();
  const fs::path beside = name.string() + ".partial";
  struct Remover {
    const fs::path& path;
    ~Remover() {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
  } remover{beside};
  balance::write_files(files, beside.string());
  static_cast<void>(read_world_table(beside.string()));
  balance::write_files(files, name.string());
}

} // namespace nearshore::importing
