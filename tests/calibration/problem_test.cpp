// The file of a calibration: what is read, and every wrong thing.
#include "output/calibration/problem.hpp"
#include "policy/error.hpp"
#include "sim/config/parameter_set.hpp"
#include "sim/config/paths.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

const std::string kHead = "title = 'it'\nseeds = '1-3'\n";
const std::string kScenario = "[[scenario]]\nname = 'history'\nfile = 'configs/history.toml'\n"
                              "end = '2025-02'\n";
const std::string kParameter = "[[parameter]]\nkey = 'documentation_median'\nscale = 'log'\n"
                               "low = 0.001\nhigh = 0.01\n";
const std::string kTarget =
    "[[target]]\nsays = 'all'\nvariable = 'claim_share'\nselect = { exporter = 'MX', importer = "
    "'US' }\nmonths = ['2025-01', '2025-02']\nscale = 100\ndata = 50\ntolerance = 2\nsource = "
    "'s'\n";

CalibrationProblem read(const std::string& toml, const CalibrationOverrides& given = {},
                        const std::map<std::string, std::string>& more = {}) {
  const TemporaryFolder folder{"nearshore-calibration"};
  auto files = more;
  files["c.toml"] = toml;
  folder.write(files);
  auto text = toml;
  for (std::size_t at = 0; (at = text.find("FOLDER", at)) != std::string::npos;)
    text.replace(at, 6, folder.text());
  folder.write({{"c.toml", text}});
  return read_calibration((folder.path / "c.toml").string(), given);
}

std::string refusal(const std::string& toml, const CalibrationOverrides& given = {},
                    const std::map<std::string, std::string>& more = {}) {
  try {
    read(toml, given, more);
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    return e.what();
  }
  return "accepted";
}

Scenario over_history(const std::string& toml) {
  const TemporaryFolder folder{"nearshore-scenario"};
  folder.write({{"s.toml", "extends = \"" + project_root() + "/configs/history.toml\"\n" + toml}});
  return load_scenario((folder.path / "s.toml").string());
}

std::string with(const std::string& text, const std::string& from, const std::string& to) {
  auto out = text;
  const auto at = out.find(from);
  REQUIRE(at != std::string::npos);
  return out.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("a calibration is read", "[calibration]") {
  const auto p = read(kHead + kScenario + kParameter + kTarget +
                      "fit_weight = 0.5\n[[parameter]]\nkey = 'parameters.markup'\n" +
                      "[[parameter]]\nkey = 'sectors.machinery.theta'\nstart = 3\n");
  REQUIRE(p.parameters.size() == 3);
  CHECK(p.parameters[0].key.path == "parameters.documentation_median");
  CHECK(p.parameters[0].start == 0.005); // the default of the table
  CHECK(p.parameters[1].low == 1);       // bounds of the table
  CHECK(p.parameters[1].high == 3);
  CHECK(p.parameters[2].key.path == "sectors.machinery.theta");
  CHECK(p.seeds == std::vector<std::uint64_t>{1, 2, 3});
  REQUIRE(p.scenarios.size() == 1);
  CHECK(p.scenarios[0].firms == 10'000);
  CHECK(p.scenarios[0].sets == std::vector<std::string>{"run.end=2025-02"});
  REQUIRE(p.targets.size() == 1);
  CHECK(p.targets[0].weight == 0.5);
  CHECK(*p.targets[0].figure.data == 50);
  CHECK(p.runs() == 3);
}

TEST_CASE("the command line overrides firms, seeds and evaluations", "[calibration]") {
  const auto text = kHead + kScenario + "firms = 5000\nseeds = '2'\n" + kParameter + kTarget +
                    "[method]\nglobal_evaluations = 30\nlocal_evaluations = 10\n";
  CHECK(read(text).scenarios[0].seeds == std::vector<std::uint64_t>{2});
  CalibrationOverrides given;
  given.firms = 2000;
  given.seeds = "7-8";
  given.evaluations = 20;
  const auto p = read(text, given);
  CHECK(p.scenarios[0].firms == 2000);
  CHECK(p.scenarios[0].seeds == std::vector<std::uint64_t>{7, 8});
  CHECK(p.method.global_evaluations == 15);
  CHECK(p.method.local_evaluations == 5);
}

TEST_CASE("targets: rows of another file, and tables", "[calibration]") {
  const auto row = "[[target]]\nfrom = 'configs/validation_targets.toml'\ntolerance = 3\nsection = "
                   "'Claims of USMCA origin, Mexico to the United States'\n";
  const auto p = read(kHead + kScenario + kParameter + row + "says = 'recorded, mean of 2024'\n");
  CHECK(*p.targets.at(0).figure.data == 49.9);
  CHECK(p.targets[0].figure.variable == "claim_share_recorded");
  CHECK_THAT(refusal(kHead + kScenario + kParameter + row + "says = 'recorded, mean of 2042'\n"),
             Contains("no row of configs/validation_targets.toml says 'recorded, mean of 2042'") &&
                 Contains("did you mean 'recorded, mean of 2024'?"));
  CHECK_THAT(
      refusal(kHead + kScenario + kParameter + row + "says = 'what firms do, mean of 2024'\n"),
      Contains("a target without data"));

  const auto table = kHead + kScenario + kParameter +
                     with(with(with(kTarget, "[[target]]",
                                    "[[target_table]]\nfile = "
                                    "'FOLDER/t.csv'\naxis = 'sector'"),
                               "data = 50\n", ""),
                          "tolerance = 2\n", "");
  const auto q = read(
      table, {}, {{"t.csv", "label,data,tolerance,fit_weight\nauto_parts,60,5,\nmetals,80,4,2\n"}});
  REQUIRE(q.targets.size() == 2);
  CHECK(q.targets[0].figure.says == "all, auto parts");
  CHECK(q.targets[0].figure.select.back().second == std::vector<std::string>{"auto_parts"});
  CHECK(q.targets[0].weight == 1);
  CHECK(*q.targets[1].figure.data == 80);
  CHECK(q.targets[1].tolerance == 4);
  CHECK(q.targets[1].weight == 2);
  CHECK_THAT(refusal(table, {}, {{"t.csv", "label,data,tolerance\nmetals,80,0\n"}}),
             Contains("t.csv:2:11"));
  const auto months =
      with(with(table, "'sector'", "'time'"), "months = ['2025-01', '2025-02']\n", "");
  const auto r = read(months, {}, {{"t.csv", "label,data,tolerance\n2025-02,60,5\n"}});
  CHECK(r.targets.at(0).figure.window->first == Month{2025, 2});
  CHECK(r.targets[0].figure.window->second == Month{2025, 2});
  CHECK_THAT(refusal(months, {}, {{"t.csv", "label,data,tolerance\nmetals,60,5\n"}}),
             Contains("'metals' is no month"));
}

TEST_CASE("a section of targets: its calibrated rows, half their range as tolerance",
          "[calibration]") {
  const auto section = "[[target_section]]\nfrom = 'configs/validation_targets.toml'\nfit_weight = "
                       "0.1\nsection = ";
  const auto p = read(kHead + kScenario + kParameter + section +
                      "'Value added in gross exports, mean of 2024'\n");
  CHECK(p.targets.size() == 24); // of 38 rows: the others were held out of the base year
  for (const auto& t : p.targets) {
    CHECK(t.figure.kind == TargetKind::calibrated);
    CHECK(t.weight == 0.1);
  }
  const auto& first =
      p.targets.front(); // 14.9 % with 5 %: the U.S. content of Mexico's manufactures
  CHECK(*first.figure.data == 14.9);
  CHECK_THAT(first.tolerance, Catch::Matchers::WithinRel(0.745, 1e-9));
  CHECK_THAT(refusal(kHead + kScenario + kParameter + section + "'Value added in gross imports'\n"),
             Contains("no calibrated row with data and a range"));
  CHECK_THAT(refusal(kHead + kScenario + kParameter + section +
                     "'U.S. goods deficit over exports, 2025, table basis'\n"),
             Contains("no calibrated row with data and a range"));
}

TEST_CASE("comparisons of scenarios are read and checked", "[calibration]") {
  const auto two = kHead + kScenario + with(kScenario, "'history'", "'base'") + kParameter;
  const auto p = read(two + kTarget +
                      "scenario = 'base'\nagainst_scenario = 'history'\ncompare = "
                      "'log_ratio'\n");
  CHECK(p.targets[0].scenario == 1);
  CHECK(p.targets[0].against == std::size_t{0});
  CHECK_THAT(refusal(two + kTarget + "against_scenario = 'base'\n"), Contains("belong together"));
  CHECK_THAT(refusal(two + kTarget + "compare = 'ratio'\n"), Contains("belong together"));
  CHECK_THAT(refusal(two + kTarget + "compare = 'ratio'\nagainst_scenario = 'history'\n"),
             Contains("a scenario against itself"));
  CHECK_THAT(refusal(two + kTarget + "scenario = 'bass'\n"), Contains("did you mean 'base'?"));
  CHECK_THAT(refusal(kHead + kScenario + with(kScenario, "'history'", "'base'") + "seeds = '1'\n" +
                     kParameter + kTarget + "compare = 'ratio'\nagainst_scenario = 'base'\n"),
             Contains("other seeds"));
}

TEST_CASE("wrong calibrations are refused at the place", "[calibration]") {
  const auto file = kHead + kScenario + kParameter + kTarget;
  CHECK(refusal(file) == "accepted");
  CHECK_THAT(refusal(with(file, "'1-3'", "'1-101'")),
             Contains("c.toml:2:") && Contains("the seed 101 may not be used in a fit") &&
                 Contains("kept for checking"));
  CHECK_THAT(refusal(with(file, "'1-3'", "'0'")), Contains("the seed 0"));
  CalibrationOverrides given;
  given.seeds = "150";
  CHECK_THAT(refusal(file, given), Contains("--seeds") && Contains("the seed 150"));
  CHECK_THAT(refusal(with(file, "documentation_median", "documentation_medium")),
             Contains("c.toml:8:") && Contains("did you mean 'documentation_median'?"));
  CHECK_THAT(refusal(with(file, "documentation_median", "sectors.metals.thete")),
             Contains("did you mean 'theta'?"));
  CHECK_THAT(refusal(with(file, "documentation_median", "sectors.metals.theta")),
             Contains("c.toml:10:") && Contains("0.1 to 50"));
  CHECK_THAT(refusal(with(file, "low = 0.001", "low = 0.02")), Contains("the range is empty"));
  CHECK_THAT(refusal(with(file, "low = 0.001", "low = 0")), Contains("c.toml:10:"));
  CHECK_THAT(refusal(with(file, "documentation_median'\n", "exit_rate'\n")), Contains("accepted"));
  CHECK_THAT(refusal(with(with(file, "documentation_median", "exit_rate"), "low = 0.001\n", "")),
             Contains("a logarithmic scale from 0 on"));
  CHECK_THAT(refusal(with(file, "high = 0.01", "high = 0.01\nstart = 0.5")), Contains("start"));
  CHECK_THAT(refusal(with(file, "high = 0.01", "high = 0.01\nunit = 'USD'")),
             Contains("'USD' is not the unit"));
  CHECK_THAT(refusal(with(file, "'log'", "'lag'")), Contains("did you mean 'log'?"));
  CHECK_THAT(refusal(file + kParameter),
             Contains("'parameters.documentation_median' is given twice"));
  CHECK_THAT(refusal(file + kScenario), Contains("'history' is used twice"));
  CHECK_THAT(refusal(with(file, "tolerance = 2", "tolerance = 0")), Contains("tolerance"));
  CHECK_THAT(refusal(with(file, "tolerance = 2", "tolerence = 2")), Contains("tolerance"));
  CHECK_THAT(refusal(with(file, "data = 50\n", "")), Contains("a target without data"));
  CHECK_THAT(refusal(with(file, "months", "month")), Contains("did you mean 'months'?"));
  CHECK_THAT(refusal(file + "fit_weight = 0\n"), Contains("nothing to fit to"));
  CHECK_THAT(refusal(kHead + kScenario + kTarget), Contains("no [[parameter]]"));
  CHECK_THAT(refusal(kHead + kParameter + kTarget), Contains("no [[scenario]]"));
  CHECK_THAT(refusal(file + "[method]\nglobal = 'crs'\n"), Contains("did you mean 'crs2'?"));
  CHECK_THAT(refusal(file + "[method]\nevaluations = 5\n"), Contains("unknown key 'evaluations'"));
}

TEST_CASE("figures of sectors are set by scenarios, and scaled by parameters", "[calibration]") {
  const auto s = over_history("[sectors.metals]\ntheta = 7\n[parameters]\n"
                              "theta_factor = 2\ndemand_elasticity_factor = 0.5\n");
  const auto& world = *s.world;
  const auto of_file =
      read_sector_behaviour(project_root() + "/configs/data/sector_behaviour.csv", world);
  const auto data = scaled(*s.sectors, s.parameters);
  for (std::size_t i = 0; i < world.S(); ++i) {
    const bool set = world.sectors[i].code == "metals";
    CHECK(data.traits[i].theta == (set ? 14 : 2 * of_file.traits[i].theta));
    CHECK(data.traits[i].demand_elasticity == 0.5 * of_file.traits[i].demand_elasticity);
  }
  auto same = over_history("");
  set_number(same, numeric_key("sectors.metals.theta", ""), 7);
  set_number(same, numeric_key("theta_factor", ""), 2);
  const auto by_number = scaled(*same.sectors, same.parameters);
  for (std::size_t i = 0; i < world.S(); ++i)
    CHECK(by_number.traits[i].theta == data.traits[i].theta);
  CHECK_THROWS_WITH(over_history("[sectors.metls]\ntheta = 7\n"),
                    Contains("did you mean 'metals'?"));
  CHECK_THROWS_WITH(over_history("[sectors.metals]\nteta = 7\n"),
                    Contains("did you mean 'theta'?"));
  CHECK_THROWS_WITH(over_history("[sectors.metals]\ntheta = 70\n"), Contains("0.1 to 50"));
  CHECK_THROWS_WITH(set_number(same, numeric_key("sectors.metls.theta", ""), 7),
                    Contains("did you mean 'metals'?"));
}

TEST_CASE("parameter sets are read, and wrong ones refused", "[calibration]") {
  const TemporaryFolder folder{"nearshore-set"};
  const auto read_set = [&](const std::string& text) {
    folder.write({{"set.toml", text}});
    return read_parameter_set((folder.path / "set.toml").string());
  };
  const std::string member = "[[member]]\nname = 'a'\n[member.parameters]\nmarkup = 1.2\n";
  const auto set =
      read_set(member + "[member.sectors.metals]\ntheta = 4\n[[member]]\nname "
                        "= 'b'\nobjective = 0.5\n[member.parameters]\nexit_rate = 0.2\n");
  REQUIRE(set.size() == 2);
  CHECK(set[0].sets == std::vector<std::string>{"parameters.markup=1.2", "sectors.metals.theta=4"});
  CHECK(set[1].name == "b");
  CHECK_THROWS_WITH(read_set("title = 'x'\n"), Contains("no [[member]]"));
  CHECK_THROWS_WITH(read_set(member + member), Contains("'a' is used twice"));
  CHECK_THROWS_WITH(read_set("[[member]]\nname = 'a'\n"), Contains("a member without parameters"));
  CHECK_THROWS_WITH(read_set(member + "markop = 1\n"), Contains("did you mean 'markup'?"));
  CHECK_THROWS_WITH(read_set("[[member]]\nname = 'a'\n[member.parameters]\nmarkup = 9\n"),
                    Contains("1 to 3"));
}
