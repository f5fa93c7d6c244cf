// A made-up Inter-Country table whose aggregate is known by hand, and the tables that must be
// refused.
#include "policy/error.hpp"
#include "tests/import/icio_fixture.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <functional>

using namespace nearshore;
using namespace nearshore::importing;
using nearshore::test::IcioFolder;
using nearshore::test::MadeUpTable;

namespace {

constexpr RegionId A{std::size_t{0}}, B{std::size_t{1}};
constexpr SectorId g{std::size_t{0}}, v{std::size_t{1}};

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    return e.what();
  }
  return "no error";
}

} // namespace

TEST_CASE("the made-up table gives the world worked out by hand", "[import]") {
  IcioFolder folder;
  const auto w = folder.build(folder.read());
  const auto& t = w.table;
  struct Expected {
    RegionId region;
    FirmType type;
    SectorId sector;
    double output, value_added, exports;
  };
  // Value added holds the taxes on inputs: 27 + 3 for A's goods.
  const Expected producers[] = {
      {A, FirmType::domestic, g, 110, 30, 40}, {A, FirmType::domestic, v, 130, 115, 0},
      {B, FirmType::domestic, g, 60, 26, 15},  {B, FirmType::processing, g, 60, 25, 56},
      {B, FirmType::domestic, v, 70, 66, 0},   {B, FirmType::processing, v, 0, 0, 0}};
  for (const auto& e : producers) {
    const auto p = t.producer(e.region, e.type, e.sector);
    CAPTURE(p);
    CHECK(t.gross_output[p] == e.output);
    CHECK(t.value_added[p] == e.value_added);
    CHECK(t.exports[p] == e.exports);
  }
  const auto a = t.producer(A, FirmType::domestic, g);
  CHECK(t.input(a, g, A) == 40);
  CHECK(t.input(a, g, B) == 20); // 8 from domestic, 12 from export-processing firms
  CHECK(t.input(a, v, A) == 20);
  const auto processing = t.producer(B, FirmType::processing, g);
  CHECK(t.input(processing, g, A) == 20);
  CHECK(t.input(processing, g, B) == 5);
  CHECK(t.input(processing, v, B) == 10);
  CHECK(t.final_use(A, g, A) == 25); // 30 bought, 5 of it from stocks
  CHECK(t.final_use(A, g, B) == 51); // 7, and 45 - 1
  CHECK(t.final_use(B, g, A) == 10);
  CHECK(t.final_use(B, g, B) == 26);
  CHECK(t.final_use(A, v, A) == 100);
  CHECK(w.draw_downs.empty());
  CHECK(w.rounding_moved == 0);
  CHECK(w.value_added_moved == Approx(0).margin(1e-9));
  CHECK(w.taxes == std::vector<double>{5, 0.5});
}

TEST_CASE("what is written reads back as the same world", "[import]") {
  IcioFolder folder;
  const auto sums = folder.read();
  const auto w = folder.build(sums);
  const auto files = render_import(folder.origin(), sums, w);
  write_world_folder(files, folder.path("world/"));
  const auto t = read_world_table(folder.path("world"));
  CHECK(t.gross_output == w.table.gross_output);
  CHECK(t.inputs == w.table.inputs);
  CHECK(t.final_demand == w.table.final_demand);
  CHECK(t.exports == w.table.exports);
  CHECK_FALSE(std::filesystem::exists(folder.path("world.partial")));
  CHECK(files.at("producers.csv").find("A,domestic,g,110,30,40,ICIO,no\n") != std::string::npos);
  CHECK(files.at("import_report.md").find("8 negative") == std::string::npos);
  CHECK(files.at("import_report.md").find("3 negative cells, -8 million USD") != std::string::npos);
  CHECK(files.at("import_report.md").find("5.5 million USD") != std::string::npos);
  // A table whose writing fails leaves nothing in the folder.
  auto broken = files;
  broken["inputs.csv"] += "A,domestic,g,v,B,1,ICIO\n";
  CHECK_THROWS_AS(write_world_folder(broken, folder.path("never")), Error);
  CHECK_FALSE(std::filesystem::exists(folder.path("never")));
  CHECK_FALSE(std::filesystem::exists(folder.path("never.partial")));
}

TEST_CASE("line ends, quotes and a byte-order mark do not matter", "[import]") {
  IcioFolder folder;
  const auto plain = folder.build(folder.read()).table;
  MadeUpTable table;
  for (auto& row : table.cells)
    row.front() = '"' + row.front() + '"';
  folder.write("2022_SML.csv", "\xEF\xBB\xBF" + table.text("\r\n") + "\r\n");
  const auto other = folder.build(folder.read()).table;
  CHECK(other.inputs == plain.inputs);
  CHECK(other.final_demand == plain.final_demand);
  CHECK(other.value_added == plain.value_added);
}

TEST_CASE("a divided industry follows its shares", "[import]") {
  IcioFolder folder;
  folder.write("sectors_of.csv", "industry,sector,intermediate_share,final_share,source,estimate\n"
                                 "X,g,0.8,0.5,made up,yes\n"
                                 "X,v,0.2,0.5,made up,yes\n"
                                 "S,v,1,1,made up,no\n");
  const auto sums = folder.read();
  const auto w = folder.build(sums);
  const auto& t = w.table;
  const auto a = t.producer(A, FirmType::domestic, g);
  // Of X, A sells 75 to producers and 35 to final demand: 60 + 17.5 as g, 15 + 17.5 as v.
  CHECK(t.gross_output[a] == Approx(77.5));
  CHECK(t.gross_output[t.producer(A, FirmType::domestic, v)] == Approx(130 + 32.5));
  // g makes 77.5 of the 110 and so buys 77.5/110 of the inputs.
  CHECK(t.input(a, g, A) == Approx(40 * 0.8 * 77.5 / 110).margin(0.001));
  CHECK(t.value_added[a] == Approx(30 * 77.5 / 110).margin(0.01));
  CHECK(sectors_with_shares(sums) == std::vector<bool>{true, true});
  const auto files = render_import(folder.origin(), sums, w);
  CHECK(files.at("inputs.csv").find(",ICIO\n") == std::string::npos); // v holds a part of X too
  write_world_folder(files, folder.path("world"));
}

TEST_CASE("a draw-down beyond all other sales is taken off the other final sales", "[import]") {
  MadeUpTable table;
  table.at("AAA_X", "BBB_INVNT") = "-20"; // 8 more than B's households buy
  table.at("AAA_X", "OUT") = table.at("OUT", "AAA_X") = "92";
  table.at("VA", "AAA_X") = "9";
  IcioFolder folder{table};
  const auto sums = folder.read();
  const auto w = folder.build(sums);
  CHECK(w.table.final_use(B, g, A) == 0);
  CHECK(w.table.final_use(A, g, A) == 17); // 25 - 8
  CHECK(w.table.gross_output[w.table.producer(A, FirmType::domestic, g)] == 92);
  REQUIRE(w.draw_downs.size() == 1);
  CHECK(w.draw_downs.front().amount == 8);
  const auto files = render_import(folder.origin(), sums, w);
  CHECK(files.at("final_demand.csv").find("A,g,A,17,ICIO ICIO-D\n") != std::string::npos);

  table.at("AAA_X", "BBB_INVNT") = "-60"; // more than all final sales
  table.at("AAA_X", "OUT") = table.at("OUT", "AAA_X") = "52";
  table.at("VA", "AAA_X") = "-31";
  folder.write("2022_SML.csv", table.text());
  CHECK(message_of([&] {
          static_cast<void>(folder.build(folder.read()));
        }).find("inventories of domestic g in A fall by 23.000 million USD more") !=
        std::string::npos);
}

TEST_CASE("small export-processing producers join the domestic ones", "[import]") {
  IcioFolder folder;
  const auto w = folder.build(folder.read(), 61);
  const auto& t = w.table;
  const auto domestic = t.producer(B, FirmType::domestic, g);
  CHECK(t.gross_output[t.producer(B, FirmType::processing, g)] == 0);
  CHECK(t.gross_output[domestic] == 120);
  CHECK(t.exports[domestic] == 71);
  CHECK(t.value_added[domestic] == 51);
  CHECK(w.folded_output == 60);
}

TEST_CASE("countries not listed go where the user says, or nowhere", "[import]") {
  IcioFolder folder;
  folder.write("regions_of.csv", "country,region,type,source,estimate\n"
                                 "AAA,A,domestic,made up,no\n"
                                 "BBB,B,domestic,made up,no\n"
                                 "BB1,B,domestic,made up,no\n");
  CHECK(message_of([&] { static_cast<void>(folder.read()); }).find("unknown country 'BB2'") !=
        std::string::npos);
  const auto sums = folder.read(B);
  CHECK(sums.layout.rest == std::vector<std::string>{"BB2"});
  const auto t = folder.build(sums).table;
  CHECK(t.gross_output[t.producer(B, FirmType::domestic, g)] == 120);
}

TEST_CASE("faults of a table are refused with their place", "[import]") {
  struct Fault {
    const char* what;
    std::function<void(MadeUpTable&)> change;
    std::vector<std::string> says;
  };
  const Fault faults[] = {
      {"a missing row", [](auto& t) { t.erase_row("BB1_S"); }, {"no row 'BB1_S'", "SML.csv:"}},
      {"missing value added", [](auto& t) { t.erase_row("VA"); }, {"no row 'VA'"}},
      {"missing taxes", [](auto& t) { t.erase_row("TLS"); }, {"no row 'TLS'"}},
      {"missing output", [](auto& t) { t.erase_row("OUT"); }, {"no row 'OUT'"}},
      {"no output column", [](auto& t) { t.erase_column("OUT"); }, {":1:", "gross output"}},
      {"a hole in the grid",
       [](auto& t) { t.erase_column("BB1_S"), t.erase_row("BB1_S"); },
       {":1:", "'BB1' has no column 'BB1_S'"}},
      {"a category missing",
       [](auto& t) { t.erase_column("BBB_HFCE"); },
       {":1:", "'BBB' has no column 'BBB_HFCE'"}},
      {"a negative sale to producers",
       [](auto& t) { t.at("AAA_X", "BB1_X") = "-10"; },
       {"SML.csv:2:16:", "negative cell: AAA_X sold to BB1_X", "INVNT"}},
      {"negative consumption",
       [](auto& t) { t.at("AAA_S", "BBB_HFCE") = "-1"; },
       {"SML.csv:3:", "AAA_S sold to BBB_HFCE", "--allow-negative"}},
      {"an unknown country",
       [](auto& t) { t.cells[0][1] = "AAB_X"; },
       {"SML.csv:1:2:", "unknown country 'AAB'", "did you mean 'AAA'"}},
      {"an unknown industry",
       [](auto& t) { t.cells[0][1] = "AAA_XX"; },
       {"SML.csv:1:2:", "unknown industry 'XX'", "did you mean 'X'"}},
      {"an unknown row",
       [](auto& t) { t.cells[1][0] = "AAA_Y"; },
       {"SML.csv:2:1:", "row 'AAA_Y' has no column"}},
      {"a column twice",
       [](auto& t) { t.cells[0][2] = "AAA_X"; },
       {"SML.csv:1:8:", "column 'AAA_X' appears twice"}},
      {"a row twice",
       [](auto& t) { t.cells[2][0] = "AAA_X"; },
       {"SML.csv:3:1:", "row 'AAA_X' appears twice, first in line 2"}},
      {"a cell that is no number",
       [](auto& t) { t.at("AAA_S", "AAA_S") = "1O"; },
       {"SML.csv:3:10:", "'1O' is not a finite number"}},
      {"a cell that is not finite",
       [](auto& t) { t.at("AAA_S", "AAA_S") = "nan"; },
       {"SML.csv:3:10:", "'nan' is not a finite number"}},
      {"an empty cell",
       [](auto& t) { t.at("AAA_S", "AAA_S") = ""; },
       {"SML.csv:3:10:", "empty cell in column 'AAA_S'", "--empty-as-zero"}},
      {"a ragged row",
       [](auto& t) { t.cells[4].pop_back(); },
       {"SML.csv:5:", "13 fields where the header has 14"}},
      {"a longer row",
       [](auto& t) { t.cells[4].push_back("0"); },
       {"SML.csv:5:33:", "15 fields where the header has 14"}},
      {"a row that does not add up",
       [](auto& t) { t.at("AAA_X", "AAA_HFCE") = "35"; },
       {"SML.csv:2:", "row 'AAA_X' adds up to 115.000, its gross output is 110.000"}},
      {"a column that does not add up",
       [](auto& t) { t.at("VA", "AAA_S") = "116"; },
       {"SML.csv:12", "column 'AAA_S'", "= 133.000"}},
      {"output that differs",
       [](auto& t) { t.at("OUT", "AAA_S") = "135"; },
       {"SML.csv:12", "gross output of 'AAA_S' is 135.000 in row OUT, 130.000 in column OUT"}},
      {"no final demand of a region",
       [](auto& t) { t.erase_column("BBB_HFCE"), t.erase_column("BBB_INVNT"); },
       {":1:", "no final demand of BBB"}},
  };
  for (const auto& fault : faults) {
    CAPTURE(fault.what);
    MadeUpTable table;
    fault.change(table);
    IcioFolder folder{table};
    const auto message = message_of([&] { static_cast<void>(folder.read()); });
    CAPTURE(message);
    for (const auto& part : fault.says)
      CHECK(message.find(part) != std::string::npos);
  }
}

TEST_CASE("small differences are told, not refused", "[import]") {
  MadeUpTable table;
  table.at("AAA_X", "AAA_HFCE") = "30.4";
  table.at("AAA_S", "AAA_X") = ""; // 20 less: read as zero
  IcioChecks checks;
  checks.empty_is_zero = true;
  IcioFolder folder{table};
  CHECK(message_of([&] {
          static_cast<void>(folder.read({}, checks));
        }).find("adds up to 110.000") != std::string::npos);
  table.at("AAA_S", "AAA_X") = "20";
  folder.write("2022_SML.csv", table.text());
  const auto sums = folder.read();
  CHECK(sums.row_gap.label == "AAA_X");
  CHECK(sums.row_gap.largest == Approx(0.4));
  const auto w = folder.build(sums);
  CHECK(w.table.gross_output[0] == Approx(110.4)); // output is what is used
  CHECK(w.value_added_moved == Approx(0.4));
  // Negative cells elsewhere only where the user allows them.
  table = {};
  table.at("AAA_S", "BBB_HFCE") = "-1";
  table.at("AAA_S", "AAA_HFCE") = "101";
  folder.write("2022_SML.csv", table.text());
  CHECK_THROWS_AS(folder.read(), Error);
  CHECK_NOTHROW(folder.read({}, {}, {"INVNT", "HFCE"}));
}

TEST_CASE("faults of a concordance are refused with their place", "[import]") {
  IcioFolder folder;
  const auto shares = [&](const std::string& rows) {
    folder.write("sectors_of.csv",
                 "industry,sector,intermediate_share,final_share,source,estimate\n" + rows);
    return message_of([&] { static_cast<void>(folder.read()); });
  };
  CHECK(shares("X,g,0.5,1,made up,no\nS,v,1,1,made up,no\n")
            .find("sectors_of.csv:2:5: error: intermediate_share of industry 'X' adds up to 0.5") !=
        std::string::npos);
  CHECK(shares("X,G,1,1,made up,no\n").find("unknown sector 'G'") != std::string::npos);
  CHECK(shares("X,g,1,1,made up,no\nX,g,1,1,made up,no\n").find("'g' appears twice in 'X'") !=
        std::string::npos);
  CHECK(shares("X,g,1,1,made up,no\nS,g,1,1,made up,no\n")
            .find("no industry of the table belongs to sector 'v'") != std::string::npos);
  folder.write("regions_of.csv", "country,region,type,source,estimate\nAAA,A,processing,x,no\n");
  CHECK(message_of([&] {
          static_cast<void>(folder.read());
        }).find("regions_of.csv:2:7: error: region 'A' has no processing producers") !=
        std::string::npos);
}

TEST_CASE("the year of a file's name", "[import]") {
  CHECK(year_of_file_name("a/2022_SML.csv") == 2022);
  CHECK(year_of_file_name("2019.csv") == 2019);
  CHECK(year_of_file_name("ICIO2021_2018.csv") == 2018);
  CHECK_FALSE(year_of_file_name("table.csv"));
  CHECK_FALSE(year_of_file_name("2016-2022_SML.csv"));
}

TEST_CASE("the committed concordances cover the published codes once", "[import]") {
  const auto lists = read_world_lists(test::committed("configs/data/world"));
  const auto countries = read_country_concordance(
      test::committed("configs/data/concordance_icio_regions.csv"), lists.regions);
  const auto industries = read_industry_concordance(
      test::committed("configs/data/concordance_icio_industries.csv"), lists.sectors);
  CHECK(countries.size() == 85);  // 80 economies, ROW, four split codes
  CHECK(industries.size() == 55); // 45 of the older, 50 of the newer classification, 40 in both
  CHECK(countries.at("MX2").type == FirmType::processing);
  CHECK(countries.at("CN1").type == FirmType::domestic);
  std::vector<bool> regions(lists.regions.size()), sectors(lists.sectors.size());
  for (const auto& [code, to] : countries)
    regions[to.region.index()] = true;
  for (const auto& [code, to] : industries)
    for (const auto& share : to.sectors)
      sectors[share.sector.index()] = true;
  CHECK(std::find(regions.begin(), regions.end(), false) == regions.end());
  CHECK(std::find(sectors.begin(), sectors.end(), false) == sectors.end());
}
