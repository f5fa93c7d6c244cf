// The search, the shape and the set where the answer is known; resuming.
#include "output/calibration/gauss_newton.hpp"
#include "output/calibration/report.hpp"
#include "policy/error.hpp"
#include "tests/calibration/linear_problem.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

struct Outcome {
  std::vector<Evaluation> seen;
  CalibrationResult result;
  std::string files;
  std::size_t simulated{0};
};

/// The whole of a calibration; stops as a user would after so many evaluations.
Outcome calibrated(const CalibrationProblem& problem, EvaluationLog& log,
                   std::size_t most = SIZE_MAX) {
  Outcome out;
  Evaluator evaluate{problem,
                     [&](const std::vector<std::vector<double>>& points) {
                       if (out.simulated >= most) throw Interrupted{};
                       out.simulated += points.size();
                       return linear_figures(points);
                     },
                     log, 3};
  search(evaluate);
  out.result.shape = shape_of(evaluate);
  out.result.set = parameter_set(evaluate, *out.result.shape, 5, 24);
  out.result.best = evaluate.best();
  out.seen = evaluate.seen();
  out.result.evaluations = out.seen.size();
  out.files = fitted_toml(problem, out.result) + set_toml(problem, out.result) +
              fit_csv(problem, out.result) + shape_csv(problem, *out.result.shape);
  return out;
}

bool same(const std::vector<Evaluation>& a, const std::vector<Evaluation>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto& x, auto& y) {
    return x.values == y.values && x.figures.values == y.figures.values &&
           x.objective == y.objective && x.stage == y.stage;
  });
}

std::string refusal(const CalibrationProblem& problem, const std::string& identity,
                    const std::string& path) {
  EvaluationLog log{problem, identity, path};
  try {
    log.resume();
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    return e.what();
  }
  return "accepted";
}

} // namespace

TEST_CASE("every way of searching finds the minimum", "[calibration]") {
  auto problem = linear_problem();
  const auto [global, local] = GENERATE(table<GlobalSearch, LocalSearch>({
      {GlobalSearch::none, LocalSearch::bobyqa},
      {GlobalSearch::design, LocalSearch::bobyqa},
      {GlobalSearch::design, LocalSearch::sbplx},
      {GlobalSearch::design, LocalSearch::gauss_newton},
      {GlobalSearch::crs2, LocalSearch::bobyqa},
      {GlobalSearch::isres, LocalSearch::sbplx},
      {GlobalSearch::direct_l, LocalSearch::bobyqa},
      {GlobalSearch::direct_l_rand, LocalSearch::bobyqa},
  }));
  problem.method.global = global;
  problem.method.local = local;
  problem.method.local_evaluations = 400;
  if (global == GlobalSearch::none) problem.method.global_evaluations = 0;
  EvaluationLog log{problem, "", ""};
  Evaluator evaluate{problem, linear_figures, log};
  search(evaluate);
  // x + y = 1.1 and x - y = 0.2, and c = 0.2925 is 0.125 of its tolerance off there.
  CHECK(evaluate.best().values[0] == Approx(0.65).margin(0.02));
  CHECK(evaluate.best().values[1] == Approx(0.45).margin(0.02));
  CHECK(evaluate.best().objective < 0.006);
  CHECK(evaluate.seen().size() <= 1 + problem.method.global_evaluations + 400 + 30);
}

TEST_CASE("a damped step is the least-squares one, inside the box", "[calibration]") {
  // Residuals 2 + 10 x and 1 - 5 y: the full step is (-0.2, 0.2).
  const std::vector<double> residual{2, 1}, jacobian{10, 0, 0, -5};
  const auto full = damped_step(residual, jacobian, {0.5, 0.5}, 0);
  CHECK(full[0] == Approx(-0.2));
  CHECK(full[1] == Approx(0.2));
  const auto damped = damped_step(residual, jacobian, {0.5, 0.5}, 100);
  CHECK(damped[0] == Approx(-10 * 2 / 200.0));
  CHECK(damped[1] == Approx(5 / 125.0));
  const auto clipped = damped_step(residual, jacobian, {0.05, 0.95}, 0);
  CHECK(clipped[0] == Approx(-0.05));
  CHECK(clipped[1] == Approx(0.05));
  // Two parameters that do the same share the work; one that does nothing stays.
  const auto shared = damped_step({1}, {1, 1, 0}, {0.5, 0.5, 0.5}, 1e-6);
  CHECK(shared[0] + shared[1] == Approx(-1).epsilon(1e-3));
  CHECK(shared[2] == 0);
}

TEST_CASE("one parameter alone is fitted too", "[calibration]") {
  auto problem = linear_problem();
  problem.parameters.resize(1);
  problem.targets.resize(1);
  EvaluationLog log{problem, "", ""};
  Evaluator evaluate{problem,
                     [](const auto& points) {
                       std::vector<Figures> out;
                       for (const auto& v : points) {
                         out.emplace_back(1, 2);
                         out.back().values = {16 * v[0], 16 * v[0]};
                       }
                       return out;
                     },
                     log};
  search(evaluate);
  CHECK(evaluate.best().values[0] == Approx(11.0 / 16).margin(1e-3));
}

TEST_CASE("the shape tells what the data determine", "[calibration]") {
  const auto problem = linear_problem();
  EvaluationLog log{problem, "", ""};
  const auto shape = *calibrated(problem, log).result.shape;
  // Residual per range: a (10, 10) / 1, b (2, -2) / 0.5, c (y, x) / 0.1; the third does nothing.
  const double x = shape.centre[0], y = shape.centre[1];
  const std::vector<double> expected{10, 10, 0, 4, -4, 0, 10 * y, 10 * x, 0};
  for (std::size_t i = 0; i < expected.size(); ++i)
    CHECK(shape.jacobian[i] == Approx(expected[i]).margin(1e-6));
  REQUIRE(shape.directions.size() == 3);
  CHECK(shape.directions[0].told_apart());
  CHECK(shape.directions[1].told_apart());
  CHECK_FALSE(shape.directions[2].told_apart());
  CHECK(shape.directions[2].singular < 1e-9);
  CHECK(direction_text(shape.directions[2], problem) == "1.00 exit_rate");
  CHECK_THAT(direction_text(shape.directions[0], problem),
             Contains("demand_adjustment") && Contains(" + ") && Contains("cost_pass_through"));
  CHECK(shape.standard_errors[2] == Approx(std::sqrt(1.0 / 12))); // anywhere within its bounds
  CHECK(error_text(problem.parameters[2], shape.standard_errors[2]) == "bounds only");
  // Without c and the seeds' scatter: the variance of x is that of ((a + 5 b) / 20).
  CHECK(shape.standard_errors[0] > 0.05);
  CHECK(shape.standard_errors[0] < std::sqrt(1 + 25 * 0.25) / 20);
  // The profile: 0.1 of the range off, others held, a is off by 1 and b by 0.2.
  const auto& profile = shape.profiles[0];
  REQUIRE(profile.places.size() == 5);
  CHECK(profile.objectives[3] > profile.objectives[2]);
  CHECK(profile.objectives[1] > profile.objectives[2]);
  for (std::size_t k = 0; k < 5; ++k) {
    CHECK(profile.refitted[k] <= profile.objectives[k] + 1e-12);
    CHECK(shape.profiles[2].objectives[k] == shape.profiles[2].objectives[0]);
  }
}

TEST_CASE("a set fits about equally well and spreads along what is undetermined", "[calibration]") {
  const auto problem = linear_problem();
  EvaluationLog log{problem, "", ""};
  const auto result = calibrated(problem, log).result;
  REQUIRE(result.set.size() == 5);
  double low = 1, high = 0;
  for (const auto& e : result.set) {
    CHECK(e.objective <= result.best.objective + problem.method.set_tolerance);
    low = std::min(low, e.values[2]);
    high = std::max(high, e.values[2]);
  }
  CHECK(result.set.front().values == result.best.values);
  CHECK(high - low > 0.7); // nothing determines the third parameter
}

TEST_CASE("a resumed calibration does what one that was never stopped does", "[calibration]") {
  const TemporaryFolder folder{"nearshore-calibration"};
  const auto problem = linear_problem();
  EvaluationLog whole_log{problem, "id", ""};
  const auto whole = calibrated(problem, whole_log);
  const auto stop = GENERATE(as<std::size_t>{}, 1, 7, 18, 40);
  const auto path = (folder.path / "log.h5").string();
  {
    EvaluationLog log{problem, "id", path};
    CHECK_THROWS_AS(calibrated(problem, log, stop), Interrupted);
  }
  EvaluationLog log{problem, "id", path};
  log.resume();
  REQUIRE(log.all().size() >= stop);
  const auto before = log.all().size();
  const auto resumed = calibrated(problem, log);
  CHECK(resumed.simulated == whole.simulated - before);
  CHECK(same(resumed.seen, whole.seen));
  CHECK(same(log.all(), whole_log.all()));
  CHECK(resumed.files == whole.files);
  // All of it is in the log: nothing is simulated again.
  log.save(true);
  EvaluationLog again{problem, "id", path};
  again.resume();
  CHECK(calibrated(problem, again).simulated == 0);
}

TEST_CASE("logs of something else are refused", "[calibration]") {
  const TemporaryFolder folder{"nearshore-calibration"};
  const auto problem = linear_problem();
  const auto path = (folder.path / "log.h5").string();
  CHECK_THAT(refusal(problem, "id", path), Contains("there is no log to resume"));
  EvaluationLog log{problem, "one\ntwo\n", path};
  log.save(true);
  CHECK(refusal(problem, "one\ntwo\n", path) == "accepted");
  CHECK_THAT(refusal(problem, "one\nthree\n", path),
             Contains("another calibration: 'two', and now 'three'"));
  std::filesystem::resize_file(path, 700);
  CHECK_THAT(refusal(problem, "one\ntwo\n", path), Contains("damaged"));
  folder.write({{"log.h5", "text"}});
  CHECK_THAT(refusal(problem, "one\ntwo\n", path), Contains("not an HDF5 file"));
}

TEST_CASE("a target without a figure at the start is an error that names it", "[calibration]") {
  auto problem = linear_problem();
  problem.targets[1].figure.where = "file.toml:3:1";
  EvaluationLog log{problem, "", ""};
  Evaluator evaluate{problem,
                     [](const auto& points) {
                       auto figures = linear_figures(points);
                       figures[0].at(1, 0) = figures[0].at(1, 1) = std::nan("");
                       return figures;
                     },
                     log};
  try {
    search(evaluate);
    FAIL("accepted");
  } catch (const Error& e) {
    CHECK_THAT(e.what(), Contains("file.toml:3:1: error: the target 'b' has no figure"));
  }
}
