#include "policy/error.hpp"
#include "sim/config/paths.hpp"
#include "sim/import/claims.hpp"
#include "sim/world_lists.hpp"
#include "tests/output/fake_run.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace nearshore;
using namespace nearshore::importing;
using Catch::Contains;
using nearshore::test::TemporaryFolder;

namespace {

struct Fixture {
  TemporaryFolder folder;
  std::string lists = find_input("configs/data/world");
  std::vector<Region> regions = read_regions(lists + "/regions.csv");
  std::vector<Sector> sectors = read_sectors(lists + "/sectors.csv");
  CountryNames countries{find_input("configs/data/concordance_census_countries.csv"), regions};
  TariffConcordance lines{find_input("configs/data/concordance_hs_sectors.csv"), sectors};
  ClaimsRules rules;

  Fixture() {
    rules.regions = codes_of(regions);
    rules.sectors = codes_of(sectors);
    rules.countries = &countries;
    rules.lines = &lines;
    rules.year = 2025;
  }
  ClaimsImport read(const std::string& text, const ClaimsColumns& columns = {}) {
    std::ofstream{folder / "t.csv"} << text;
    return read_claims_statistics(folder / "t.csv", columns, rules);
  }
  void fails(const std::string& text, const std::string& message,
             const ClaimsColumns& columns = {}) {
    CHECK_THROWS_WITH(read(text, columns), Contains(message));
  }
  static ClaimsTable::Cell cell(const ClaimsImport& in, const std::string& origin,
                                const std::string& sector, MfnStatus status = MfnStatus::all) {
    const auto& all = in.table.all();
    const auto at = all.find({Month{2025, 1}, origin, sector, status});
    REQUIRE(at != all.end());
    return at->second;
  }
};

const std::string kHeader = "HTS10,Country,Year,Month,CON_VAL_MO,usmca_claimed,mfn_rate\n";
// Cars 30 of which 24 claimed; engines (8407.34, a part by its longer prefix) 8, 2; other 84: 5, 0;
// chapter 98: 7, in totals alone; Canada's oil 40, 1; China's machinery 11.
const std::string kTable = kHeader + "8703.23.01.10,Mexico,2025,1,20000000,14000000,2.5\n"
                                     "8703230110,2010,2025,01,10000000,10000000,2.5\n"
                                     "8407340000,Mexico,2025,1,8000000,2000000,2.5\n"
                                     "8413110000,MEXICO,2025,1,5000000,0,Free\n"
                                     "9801001000,Mexico,2025,1,7000000,0,0\n"
                                     "2709001000,Canada,2025,1,40000000,1000000,0.1\n"
                                     "8413110000,China,2025,1,11000000,0,free\n"
                                     "8413110000,\"Korea, South\",2025,2,1000000,0,free\n";

} // namespace

TEST_CASE_METHOD(Fixture, "a table of imports is summed by sector, region and MFN status",
                 "[import][claims]") {
  const auto in = read(kTable);
  CHECK(in.rows == 8);
  CHECK(in.months.size() == 2);
  CHECK(in.outside == Approx(7));
  CHECK(cell(in, "MX", "motor_vehicles").value == Approx(30));
  CHECK(cell(in, "MX", "motor_vehicles").claimed == Approx(24));
  CHECK(cell(in, "MX", "auto_parts").value == Approx(8));
  CHECK(cell(in, "MX", "machinery").value == Approx(5));
  CHECK(cell(in, "MX", "machinery", MfnStatus::free).value == Approx(5));
  CHECK(cell(in, "MX", "machinery", MfnStatus::dutiable).value == 0);
  CHECK(cell(in, "MX", "ALL").value == Approx(50));
  CHECK(cell(in, "MX", "ALL").claimed == Approx(26));
  CHECK(cell(in, "MX", "ALL", MfnStatus::dutiable).value == Approx(38));
  CHECK(cell(in, "MX", "ALL", MfnStatus::dutiable).claimed == Approx(26));
  CHECK(cell(in, "CA", "energy_minerals", MfnStatus::dutiable).claimed == Approx(1));
  CHECK(cell(in, "CN", "machinery").value == Approx(11));
  CHECK(in.table.all().contains({Month{2025, 2}, "KR", "ALL", MfnStatus::all}));

  // It reads back as what validation takes.
  std::ofstream{folder / "claims.csv"} << claims_table_text(in.table, {"made up"});
  const auto back = read_claims_table(folder / "claims.csv");
  REQUIRE(back.all().size() == in.table.all().size());
  for (const auto& [key, c] : in.table.all()) {
    CHECK(back.all().at(key).value == Approx(c.value).margin(1e-6));
    CHECK(back.all().at(key).claimed == Approx(c.claimed).margin(1e-6));
  }
}

TEST_CASE_METHOD(Fixture, "a row for each import programme, MFN rates from a file, some origins",
                 "[import][claims]") {
  std::ofstream{folder / "mfn.csv"} << "line,rate\n8703,2.5\n84,0\n840734,free\n";
  const MfnRates rates{folder / "mfn.csv"};
  CHECK(rates.is_free("8407340000") == true);
  CHECK(rates.is_free("8703230110") == false);
  CHECK(!rates.is_free("0101210000"));
  rules.rates = &rates;
  rules.origins = {"MX"};
  rules.unit = 1e6;
  const std::string table = "commodity,cty_code,time,value,spi\n"
                            "8703230110,2010,2025-01,20,S\n8703230110,2010,2025-01,3,S+\n"
                            "8703230110,2010,2025-01,7,\n8407340000,2010,2025-01,4,S\n"
                            "8703230110,1220,2025-01,9,S\n";
  const auto in = read(table);
  CHECK(cell(in, "MX", "motor_vehicles", MfnStatus::dutiable).value == Approx(30));
  CHECK(cell(in, "MX", "motor_vehicles").claimed == Approx(23));
  CHECK(cell(in, "MX", "auto_parts", MfnStatus::free).claimed == Approx(4));
  CHECK(in.other_origins == 1);
  for (const auto& [key, c] : in.table.all())
    CHECK(key.origin == "MX");
  fails(table + "0101210000,2010,2025-01,4,S\n", "t.csv:7:1: error: no MFN rate");
  rules.claiming = {"S+"};
  CHECK(cell(read(table), "MX", "motor_vehicles").claimed == Approx(3));
}

TEST_CASE_METHOD(Fixture, "bad tables of imports are refused at their place", "[import][claims]") {
  const std::string row = "8703230110,Mexico,2025,1,20,14,2.5\n";
  fails("", "t.csv");
  fails(kHeader, "no row of 2025");
  fails("HTS10,Country,Year,Month,usmca_claimed\n" + row, "no column for the value");
  fails("HTS10,Country,Year,Month,value\n" + row, "neither a claimed value nor");
  fails("HTS10,Country,Year,Month,value,usmca,spi\n" + row, "both a claimed value and");
  fails("HTS10,hts,Country,Year,Month,value,usmca\n" + row, "two columns for the tariff line");
  ClaimsColumns misspelt;
  misspelt.value = "con_val";
  fails(kTable, "no column 'con_val'; allowed: HTS10, ", misspelt);
  fails(kHeader + row + "8703230110,Mexico,2025,1,-20,0,2.5\n",
        "t.csv:3:26: error: a negative value of -20");
  fails(kHeader + "8703230110,Mexico,2025,1,20,-1,2.5\n", "a negative value of -1");
  fails(kHeader + "8703230110,Mexico,2025,1,20,24,2.5\n", "more is claimed than was imported");
  fails(kHeader + "8703230110,Mexico,2024,1,20,14,2.5\n",
        "t.csv:2:19: error: a row of 2024, not of 2025");
  fails(kHeader + "8703230110,Mexico,2025,13,20,14,2.5\n", "'13' is no month");
  fails(kHeader + "8703230110,Mexiko,2025,1,20,14,2.5\n", "did you mean 'mexico'");
  fails(kHeader + "7701000000,Mexico,2025,1,20,14,2.5\nA703230110,Mexico,2025,1,20,14,2.5\n",
        "'A703230110' is no tariff line");
  fails(kHeader + "101210000,Mexico,2025,1,20,14,2.5\n", "a leading zero");
  fails(kHeader + "0001210000,Mexico,2025,1,20,14,2.5\n", "is in no sector");
  fails(kHeader + "8703230110,Mexico,2025,1,20,14\n", "6 fields");
  fails(kHeader + "8703230110,Mexico,2025,1,x,14,2.5\n", "t.csv:2:26");
  fails(kHeader + "8703230110,Mexico,2025,1,20,14,-1\n", "a negative rate");

  rules.rest = RegionId{rules.regions.size() - 1};
  const auto in = read(kHeader + "8703230110,Narnia,2025,1,20,14,2.5\n");
  CHECK(in.put_in_rest == std::set<std::string>{"Narnia"});
  rules.skip_other_years = true;
  CHECK(read(kHeader + row + "8703230110,Mexico,2024,1,20,14,2.5\n").other_years == 1);
}

TEST_CASE_METHOD(Fixture, "the concordance of tariff lines is the one of the facts",
                 "[import][claims]") {
  const auto sector = [&](const std::string& line) {
    const auto* entry = lines.find(line);
    REQUIRE(entry != nullptr);
    return entry->sector ? rules.sectors[entry->sector->index()] : std::string{};
  };
  CHECK(sector("8703800000") == "motor_vehicles");
  CHECK(sector("8708290000") == "auto_parts");
  CHECK(sector("8409910000") == "auto_parts");
  CHECK(sector("8407310000") == "machinery");
  CHECK(sector("8471300100") == "electronics");
  CHECK(sector("8544300000") == "auto_parts");
  CHECK(sector("8544420000") == "electrical_equipment");
  CHECK(sector("8716390000") == "other_transport");
  CHECK(sector("9401200000") == "auto_parts");
  CHECK(sector("9401610000") == "other_manufacturing");
  CHECK(sector("9018900000") == "medical_and_instruments");
  CHECK(sector("7102310000") == "energy_minerals");
  CHECK(sector("4901990000") == "other_manufacturing");
  CHECK(sector("9801001000").empty());
  for (int chapter = 1; chapter <= 99; ++chapter)
    CHECK(lines.find((chapter < 10 ? "0" : "") + std::to_string(chapter) + "01") != nullptr);
}
