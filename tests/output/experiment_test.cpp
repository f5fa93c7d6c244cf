#include "fake_run.hpp"
#include "output/experiment.hpp"
#include "policy/error.hpp"
#include "sim/config/paths.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

ExperimentFigure figure(HowCompared how, double tariff = 0) {
  ExperimentFigure f;
  f.comparison = how;
  f.tariff = tariff;
  return f;
}

const std::string kRun = "[[run]]\nname = 'it'\nscenario = 'configs/history.toml'\n";
const std::string kSweep =
    "[[run]]\nname = 'end'\nscenario = 'configs/history.toml'\nset = ['run.spin_up=2', "
    "'parameters.switching_cost_firm={}']\nvalues = [0.5, 0.25]\n";
const std::string kFigure =
    "[[figure]]\nsays = 'claims'\nvariable = 'claim_share'\nselect = { exporter = 'MX', importer = "
    "'US' }\nkind = 'predicted'\nsource = 'none'\n";

Experiment read(const TemporaryFolder& folder, const std::string& toml) {
  std::ofstream{folder / "e.toml"} << "title = 'T'\nsays = 'S'\nseeds = '3-4'\n" << toml;
  return read_experiment(folder / "e.toml");
}

} // namespace

TEST_CASE("comparisons of runs give what their definitions say", "[output][experiment]") {
  using Values = std::vector<std::vector<double>>;
  const Values two{{3, 4}, {2, 5}};
  CHECK(compared(figure(HowCompared::none), {{3, 4}}, {0}) == std::vector<double>{3, 4});
  CHECK(compared(figure(HowCompared::difference), two, {}) == std::vector<double>{1, -1});
  CHECK(compared(figure(HowCompared::ratio), two, {})[1] == Approx(0.8));
  CHECK(compared(figure(HowCompared::elasticity, 0.1), {{std::pow(1.1, -2) * 7}, {7}}, {})[0] ==
        Approx(-2));
  // Medians 3 and 11; the band of the second is 1.2 to 20.8... of three values, by interpolation.
  const auto spread = compared(figure(HowCompared::spread), {{1, 3, 9}, {0, 11, 21}}, {});
  REQUIRE(spread.size() == 1);
  CHECK(spread[0] == Approx(8 / (20.0 - 1.1)));
  const Values sweep{{1, 5}, {4, 4}, {3, 1}};
  const std::vector<double> at{50, 60, 70};
  CHECK(compared(figure(HowCompared::rise), sweep, at) == std::vector<double>{3, 0});
  CHECK(compared(figure(HowCompared::fall), sweep, at) == std::vector<double>{1, 4});
  CHECK(compared(figure(HowCompared::peak), sweep, at) == std::vector<double>{60, 50});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(std::isnan(compared(figure(HowCompared::peak), {{1}, {nan}, {2}}, at)[0]));
}

TEST_CASE("a sweep is one run for each of its values", "[output][experiment]") {
  const TemporaryFolder folder;
  const auto e = read(folder, kSweep + kFigure + "run = 'end'\ncompare = 'peak'\n");
  REQUIRE(e.runs.size() == 2);
  CHECK(e.runs[0].name == "end 0.5");
  CHECK(e.runs[1].sets ==
        std::vector<std::string>{"run.spin_up=2", "parameters.switching_cost_firm=0.25"});
  CHECK(e.runs[1].at == 0.25);
  CHECK(e.seeds == std::vector<std::uint64_t>{3, 4});
  const auto other = read_experiment(folder / "e.toml", std::vector<std::uint64_t>{9}, 2000);
  CHECK(other.seeds == std::vector<std::uint64_t>{9});
  CHECK(other.runs[0].sets.back() == "run.firms=2000");
}

TEST_CASE("an experiment makes its runs and judges them", "[output][experiment][model]") {
  const TemporaryFolder folder;
  const std::string small = "set = ['run.firms=1500', 'run.spin_up=2', 'run.end=2024-02'";
  const auto e =
      read(folder, "[[run]]\nname = 'a'\nscenario = 'configs/history.toml'\n" + small +
                       "]\n[[run]]\nname = 'b'\nscenario = 'configs/history.toml'\n" + small +
                       ", 'measure.us_mfn.rate=0.3']\n" + kFigure +
                       "run = 'a'\nmonths = '2024-02'\nlow = 0.01\nhigh = 1\n" + kFigure +
                       "run = 'b'\nagainst_run = 'a'\ncompare = 'difference'\nmonths = "
                       "'2024-02'\nlow = 2\n" +
                       kFigure + "run = 'a'\nmonths = '2025-02'\n");
  const auto r = run_experiments({e, e}, {.jobs = 2, .progress = false});
  REQUIRE(r.size() == 6);
  CHECK(r[0].verdict == Verdict::met);
  CHECK(r[0].values.size() == 2);
  CHECK(r[1].verdict == Verdict::missed); // no share rises by 2
  CHECK(r[1].median != 0);
  CHECK(r[2].verdict == Verdict::absent);
  CHECK(r[3].values == r[0].values); // the second experiment's equal runs are the same
  CHECK(r[0].target.section == "T");
}

TEST_CASE("wrong experiments are refused at their place", "[output][experiment]") {
  const TemporaryFolder folder;
  const auto fails = [&](const std::string& toml, const std::string& message) {
    CHECK_THROWS_WITH(read(folder, toml), Contains(message));
  };
  fails(kRun, "an experiment without runs or without figures");
  fails("[[run]]\nname = 'end 0.5'\nscenario = 'configs/history.toml'\n" + kSweep + kFigure,
        "the run 'end 0.5' is there twice");
  fails(kRun + kSweep + kFigure + "run = 'itt'\n", "did you mean 'it'");
  fails(kRun + kFigure + "run = 'it'\ncompare = 'ratio'\n", "against_run");
  fails(kRun + kFigure + "run = 'it'\nagainst_run = 'it'\n", "has no second run");
  fails(kRun + kFigure + "run = 'it'\ncompare = 'peek'\n", "did you mean 'peak'");
  fails(kRun + kFigure + "compare = 'rise'\nrun = 'it'\n", "run");
  fails(kRun + kFigure + "runn = 'it'\n", "did you mean 'run'");
  fails(kRun + "values = [1, 2]\n" + kFigure, "no sweep");
  fails(kRun + kFigure + "run = 'it'\nagainst_run = 'it'\ncompare = 'elasticity'\n", "tariff");
}

TEST_CASE("shipped experiments can be read, and their scenarios too", "[output][experiment]") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(find_input("configs/validation"))) {
    INFO(entry.path().string());
    const auto e = read_experiment(entry.path().string());
    CHECK(e.seeds.front() >= 101); // no fit may use them
    for (const auto& run : e.runs)
      CHECK_NOTHROW(load_scenario(run.scenario, run.sets));
    ++files;
  }
  CHECK(files >= 9);
}
