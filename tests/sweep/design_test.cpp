// Designs of sweeps: hand-computed tables, and what each method promises of its points.
#include "output/sweep/design.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace nearshore;

namespace {

SweepParameter with_values(std::vector<double> values) {
  SweepParameter p;
  p.values = std::move(values);
  return p;
}

SweepParameter range(double low, double high, Spacing spacing = Spacing::linear,
                     bool whole = false) {
  SweepParameter p;
  p.low = low, p.high = high, p.spacing = spacing, p.whole = whole;
  return p;
}

std::vector<double> row(const PointTable& t, std::size_t r) {
  const auto span = t.row(r);
  return {span.begin(), span.end()};
}

/// How many of the points lie in each of n equal slices of a column.
std::set<std::size_t> slices_hit(const PointTable& t, std::size_t column, std::size_t first,
                                 std::size_t n) {
  std::set<std::size_t> hit;
  for (std::size_t r = first; r < first + n; ++r)
    hit.insert(static_cast<std::size_t>(t.row(r)[column] * static_cast<double>(n)));
  return hit;
}

} // namespace

TEST_CASE("a grid has every combination, the last parameter fastest", "[sweep][design]") {
  const std::vector<SweepParameter> p{with_values({1, 2}), with_values({10, 20, 30})};
  const auto table = values_of({.method = DesignMethod::grid}, p);
  REQUIRE(table.rows() == 6);
  CHECK(points_of({.method = DesignMethod::grid}, p) == 6);
  CHECK(row(table, 0) == std::vector<double>{1, 10});
  CHECK(row(table, 1) == std::vector<double>{1, 20});
  CHECK(row(table, 3) == std::vector<double>{2, 10});
  CHECK(row(table, 5) == std::vector<double>{2, 30});
}

TEST_CASE("a list goes side by side", "[sweep][design]") {
  const std::vector<SweepParameter> p{with_values({1, 2, 3}), with_values({10, 20, 30})};
  const auto table = values_of({.method = DesignMethod::list}, p);
  REQUIRE(table.rows() == 3);
  CHECK(row(table, 1) == std::vector<double>{2, 20});
}

TEST_CASE("places become values of the range", "[sweep][design]") {
  CHECK(range(2, 6).value(0.25) == 3);
  CHECK(range(0.001, 0.1, Spacing::log).value(0.5) == Approx(0.01).epsilon(1e-8));
  CHECK(range(0.001, 0.1, Spacing::log).value(1) == 0.1);
  CHECK(range(1, 10, Spacing::linear, true).value(0.5) == 6); // 5.5, rounded away from zero
  CHECK(range(0, 1).value(1.0 / 3) == 0.33333333);
}

TEST_CASE("a Latin hypercube has one point in each slice of every parameter", "[sweep][design]") {
  const Design d{.method = DesignMethod::latin_hypercube, .points = 37, .seed = 5};
  const auto table = places_of(d, 4);
  REQUIRE(table.rows() == 37);
  for (std::size_t c = 0; c < 4; ++c)
    CHECK(slices_hit(table, c, 0, 37).size() == 37);
  CHECK(table.cells == places_of(d, 4).cells); // the same again
  auto other = d;
  other.seed = 6;
  CHECK(table.cells != places_of(other, 4).cells);
}

TEST_CASE("Sobol's points fill every dyadic slice once", "[sweep][design]") {
  for (const std::uint64_t seed : {1, 2}) {
    const auto table = places_of({.method = DesignMethod::sobol, .points = 64, .seed = seed}, 7);
    for (std::size_t c = 0; c < 7; ++c)
      for (const std::size_t n : {2, 8, 64})
        CHECK(slices_hit(table, c, 0, n).size() == n);
    // The first two dimensions form a net: every box of 8 by 8 holds one of 64 points.
    std::set<std::pair<int, int>> boxes;
    for (std::size_t r = 0; r < 64; ++r)
      boxes.insert({static_cast<int>(8 * table.row(r)[0]), static_cast<int>(8 * table.row(r)[1])});
    CHECK(boxes.size() == 64);
  }
}

TEST_CASE("saltelli: blocks of A, B and A with one column of B", "[sweep][design]") {
  const Design d{.method = DesignMethod::saltelli, .points = 16};
  const auto table = places_of(d, 3);
  REQUIRE(table.rows() == 16 * 5);
  CHECK(points_of(d, std::vector<SweepParameter>(3)) == 80);
  for (std::size_t b = 0; b < 16; ++b)
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t c = 0; c < 3; ++c) {
        CHECK(table.row(5 * b)[c] != table.row(5 * b + 1)[c]);
        CHECK(table.row(5 * b + 2 + i)[c] == table.row(5 * b + (c == i ? 1 : 0))[c]);
      }
}

TEST_CASE("morris: paths move one parameter at a time, each once, on the grid", "[sweep][design]") {
  const Design d{.method = DesignMethod::morris, .points = 50, .levels = 4, .seed = 3};
  const auto table = places_of(d, 5);
  REQUIRE(table.rows() == 50 * 6);
  std::set<long> levels;
  for (std::size_t path = 0; path < 50; ++path) {
    std::set<std::size_t> moved;
    for (std::size_t step = 0; step < 5; ++step) {
      const auto from = table.row(path * 6 + step), to = table.row(path * 6 + step + 1);
      for (std::size_t c = 0; c < 5; ++c)
        if (from[c] != to[c]) {
          moved.insert(c);
          CHECK(std::abs(to[c] - from[c]) == Approx(2.0 / 3));
        }
    }
    CHECK(moved.size() == 5);
  }
  for (const double x : table.cells) {
    CHECK((x >= 0 && x <= 1));
    CHECK(3 * x == Approx(std::round(3 * x)).margin(1e-12));
    levels.insert(std::lround(3 * x));
  }
  CHECK(levels == std::set<long>{0, 1, 2, 3});
}
