// Sensitivity indices against exact ones.
#include "output/sweep/sensitivity.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace nearshore;

namespace {

constexpr double kPi = std::numbers::pi;

/// Ishigami and Homma (1990), a = 7, b = 0.1, on (-pi, pi)^3.
double ishigami(std::span<const double> place) {
  const auto x = [&](std::size_t i) { return -kPi + 2 * kPi * place[i]; };
  return std::sin(x(0)) + 7 * std::sin(x(1)) * std::sin(x(1)) +
         0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

template <class F> std::vector<double> values(const PointTable& places, F function) {
  std::vector<double> out;
  for (std::size_t r = 0; r < places.rows(); ++r)
    out.push_back(function(places.row(r)));
  return out;
}

} // namespace

TEST_CASE("Sobol indices of Ishigami's function", "[sweep][sensitivity]") {
  // V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2; V1 = (1 + b pi^4/5)^2/2; V2 = a^2/8;
  // V13 = b^2 pi^8 (1/18 - 1/50).
  const double a = 7, b = 0.1, p4 = std::pow(kPi, 4), p8 = std::pow(kPi, 8);
  const double v = a * a / 8 + b * p4 / 5 + b * b * p8 / 18 + 0.5;
  const double v1 = std::pow(1 + b * p4 / 5, 2) / 2, v2 = a * a / 8,
               v13 = b * b * p8 * (1.0 / 18 - 1.0 / 50);
  const double first[] = {v1 / v, v2 / v, 0}, total[] = {(v1 + v13) / v, v2 / v, v13 / v};
  CHECK(first[0] == Approx(0.3139).margin(1e-4)); // as printed in textbooks
  CHECK(total[2] == Approx(0.2437).margin(1e-4));
  const Design d{.method = DesignMethod::saltelli, .points = 4096};
  const auto f = values(places_of(d, 3), ishigami);
  const auto found = sobol_indices(f, 3, {.draws = 100});
  for (std::size_t i = 0; i < 3; ++i) {
    INFO("parameter " << i);
    CHECK(found[i].first.value == Approx(first[i]).margin(0.02));
    CHECK(found[i].total.value == Approx(total[i]).margin(0.02));
    CHECK(found[i].first.low <= first[i] + 0.01);
    CHECK(found[i].first.high >= first[i] - 0.01);
    CHECK(found[i].total.high - found[i].total.low < 0.1);
    CHECK(found[i].total.low < found[i].total.high);
  }
}

TEST_CASE("intervals narrow with the number of points", "[sweep][sensitivity]") {
  const auto width = [](std::size_t n) {
    const Design d{.method = DesignMethod::saltelli, .points = n};
    const auto e = sobol_indices(values(places_of(d, 3), ishigami), 3, {.draws = 200})[0].total;
    return e.high - e.low;
  };
  CHECK(width(1024) < 0.7 * width(128));
}

TEST_CASE("nothing varies: no indices", "[sweep][sensitivity]") {
  const std::vector<double> f(8 * 4, 3.0);
  CHECK(std::isnan(sobol_indices(f, 2, {.draws = 10})[0].first.value));
}

TEST_CASE("elementary effects of a line are its slopes", "[sweep][sensitivity]") {
  const Design d{.method = DesignMethod::morris, .points = 12};
  const auto places = places_of(d, 3);
  const auto line = values(places, [](std::span<const double> x) { return 5 * x[0] - 2 * x[1]; });
  const auto e = morris_effects(line, places, {.draws = 50});
  CHECK(e[0].mean.value == Approx(5));
  CHECK(e[1].mean.value == Approx(-2));
  CHECK(e[1].mean_absolute.value == Approx(2));
  CHECK(e[2].mean_absolute.value == Approx(0).margin(1e-12));
  CHECK(e[0].deviation.value == Approx(0).margin(1e-9));
  CHECK(e[0].mean.low == Approx(5));
  const auto bent = values(places, [](std::span<const double> x) { return x[0] * x[1]; });
  const auto interaction = morris_effects(bent, places, {.draws = 50});
  CHECK(interaction[0].deviation.value > 0.1);
  CHECK(interaction[2].mean_absolute.value == Approx(0).margin(1e-12));
}

TEST_CASE("standardised effects of a line", "[sweep][sensitivity]") {
  const Design d{.method = DesignMethod::latin_hypercube, .points = 400};
  const auto x = places_of(d, 2);
  const auto f = values(x, [](std::span<const double> p) { return 10 + 3 * p[0] - 4 * p[1]; });
  const auto e = standardised_effects(f, x, {.draws = 50});
  // Both parameters have the same spread: 3 and -4 of hypot(3, 4).
  CHECK(e.effect[0].value == Approx(0.6).margin(0.03));
  CHECK(e.effect[1].value == Approx(-0.8).margin(0.03));
  CHECK(e.explained == Approx(1));
  const auto square =
      values(x, [](std::span<const double> p) { return (p[0] - 0.5) * (p[0] - 0.5); });
  CHECK(standardised_effects(square, x, {.draws = 0}).explained < 0.1);
  CHECK(std::isnan(
      standardised_effects(std::vector<double>(400, 1.0), x, {.draws = 0}).effect[0].value));
}
