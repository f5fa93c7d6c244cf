#include "sim/balance/write.hpp"

#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/checkpoint/written_file.hpp"
#include "sim/world_text.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace nearshore::balance {
namespace {

namespace fs = std::filesystem;

std::string render_producers(const Sources& s, const WorldTable& t) {
  std::string out =
      "region,type,sector,gross_output_musd,value_added_musd,exports_musd,source,estimate\n";
  for (std::size_t r = 0; r < t.R(); ++r)
    for (std::size_t type = 0; type < kFirmTypes; ++type)
      for (std::size_t j = 0; j < t.S(); ++j) {
        const auto p = t.producer(RegionId{r}, static_cast<FirmType>(type), SectorId{j});
        if (!(t.gross_output[p] > 0)) continue;
        const auto& split = s.split_source[s.at(r, j)];
        out += fmt::format("{},{},{},{},{},{},O{}{},yes\n", t.regions[r].code, firm_type_name(type),
                           t.sectors[j].code, money_text(t.gross_output[p]),
                           money_text(t.value_added[p]), money_text(t.exports[p]),
                           s.basis[s.at(r, j)] + 1, split.empty() ? "" : " " + split);
      }
  return out;
}

std::string render_inputs(const Sources& s, const WorldTable& t) {
  std::string out = "region,type,sector,input_sector,origin,value_musd,source\n";
  for (std::size_t i = 0; i < t.inputs.size(); ++i) {
    if (!(t.inputs[i] > 0)) continue;
    const std::size_t o = i % t.R(), j = i / t.R() % t.S(), p = i / t.R() / t.S();
    const std::size_t user = p % t.S(), type = p / t.S() % kFirmTypes, d = p / t.S() / kFirmTypes;
    const bool reports = d == s.reporter.index();
    const char* source = reports ? (d != o && t.sectors[j].is_goods ? "T2" : "T1")
                                 : (s.split_source[s.at(d, user)].empty() ? "T3" : "T4");
    out += fmt::format("{},{},{},{},{},{},{}\n", t.regions[d].code, firm_type_name(type),
                       t.sectors[user].code, t.sectors[j].code, t.regions[o].code,
                       money_text(t.inputs[i]), source);
  }
  return out;
}

std::string render_final_demand(const Sources& s, const WorldTable& t) {
  std::string out = "destination,sector,origin,value_musd,source\n";
  for (std::size_t i = 0; i < t.final_demand.size(); ++i) {
    if (!(t.final_demand[i] > 0)) continue;
    const std::size_t o = i % t.R(), j = i / t.R() % t.S(), d = i / t.R() / t.S();
    const bool published = d == s.reporter.index() && d != o && t.sectors[j].is_goods;
    out += fmt::format("{},{},{},{},{}\n", t.regions[d].code, t.sectors[j].code, t.regions[o].code,
                       money_text(t.final_demand[i]), published ? "D2" : "D1");
  }
  return out;
}

std::string render_bases(const Sources& s) {
  std::string out;
  for (std::size_t b = 0; b < s.bases.size(); ++b)
    out += fmt::format("O{},yes,{},{}\n", b + 1, s.bases[b].confidence,
                       quoted_field("output and value added: " + s.bases[b].text + "; balanced"));
  return out;
}

std::string render_fit(const Sources& s, const WorldTable& t) {
  std::string out =
      "# Targets (they entered the balance) and predictions (held out), measured on this table.\n"
      "group,item,unit,target,achieved,tolerance,use,within\n";
  for (const auto& row : measure_fit(s, t)) {
    const int decimals = row.unit == "%" ? 3 : 1;
    out += fmt::format("{},{},{},{:.{}f},{:.{}f},{:.{}f},{},{}\n", quoted_field(row.group),
                       quoted_field(row.item), row.unit, row.target, decimals, row.achieved,
                       decimals, row.tolerance, decimals, row.is_target ? "target" : "prediction",
                       row.within() ? "yes" : "no");
  }
  return out;
}

int base_year(const std::vector<BridgeRow>& rows) {
  int year = rows.empty() ? 0 : rows.front().year;
  for (const auto& row : rows)
    year = std::min(year, row.year);
  return year;
}

std::string render_bridge(const std::vector<BridgeRow>& rows) {
  const int year = base_year(rows);
  std::string out = fmt::format("# What published U.S. goods statistics (Census basis, {}) hold "
                                "beyond the table, million USD a year: re-exports of\n"
                                "# foreign goods in exports, HS chapters 98-99 and valuation in "
                                "imports. Differences between the published totals\n"
                                "# and the table, so that the published basis meets those totals "
                                "by construction in the base year.\n"
                                "partner,exports_addon_musd,imports_addon_musd,source,estimate\n",
                                year);
  for (const auto& row : rows)
    if (row.year == year && !row.partner.empty())
      out += fmt::format("{},{},{},{},yes\n", row.partner, money_text(row.addon_exports()),
                         money_text(row.addon_imports()),
                         quoted_field(fmt::format("{} less the table; confidence {}", row.reference,
                                                  row.confidence)));
  return out;
}

std::string render_comparison(const std::vector<BridgeRow>& rows) {
  const int year = base_year(rows);
  std::string out =
      fmt::format("# U.S. goods trade of the table and as published, million USD, and deficits "
                  "over exports in per cent. The table is\n"
                  "# for about {}; other years show what changed since, and test nothing here.\n"
                  "partner,year,table_exports_musd,table_imports_musd,published_exports_musd,"
                  "published_imports_musd,"
                  "table_deficit_pct,published_deficit_pct,reference,confidence\n",
                  year);
  for (const auto& r : rows)
    out += fmt::format(
        "{},{},{},{},{},{},{:.1f},{:.1f},{},{}\n", r.partner.empty() ? "world" : r.partner, r.year,
        money_text(r.table_exports), money_text(r.table_imports), money_text(r.published_exports),
        money_text(r.published_imports), 100 * (r.table_imports / r.table_exports - 1),
        100 * (r.published_imports / r.published_exports - 1), quoted_field(r.reference),
        quoted_field(r.confidence));
  return out;
}

/// A folder, made where there is none; what was made goes again unless it is kept.
class NewFolder {
public:
  explicit NewFolder(const fs::path& folder) {
    std::error_code failed;
    for (auto at = fs::absolute(folder); !fs::exists(at, failed); at = at.parent_path())
      made.push_back(at);
    fs::create_directories(folder, failed);
    if (!failed) return;
    remove();
    throw Error{kind_of_errno(failed.value()), "cannot be made: " + failed.message(),
                folder.string(), "a folder that may be written to"};
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  ~NewFolder() { remove(); }
  void keep() { made.clear(); }

private:
  std::vector<fs::path> made; // the innermost first
  void remove() const {
    std::error_code ignored;
    for (const auto& folder : made)
      fs::remove(folder, ignored); // only where it is empty
  }
};

FileKind kind_of(const std::string& name, const std::string& text) {
  if (name.ends_with(".csv")) return table_like(text);
  return beginning_with(text.substr(0, text.find('\n')), name + " that nearshore made");
}

} // namespace

Files render_world(const Sources& s, const std::string& sources_folder, const WorldTable& t) {
  Files files;
  for (const char* name : {"regions.csv", "sectors.csv", "groups.csv"})
    files[name] = read_text_file(sources_folder + "/" + name);
  files["sources.csv"] = read_text_file(sources_folder + "/table_sources.csv") + render_bases(s);
  files["producers.csv"] = render_producers(s, t);
  files["inputs.csv"] = render_inputs(s, t);
  files["final_demand.csv"] = render_final_demand(s, t);
  files["fit.csv"] = render_fit(s, t);
  const auto bridge = measure_bridge(s, t);
  files["us_trade_bridge.csv"] = render_bridge(bridge);
  files["us_trade_comparison.csv"] = render_comparison(bridge);
  return files;
}

void write_files(const Files& files, const std::string& folder) {
  NewFolder made{folder};
  std::vector<std::pair<OutputPlace, std::string>> places;
  for (const auto& [name, text] : files)
    places.emplace_back(OutputPlace{(fs::path{folder} / name).string(), kind_of(name, text)}, text);
  write_outputs(places);
  made.keep();
}

std::vector<std::string> compare_files(const Files& files, const std::string& folder) {
  std::vector<std::string> differences;
  for (const auto& [name, text] : files) {
    const auto path = (fs::path{folder} / name).string();
    std::ifstream in{path, std::ios::binary};
    const std::string found{std::istreambuf_iterator<char>{in}, {}};
    if (found == text) continue;
    if (!in) {
      differences.push_back(path + ": missing");
      continue;
    }
    std::size_t at = 0, line = 1;
    for (; at < std::min(found.size(), text.size()) && found[at] == text[at]; ++at)
      line += found[at] == '\n';
    differences.push_back(fmt::format("{}:{}: differs from the rerun", path, line));
  }
  return differences;
}

} // namespace nearshore::balance
