// Which files of data a configuration names, and what is said where they differ.
#include "sim/config/data_files.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using namespace nearshore;
using namespace nearshore::test;

using Names = std::vector<std::string>;

TEST_CASE("a configuration's data: every table that it names, and those of its folders",
          "[config]") {
  const TemporaryFolder folder{"nearshore-data"};
  const auto at = [&](const char* name) { return (folder.path / name).string(); };
  std::filesystem::create_directory(folder.path / "world");
  for (const auto* name : {"a.csv", "b.csv", "world/c.csv", "world/notes.txt"})
    std::ofstream{at(name)} << "123456789";
  const auto text = "title = \"a.csv of the office\"\n[run]\nworld = \"" + at("world") +
                    "\"\nschedule = \"" + at("a.csv") + "\"\nother = \"" + at("none.csv") + "\"\n";
  CHECK(data_files_of(text) == Names{at("a.csv"), at("world/c.csv")});
  // CRC-32's check value is published: that of "123456789".
  const auto before = data_sums_of(text);
  CHECK(before == "a.csv cbf43926\nc.csv cbf43926\n");
  std::ofstream{at("a.csv"), std::ios::app} << '0';
  std::ofstream{at("world/d.csv")} << '0';
  const auto after = data_sums_of(text);
  CHECK(differing_data(before, after) == Names{"a.csv", "d.csv"});
  CHECK(changed_data(before, after) == Names{"a.csv"});
  CHECK(differing_data(after, after).empty());
  CHECK(differing_data("", after) == Names{"a.csv", "c.csv", "d.csv"});
}

TEST_CASE("every table of the shipped history counts as its data", "[config]") {
  const auto sums = shipped(kHistory).data_sums;
  for (const auto* name :
       {"inputs.csv", "final_demand.csv", "producers.csv", "us_trade_bridge.csv", "mfn_lines.csv",
        "product_lists.csv", "entry_values.csv", "tariff_schedule.csv", "sector_behaviour.csv"}) {
    INFO(name);
    CHECK(sums.find(std::string{name} + ' ') != std::string::npos);
  }
}
