#pragma once
// A made-up Inter-Country table of two countries, one with export processing, and the world that it
// gives, worked out by hand.
#include "sim/import/write_world.hpp"
#include "tests/world_fixture.hpp"

#include <map>
#include <string>
#include <vector>

namespace nearshore::test {

/// The cells as text, by row and column; a test may change one before it writes them.
struct MadeUpTable {
  std::vector<std::vector<std::string>> cells{
      {"", "AAA_X", "AAA_S", "BBB_X", "BBB_S", "BB1_X", "BB1_S", "BB2_X", "BB2_S", "AAA_HFCE",
       "AAA_INVNT", "BBB_HFCE", "BBB_INVNT", "OUT"},
      {"AAA_X", "40", "5", "0", "0", "10", "0", "20", "0", "30", "-5", "12", "-2", "110"},
      {"AAA_S", "20", "10", "0", "0", "0", "0", "0", "0", "100", "0", "0", "0", "130"},
      {"BBB_X", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"},
      {"BBB_S", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"},
      {"BB1_X", "8", "0", "0", "0", "15", "0", "5", "0", "7", "0", "25", "0", "60"},
      {"BB1_S", "0", "0", "0", "0", "6", "4", "10", "0", "0", "0", "50", "0", "70"},
      {"BB2_X", "12", "0", "0", "0", "3", "0", "0", "0", "45", "-1", "1", "0", "60"},
      {"BB2_S", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"},
      {"TLS", "3", "2", "0", "0", "1", "-1", "0.5", "0", "9", "0", "4", "0", "18.5"},
      {"VA", "27", "113", "0", "0", "25", "67", "24.5", "0", "0", "0", "0", "0", "256.5"},
      {"OUT", "110", "130", "0", "0", "60", "70", "60", "0", "191", "-6", "92", "-2", "430"}};

  std::string& at(const std::string& row, const std::string& column) {
    std::size_t r = 0, c = 0;
    while (cells.at(r).front() != row)
      ++r;
    while (cells.front().at(c) != column)
      ++c;
    return cells[r][c];
  }
  void erase_row(const std::string& row) {
    std::erase_if(cells, [&](const auto& r) { return r.front() == row; });
  }
  void erase_column(const std::string& column) {
    std::size_t c = 0;
    while (cells.front().at(c) != column)
      ++c;
    for (auto& r : cells)
      r.erase(r.begin() + static_cast<std::ptrdiff_t>(c));
  }
  [[nodiscard]] std::string text(const std::string& line_end = "\n") const {
    std::string out;
    for (const auto& row : cells) {
      for (std::size_t c = 0; c < row.size(); ++c)
        out += (c > 0 ? "," : "") + row[c];
      out += line_end;
    }
    return out;
  }
};

/// The lists, the concordances and the table in a temporary folder.
class IcioFolder {
public:
  explicit IcioFolder(const MadeUpTable& table = {}) : folder("nearshore-icio") {
    auto files = small_world_files();
    files["sources.csv"] = "code,estimate,confidence,meaning\nX,yes,low,\"made up\"\n";
    files["regions_of.csv"] = "country,region,type,source,estimate\n"
                              "AAA,A,domestic,made up,no\n"
                              "BBB,B,domestic,made up,no\n"
                              "BB1,B,domestic,made up,no\n"
                              "BB2,B,processing,made up,no\n";
    files["sectors_of.csv"] = "industry,sector,intermediate_share,final_share,source,estimate\n"
                              "X,g,1,1,made up,no\n"
                              "S,v,1,1,made up,no\n";
    files["2022_SML.csv"] = table.text();
    folder.write(files);
  }
  [[nodiscard]] std::string path(const std::string& name) const {
    return folder.text() + "/" + name;
  }
  void write(const std::string& name, const std::string& text) const {
    folder.write({{name, text}});
  }

  [[nodiscard]] importing::IcioSums read(std::optional<RegionId> rest = {},
                                         const importing::IcioChecks& checks = {},
                                         std::vector<std::string> may_be_negative = {"INVNT"}) {
    lists = importing::read_world_lists(folder.text());
    countries = importing::read_country_concordance(path("regions_of.csv"), lists.regions);
    industries = importing::read_industry_concordance(path("sectors_of.csv"), lists.sectors);
    const importing::IcioRules rules{
        lists.regions,          lists.sectors,          countries, industries,
        path("regions_of.csv"), path("sectors_of.csv"), rest,      std::move(may_be_negative)};
    return importing::read_icio(path("2022_SML.csv"), rules, checks);
  }
  [[nodiscard]] importing::ImportedWorld build(const importing::IcioSums& sums,
                                               double smallest = 10) const {
    return importing::build_world(sums, lists, path("2022_SML.csv"), smallest);
  }
  [[nodiscard]] importing::Origin origin() const {
    importing::Origin o;
    o.file = path("2022_SML.csv");
    o.year = 2022;
    o.lists = folder.text();
    o.countries = path("regions_of.csv");
    o.industries = path("sectors_of.csv");
    o.year_checked = true;
    o.smallest = 10;
    return o;
  }

  importing::WorldLists lists;
  importing::CountryConcordance countries;
  importing::IndustryConcordance industries;

private:
  TemporaryFolder folder;
};

} // namespace nearshore::test
