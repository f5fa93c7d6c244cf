#include "agents/arithmetic.hpp"
#include "agents/random.hpp"
#include "agents/sourcing_tables.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;

namespace {

double ulps(double value, double exact) {
  return std::abs(value - exact) / (std::nextafter(std::abs(exact), 1e308) - std::abs(exact));
}

} // namespace

TEST_CASE("own logarithm and exponential keep their stated precision") {
  double worst_log = 0, worst_exp = 0;
  for (std::uint32_t i = 0; i < 200'000; ++i) {
    const double u = to_unit(hashed(7, i));
    const double x = std::ldexp(0.5 + u, static_cast<int>(hashed(8, i) % 80) - 40);
    worst_log = std::max(worst_log, ulps(log_of(x), std::log(x)));
    const double y = (u - 0.5) * 80;
    worst_exp = std::max(worst_exp, ulps(exp_of(y), std::exp(y)));
  }
  INFO("log " << worst_log << " ulp, exp " << worst_exp << " ulp");
  CHECK(worst_log <= 3);
  CHECK(worst_exp <= 3);
  CHECK(log_of(1) == 0);
  CHECK(exp_of(0) == 1);
}

TEST_CASE("own logarithm and exponential of floats keep their stated precision") {
  double worst_log = 0, worst_exp = 0;
  const auto float_ulps = [](float value, double exact) {
    const auto nearest = static_cast<float>(std::abs(exact));
    return std::abs(static_cast<double>(value) - exact) /
           static_cast<double>(std::nextafter(nearest, 1e38F) - nearest);
  };
  for (std::uint32_t i = 0; i < 200'000; ++i) {
    const auto u = static_cast<float>(to_unit(hashed(7, i)));
    const float x = std::ldexp(0.5F + u, static_cast<int>(hashed(8, i) % 80) - 40);
    worst_log = std::max(worst_log, float_ulps(log_of_float(x), std::log(static_cast<double>(x))));
    const float y = (u - 0.5F) * 80;
    worst_exp = std::max(worst_exp, float_ulps(exp_of_float(y), std::exp(static_cast<double>(y))));
  }
  INFO("log " << worst_log << " ulp, exp " << worst_exp << " ulp");
  CHECK(worst_log <= 2);
  CHECK(worst_exp <= 2);
  CHECK(log_of_float(1) == 0);
  CHECK(exp_of_float(0) == 1);
}

TEST_CASE("the normal quantile inverts the distribution function") {
  for (const double u : {0.001, 0.02, 0.25, 0.5, 0.8, 0.99}) {
    const double z = normal_quantile(u);
    CHECK(0.5 * std::erfc(-z / std::sqrt(2.0)) == Approx(u).epsilon(1e-7));
  }
}

TEST_CASE("alias tables draw in proportion to weight") {
  const std::vector<double> weights{5, 0, 1, 3, 1};
  std::vector<AliasCell> cells(weights.size());
  build_alias(weights, cells);
  std::vector<double> drawn(weights.size());
  constexpr int kDraws = 200'000;
  for (std::uint32_t i = 0; i < kDraws; ++i)
    drawn[draw_alias(cells, hashed(1, i))] += 1.0 / kDraws;
  for (std::size_t i = 0; i < weights.size(); ++i)
    CHECK(drawn[i] == Approx(weights[i] / 10).margin(0.005));
}
