// The arithmetic of a fit, by hand; scales of parameters.
#include "output/calibration/parameter_set.hpp"
#include "tests/calibration/linear_problem.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace nearshore;
using namespace nearshore::test;

TEST_CASE("the objective is the weighted mean of squared misses in tolerances", "[calibration]") {
  const std::vector<FitTarget> targets{fit_target("a", 50, 2, 3), fit_target("b", 1, 0.5)};
  Figures f{2, 2};
  f.at(0, 0) = 53;
  f.at(0, 1) = 55;  // mean 54: two tolerances above, error sqrt(2 / 2) = 1
  f.at(1, 1) = 0.5; // one seed only: one tolerance below
  const auto fit = fit_of(targets, f);
  CHECK(fit.targets[0].mean == Approx(54));
  CHECK(fit.targets[0].error == Approx(1));
  CHECK(fit.targets[0].residual == Approx(std::sqrt(3.0) * 2));
  CHECK(fit.targets[1].mean == Approx(0.5));
  CHECK(fit.targets[1].error == 0);
  CHECK(fit.targets[1].residual == Approx(-1));
  CHECK(fit.objective == Approx((3 * 4 + 1 * 1) / 4.0));
}

TEST_CASE("a target without a figure is no fit", "[calibration]") {
  CHECK(fit_of({fit_target("a", 50, 2)}, Figures{1, 2}).objective == kNoFit);
}

TEST_CASE("comparisons of two scenarios", "[calibration]") {
  CHECK(compare(HowDiffers::difference, 5, 3) == 2);
  CHECK(compare(HowDiffers::ratio, 5, 4) == 1.25);
  CHECK(compare(HowDiffers::log_ratio, std::exp(2.0), 1) == Approx(2));
  CHECK(std::isnan(compare(HowDiffers::log_ratio, 0, 1)));
  CHECK(std::isnan(compare(HowDiffers::log_ratio, 1, 0)));
}

TEST_CASE("places of a range and values", "[calibration]") {
  const auto log = free_parameter("documentation_median", 0.001, 0.1, 0.01, Spacing::log);
  CHECK(log.value(0.5) == Approx(0.01));
  CHECK(log.value(0) == 0.001);
  CHECK(log.value(1) == 0.1);
  CHECK(log.value(1.5) == 0.1); // outside: the bound
  CHECK(log.place(0.01) == Approx(0.5));
  const auto linear = free_parameter("cost_pass_through", 0.2, 0.6, 0.3);
  CHECK(linear.value(0.25) == Approx(0.3));
  CHECK(linear.place(0.3) == Approx(0.25));
  rc::check("the value of a value's place is the value", [&] {
    const double at = *rc::gen::inRange(0, 1'000'001) / 1e6;
    for (const auto* p : {&log, &linear}) {
      const double value = p->value(at);
      RC_ASSERT(value >= p->low && value <= p->high);
      RC_ASSERT(p->value(p->place(value)) == value);
    }
  });
}

TEST_CASE("points of the design fill the box evenly", "[calibration]") {
  constexpr std::size_t kPoints = 256;
  for (const std::size_t dimensions : {1U, 2U, 5U}) {
    std::vector<std::vector<int>> counts(dimensions, std::vector<int>(8));
    for (std::size_t i = 0; i < kPoints; ++i) {
      const auto place = even_point(i, dimensions, 3);
      REQUIRE(place.size() == dimensions);
      for (std::size_t d = 0; d < dimensions; ++d) {
        REQUIRE((place[d] >= 0 && place[d] < 1));
        ++counts[d][static_cast<std::size_t>(place[d] * 8)];
      }
    }
    for (const auto& of_axis : counts)
      for (const int n : of_axis)
        CHECK(std::abs(n - 32) <= 6); // random points would scatter by 5.3, one in five by more
  }
}

TEST_CASE("members are spread apart", "[calibration]") {
  const std::vector<std::vector<double>> line{{0.5}, {0.6}, {0.0}, {1.0}, {0.55}, {0.5}};
  CHECK(spread_apart(line, 0, 3) == std::vector<std::size_t>{0, 2, 3});
  CHECK(spread_apart(line, 0, 4) == std::vector<std::size_t>{0, 2, 3, 1});
  CHECK(spread_apart(line, 0, 10).size() == 5); // the last is the first again
}
