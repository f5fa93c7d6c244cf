#include "fake_run.hpp"
#include "output/run_output.hpp"
#include "output/trajectory_reader.hpp"
#include "policy/error.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

Scenario fake_scenario(const std::string& output) {
  Scenario s;
  s.file = "fake.toml";
  s.title = "fake";
  s.run.output = output;
  s.run.seed = 42;
  s.resolved_outcome = "firms = 1234\n";
  s.reporting = std::make_shared<const Reporting>(fake_reporting());
  return s;
}

} // namespace

TEST_CASE("a run's output is its file and its summary", "[output]") {
  const TemporaryFolder folder;
  RunOutput output{fake_scenario(folder / "run.h5"), {.write = true, .progress = false}};
  for (int t = 0; t < 24; ++t)
    output.on_month(fake_month(t));
  const auto text = output.finish(3);
  CHECK_THAT(text,
             Contains("FEL to HOM") && Contains("million firm-months a second (29616 firm-months"));
  const TrajectoryReader run{folder / "run.h5"};
  CHECK(run.months().size() == 24);
  CHECK(run.integer_attribute("seed") == 42);
  CHECK(run.text_attribute("title") == "fake");
  CHECK(run.text_attribute("configuration") == "firms = 1234\n");
}

TEST_CASE("a run without a file writes none, and one that fails leaves none", "[output]") {
  const TemporaryFolder folder;
  {
    RunOutput output{fake_scenario(folder / "run.h5"), {.write = false, .progress = false}};
    output.on_month(fake_month(0));
    output.finish(1);
    RunOutput fails{fake_scenario(folder / "run.h5"), {.write = true, .progress = false}};
    fails.on_month(fake_month(0));
    CHECK_THROWS_AS(fails.on_month(fake_month(5)), Error);
  }
  CHECK(folder.files() == 0);
  auto scenario = fake_scenario(folder / "none/run.h5");
  CHECK_THROWS_WITH(RunOutput(scenario, {}), Contains("does not exist"));
  scenario.reporting = nullptr;
  CHECK_THROWS_WITH(RunOutput(scenario, {}), Contains("fake.toml") && Contains("[reporting]"));
}
