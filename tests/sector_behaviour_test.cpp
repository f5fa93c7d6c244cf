#include "sim/config/load_scenario.hpp"
#include "sim/config/paths.hpp"
#include "world_fixture.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;

namespace {

std::string fault_of(const std::string& setting) {
  try {
    const std::vector<std::string> settings{setting};
    (void)load_scenario("configs/history.toml", settings);
  } catch (const Error& e) {
    return e.what();
  }
  return "none";
}

} // namespace

TEST_CASE("[sectors.NAME] changes behaviour of one sector and leaves the others as in the table",
          "[sectors]") {
  const std::vector<std::string> settings{"sectors.metals.lead_high=9",
                                          "sectors.metals.documentation_factor=0.5",
                                          "sectors.metals.mean_sales_musd=75"};
  const Scenario base = load_scenario("configs/history.toml");
  const Scenario changed = load_scenario("configs/history.toml", settings);
  for (std::size_t s = 0; s < base.world->S(); ++s) {
    const bool metals = base.world->sectors[s].code == "metals";
    const auto& was = base.sectors->traits[s];
    const auto& is = changed.sectors->traits[s];
    CHECK(is.lead_high == (metals ? 9 : was.lead_high));
    CHECK(is.documentation_factor == (metals ? 0.5 : was.documentation_factor));
    CHECK(changed.sectors->mean_sales_musd[s] == (metals ? 75 : base.sectors->mean_sales_musd[s]));
    CHECK(is.theta == was.theta);
  }
  CHECK(changed.resolved.find("[sectors.metals]") != std::string::npos);
}

TEST_CASE("Faults in [sectors] name the key", "[sectors]") {
  CHECK(fault_of("sectors.metal.theta=3").find("did you mean 'metals'") != std::string::npos);
  CHECK(fault_of("sectors.metals.thetta=3").find("did you mean 'theta'") != std::string::npos);
  CHECK(fault_of("sectors.metals.theta=99").find("0.1 to 50") != std::string::npos);
  CHECK(fault_of("sectors.metals.lead_low=30").find("lead_low not above lead_high") !=
        std::string::npos);
  CHECK(fault_of("sectors.behaviour=none.csv").find("none.csv") != std::string::npos);
}
