#include "policy/error.hpp"
#include "sim/config/load_scenario.hpp"
#include "sim/config/paths.hpp"
#include "sim/reporting.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using Catch::Contains;

namespace {

const std::string kFolder = project_root() + "/configs/data/world";
WorldTable world() {
  return read_world_table(kFolder);
}
const std::vector<std::string> kAgreements{"pact"}, kAuthorities{"MFN", "fee"};

Reporting read(const std::string& text) {
  const auto document = parse_document(text, "test.toml");
  return read_reporting(document.root().table("reporting"), world(), kFolder, kAgreements,
                        kAuthorities);
}

} // namespace

TEST_CASE("the project's reporting context is complete", "[output][reporting]") {
  const auto document = load_document(project_root() + "/configs/reporting.toml");
  const auto r = read_reporting(document.root().table("reporting"), world(), kFolder, kAgreements,
                                kAuthorities);
  document.finish();
  CHECK(r.regions[r.home] == "US");
  REQUIRE(r.fellow_members.size() == 2);
  CHECK(r.regions[r.fellow_members[0]] == "MX");
  CHECK(r.programmes == std::vector<std::string>{"none", "pact"});
  REQUIRE(r.blocs.size() == 2);
  CHECK(r.blocs[1].members.size() == 6);
  CHECK(r.sector_groups.back().name == "total");
  CHECK(r.content_groups[0].members == std::vector<std::size_t>{r.home});
  CHECK(r.bridge.exports_addon[r.fellow_members[0]] > 0);
}

TEST_CASE("a reporting context with unknown names is refused at its place", "[output][reporting]") {
  const std::string rest = "exporters = ['MX']\nblocs = ['asia']\ncontent = ['US']\n";
  const std::string bridge = "bridge = 'us_trade_bridge.csv'\n";
  CHECK_THROWS_WITH(read("[reporting]\nhome = 'USA'\n" + rest + bridge),
                    Contains("test.toml:2") && Contains("US"));
  CHECK_THROWS_WITH(
      read("[reporting]\nhome = 'US'\nexporters = ['MX']\nblocs = ['asai']\ncontent = ['US']\n" +
           bridge),
      Contains("test.toml:4") && Contains("asia"));
  CHECK_THROWS_WITH(read("[reporting]\nhome = 'US'\n" + rest), Contains("bridge"));
  CHECK_THROWS_WITH(read("[reporting]\nhome = 'US'\n" + rest + "bridge = 'none.csv'\n"),
                    Contains("none.csv"));
}

TEST_CASE("the history carries its reporting context", "[output][reporting]") {
  const auto scenario = load_scenario("configs/history.toml");
  REQUIRE(scenario.reporting);
  CHECK(scenario.reporting->programmes.size() == scenario.regime->programmes());
  CHECK(scenario.reporting->authorities.size() == scenario.regime->data().authorities.size());
  CHECK(scenario.reporting->R() == scenario.world->R());
}
