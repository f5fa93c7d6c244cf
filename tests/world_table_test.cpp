#include "sim/world_table.hpp"

#include "policy/error.hpp"
#include "tests/world_fixture.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using nearshore::test::small_world_files;
using nearshore::test::TemporaryFolder;

namespace {

/// The message with which a changed small world is refused; empty if it is read.
std::string refusal(const std::string& file, const std::string& from, const std::string& to) {
  auto files = small_world_files();
  auto& text = files.at(file);
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  const TemporaryFolder folder{"nearshore-world"};
  folder.write(files);
  try {
    read_world_table(folder.text());
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    return e.what();
  }
  return {};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a small world is read as written", "[world]") {
  const TemporaryFolder folder{"nearshore-world"};
  folder.write(small_world_files());
  const auto t = read_world_table(folder.text());
  REQUIRE(t.R() == 2);
  REQUIRE(t.S() == 2);
  CHECK(t.regions[1].splits_processing);
  CHECK(t.regions[1].hourly_wage_usd == 5);
  CHECK_FALSE(t.sectors[1].is_goods);
  CHECK(t.region_groups[0].members == 3U);
  const auto p = t.producer(RegionId{1}, FirmType::processing, SectorId{0});
  CHECK(t.gross_output[p] == 60);
  CHECK(t.exports[p] == 60);
  CHECK(t.input(p, SectorId{0}, RegionId{0}) == 20);
  CHECK(t.final_use(RegionId{1}, SectorId{0}, RegionId{0}) == 10);
}

TEST_CASE("a table that does not close is refused at its row", "[world]") {
  const auto column = refusal("producers.csv", "100,50,30", "100,49,30");
  CHECK(has(column, "producers.csv:2:"));
  CHECK(has(column, "column does not close"));
  // One thousand USD is enough.
  CHECK(has(refusal("final_demand.csv", "A,g,A,30", "A,g,A,30.001"),
            "the row of g in A does not close"));
  CHECK(has(refusal("producers.csv", "100,50,30", "100,50,29"), "exports of g from A are 29.000"));
  CHECK(has(refusal("producers.csv", "100,50,30", "100,50,130"), "above output"));
}

TEST_CASE("bad input in each file of a table is refused with its place", "[world]") {
  SECTION("regions") {
    CHECK(has(refusal("regions.csv", "hourly_wage_usd", "hourly_wage"), "regions.csv:1:"));
    CHECK(has(refusal("regions.csv", "B,Beta,yes,5", "B,Beta,yes,-5"), "regions.csv:3:12"));
    CHECK(has(refusal("regions.csv", "B,Beta,yes", "B,Beta,maybe"), "neither true nor false"));
    CHECK(has(refusal("regions.csv", "B,Beta", "A,Beta"), "appears twice"));
  }
  SECTION("sectors") {
    CHECK(has(refusal("sectors.csv", "0.05", "1.05"), "sectors.csv:2:13"));
    CHECK(has(refusal("sectors.csv", ",is_goods", ",goods"), "unknown column 'goods'"));
  }
  SECTION("groups") {
    CHECK(has(refusal("groups.csv", "total,v", "total,w"),
              "groups.csv:3:14: error: unknown sector 'w'"));
    CHECK(has(refusal("groups.csv", "bloc,B", "bloc,A"), "appears twice"));
    CHECK(has(refusal("groups.csv", "region,bloc,A", "place,bloc,A"), "unknown dimension 'place'"));
    CHECK(has(refusal("groups.csv", "sector,total,g", "sector,v,g"), "has the name of a sector"));
  }
  SECTION("producers") {
    CHECK(has(refusal("producers.csv", "A,domestic,g", "C,domestic,g"), "unknown region 'C'"));
    CHECK(has(refusal("producers.csv", "A,domestic,g", "A,processing,g"),
              "has no processing producers"));
    CHECK(has(refusal("producers.csv", "A,domestic,g,100", "A,domestic,g,nan"),
              "producers.csv:2:14"));
    CHECK(has(refusal("producers.csv", "A,domestic,v", "A,domestic,g"), "has a row already"));
  }
  SECTION("inputs") {
    CHECK(has(refusal("inputs.csv", "A,domestic,g,g,A,40", "A,domestic,g,g,A,-40"),
              "inputs.csv:2:18"));
    CHECK(has(refusal("inputs.csv", "A,domestic,g,g,A,40", "A,domestic,g,g,A,inf"),
              "not a finite number"));
    CHECK(has(refusal("inputs.csv", "A,domestic,g,g,A,40", "A,domestic,g,g,A,40.0001"),
              "three decimals"));
    CHECK(has(refusal("inputs.csv", "input_sector", "input"), "unknown column 'input'"));
    CHECK(has(refusal("inputs.csv", "A,domestic,g,g,B,10", "A,domestic,g,g,A,10"),
              "has a row already"));
    CHECK(has(refusal("inputs.csv", "B,processing,g,v,B,10", "B,processing,v,v,B,10"),
              "does not name"));
  }
  SECTION("final demand") {
    CHECK(has(refusal("final_demand.csv", "A,g,A,30", "A,g,Z,30"), "unknown region 'Z'"));
    CHECK(has(refusal("final_demand.csv", "A,g,A,30", "A,g,A,0"), "a cell of zero"));
    CHECK(has(refusal("final_demand.csv", ",source", ""), "missing column 'source'"));
  }
}

TEST_CASE("the committed tables close", "[world]") {
  for (const std::string folder : {"configs/data/world", "configs/data/world_asia52"}) {
    const auto t = read_world_table(nearshore::test::committed(folder));
    double sum = 0;
    for (const auto x : t.gross_output)
      sum += x;
    CHECK(sum > 1e8); // world gross output is above 100 trillion USD
    CHECK(t.R() == 13);
    CHECK(t.S() == 14);
  }
}
