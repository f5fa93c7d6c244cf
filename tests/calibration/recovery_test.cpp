// Targets made by the model itself: the parameters that made them are found again.
#include "output/calibration/search.hpp"
#include "output/memory_run.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;
using namespace nearshore::test;

namespace {

constexpr const char* kTwins = R"(
title = "twins"
seeds = "1-2"
firms = 3000
[method]
global = "design"
global_evaluations = 10
local = "sbplx"
local_evaluations = 60
[[scenario]]
name = "history"
file = "configs/history.toml"
end = "2025-06"
set = ["run.start=2025-01", "run.reference=2025-01", "run.spin_up=6"]
[[scenario]]
name = "late"
file = "configs/scenarios/no_2025_tariffs.toml"
end = "2025-06"
set = ["run.start=2025-01", "run.reference=2025-01", "run.spin_up=6"]
[[parameter]]
key = "documentation_median"
scale = "log"
low = 0.001
high = 0.05
start = 0.003
[[parameter]]
key = "attention_stake"
scale = "log"
low = 1
high = 200
start = 60
)";

std::string twins() {
  std::string text = kTwins;
  const auto target = [&](const std::string& says, const std::string& exporter,
                          const std::string& months, const std::string& more) {
    text += "[[target]]\nsays = '" + says + "'\nvariable = 'claim_share'\nselect = { exporter = '" +
            exporter + "', importer = 'US' }\nmonths = " + months +
            "\nscale = 100\ndata = 50\ntolerance = 1\nsource = 'this model'\n" + more;
  };
  const std::string rise = "against_scenario = 'late'\ncompare = 'difference'\n";
  for (const std::string e : {"MX", "CA"}) {
    target("before, " + e, e, "['2025-01', '2025-02']", "");
    target("after, " + e, e, "['2025-05', '2025-06']", "");
    target("rise, " + e, e, "['2025-04']", rise);
  }
  return text;
}

} // namespace

TEST_CASE("known parameters are recovered from figures that the model made",
          "[calibration][long]") {
  const TemporaryFolder folder{"nearshore-twins"};
  folder.write({{"c.toml", twins()}});
  auto problem = read_calibration((folder.path / "c.toml").string());
  const CalibrationRuns runs{problem, 0};
  const std::vector<double> truth{0.009, 15};
  const auto made = runs({truth}).front();
  for (std::size_t t = 0; t < problem.targets.size(); ++t)
    problem.targets[t].figure.data = fit_of(problem.targets, made).targets[t].mean;

  EvaluationLog log{problem, "", ""};
  Evaluator evaluate{problem, [&](const auto& points) { return runs(points); }, log, 2};
  search(evaluate);
  const auto& best = evaluate.best();
  CHECK(best.objective < 0.3);
  CHECK(evaluate.seen().front().objective > 10 * best.objective + 1);
  for (std::size_t p = 0; p < 2; ++p) { // within a tenth of ranges that span factors of 50 and 200
    const auto& parameter = problem.parameters[p];
    INFO(parameter.key.path << " " << best.values[p]);
    CHECK(std::abs(parameter.place(best.values[p]) - parameter.place(truth[p])) < 0.1);
  }
}

TEST_CASE("an evaluation has the figures that single runs have", "[calibration]") {
  const TemporaryFolder folder{"nearshore-twins"};
  auto text = twins();
  text.replace(text.find("firms = 3000"), 12, "firms = 1000");
  folder.write({{"c.toml", text}});
  const auto problem = read_calibration((folder.path / "c.toml").string());
  const CalibrationRuns one{problem, 1}, three{problem, 3};
  const std::vector<std::vector<double>> points{{0.002, 30}, {0.01, 12}};
  const auto together = three(points);
  CHECK(one({points[1]}).front().values == together[1].values);
  CHECK(together[0].values != together[1].values);

  const auto of_file = [&](const char* file) {
    const std::vector<std::string> sets{"run.firms=1000",
                                        "run.start=2025-01",
                                        "run.reference=2025-01",
                                        "run.spin_up=6",
                                        "run.end=2025-06",
                                        "parameters.documentation_median=0.01",
                                        "parameters.attention_stake=12",
                                        "run.seed=2"};
    return load_scenario(file, sets);
  };
  // The last target is the rise of CA in April against the other scenario, on the second seed.
  auto target = problem.targets.back().figure;
  double figures[2];
  const char* files[]{"configs/history.toml", "configs/scenarios/no_2025_tariffs.toml"};
  for (int i = 0; i < 2; ++i) {
    const auto s = of_file(files[i]);
    MemoryRun months{s.reporting, s.run.reference, s.title, variables_of({target})};
    Simulation{s}.run(months, true);
    figures[i] = evaluate(target, months);
  }
  CHECK(together[1].at(problem.targets.size() - 1, 1) == Approx(figures[0] - figures[1]));
}
