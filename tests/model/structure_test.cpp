#include "model_fixture.hpp"
#include "sim/structure.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;

TEST_CASE("Hill's estimator by hand", "[structure]") {
  // Twenty values of weight 1; half of the weight: 2^1 .. 2^10 over the least, 2^1.
  std::vector<double> values, ones(20, 1);
  for (int i = 1; i <= 10; ++i) {
    values.push_back(std::pow(2.0, i));
    values.push_back(1);
  }
  CHECK(hill_exponent(values, ones, 0.5) == Approx(10 / (45 * std::log(2.0))));
  // A value of weight 2 counts like two alike.
  std::vector<double> twice = values, twos = ones;
  twice.push_back(1024);
  std::vector<double> weights = ones;
  weights[18] = 2; // 1024
  twos.push_back(1);
  CHECK(hill_exponent(values, weights, 0.5) == Approx(hill_exponent(twice, twos, 0.5)));
  CHECK(hill_exponent(values, ones, 0.2) == 0);                     // four values
  CHECK(hill_exponent(std::vector<double>(20, 3), ones, 0.5) == 0); // all alike
  CHECK(hill_exponent(std::vector<double>(20, 0), ones, 0.5) == 0); // no sales
}

TEST_CASE("Hill's estimator finds the exponent of a Pareto sample", "[structure]") {
  for (const double tail : {1.1, 2.0, 3.0}) {
    std::vector<double> values;
    for (int i = 0; i < 20'000; ++i)
      values.push_back(std::pow((i + 0.5) / 20'000, -1 / tail));
    CHECK(hill_exponent(values, std::vector<double>(values.size(), 1), 0.05) ==
          Approx(tail).epsilon(0.02));
  }
}

TEST_CASE("classes of size and age hold their lower bounds", "[structure]") {
  CHECK(size_class(0) == 0);
  CHECK(size_class(9.99e6) == 0);
  CHECK(size_class(10e6) == 1);
  CHECK(size_class(1e12) == kSizeClasses - 1);
  CHECK(age_class(0) == 0);
  CHECK(age_class(11) == 0);
  CHECK(age_class(12) == 1);
  CHECK(age_class(255) == kAgeClasses - 1);
}

TEST_CASE("the firm structure agrees with the accounts and with the links, and changes nothing",
          "[model][structure]") {
  auto scenario = over(shipped(kHistory), {1500, {2024, 12}, {2025, 4}, 3});
  Simulation plain{scenario};
  scenario.run.structure = true;
  Simulation watched{scenario};
  Collector without;
  plain.run(without);
  watched.spin_up();
  for (const auto& month : without.months) {
    const auto ages = watched.firms().age;
    const auto suppliers = watched.firms().supplier;
    const MonthRecord& seen = watched.step();
    MonthRecord same = seen;
    same.structure = {};
    CHECK(difference(month, same) == "");

    const auto& firms = watched.firms();
    const std::size_t R = firms.R, S = firms.S;
    REQUIRE(seen.structure.claims.size() == R * R * kSizeClasses);
    for (std::size_t lane = 0; lane < R * R; ++lane) {
      std::int64_t trade = 0, claimed = 0, all = 0, all_claimed = 0;
      for (std::size_t k = 0; k < kSizeClasses; ++k) {
        const auto& c = seen.structure.claims[lane * kSizeClasses + k];
        trade += c.trade;
        claimed += c.claimed;
        CHECK(c.firms_claiming <= c.firms);
      }
      for (std::size_t s = 0; s < S; ++s) {
        all += seen.claims[lane * S + s].trade;
        all_claimed += seen.claims[lane * S + s].claimed;
      }
      CHECK(claimed == all_claimed); // claims are made at desks alone
      CHECK(trade <= all);
    }
    // Every supplier that changed is a link that ended, at the age it had.
    std::array<std::int64_t, kAgeClasses> ended{}, links{};
    for (std::size_t l = 0; l < suppliers.size(); ++l) {
      ++links[age_class(ages[l])];
      if (firms.supplier[l] != suppliers[l]) ++ended[age_class(ages[l])];
    }
    CHECK(seen.structure.links_by_age == links);
    CHECK(seen.structure.broken_by_age == ended);
    for (std::size_t r = 0; r < R; ++r)
      CHECK(seen.structure.size_tail[r] >= 0);
  }
}
