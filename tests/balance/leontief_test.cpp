#include "sim/leontief.hpp"
#include "tests/world_fixture.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using nearshore::test::committed;
using nearshore::test::small_world_files;
using nearshore::test::TemporaryFolder;

TEST_CASE("value added in exports of the small world, by hand", "[leontief]") {
  // Goods of A earn 1/2 at home, buy 0.4 of themselves and 0.1 of B's exports; these come from B's
  // processing producers, who earn 1/2, buy 1/3 of A's goods and 1/6 of B's services (all B). With
  // a, p the part of A:
  //   a = 1/2 + 0.4 a + 0.1 p,  p = a / 3   =>   a = 15/17, p = 5/17.
  const TemporaryFolder folder{"nearshore-leontief"};
  folder.write(small_world_files());
  const auto t = read_world_table(folder.text());
  const auto c = value_added_in_exports(t);
  CHECK(c.share(0, 0, 0) == Approx(15.0 / 17).epsilon(1e-14));
  CHECK(c.share(0, 0, 1) == Approx(2.0 / 17).epsilon(1e-14));
  CHECK(c.share(1, 0, 0) == Approx(5.0 / 17).epsilon(1e-14));
  CHECK(c.share(1, 1, 0) == 0); // B exports no services
  // B's domestic producers buy only from B's home sales, which are theirs alone.
  const auto domestic = t.producer(RegionId{1}, FirmType::domestic, SectorId{0});
  CHECK(c.of_producer[domestic * 2 + 1] == Approx(1).epsilon(1e-14));
  // Both exporters together: (30 * 15/17 + 60 * 5/17) / 90.
  CHECK(c.group_share(3U, 3U, 1U) == Approx((30 * 15.0 + 60 * 5.0) / 17 / 90).epsilon(1e-14));
}

TEST_CASE("exports and home sales are divided over types as the contract says", "[leontief]") {
  const auto t = read_world_table(committed("configs/data/world"));
  const auto mix = supply_mix(t);
  for (std::size_t r = 0; r < t.R(); ++r)
    for (std::size_t s = 0; s < t.S(); ++s) {
      const auto d = t.producer(RegionId{r}, FirmType::domestic, SectorId{s});
      const auto p = t.producer(RegionId{r}, FirmType::processing, SectorId{s});
      CHECK(mix.abroad[d] + mix.abroad[p] == Approx(1));
      CHECK(mix.home[d] + mix.home[p] == Approx(1));
      if (!t.regions[r].splits_processing) CHECK(mix.abroad[p] == 0);
      if (t.gross_output[p] > 0) CHECK(mix.abroad[p] > mix.home[p]); // processing sells abroad
    }
}

TEST_CASE("contents of the committed table add up, and agree with rounds of purchases",
          "[leontief]") {
  const auto t = read_world_table(committed("configs/data/world"));
  const auto c = value_added_in_exports(t);
  const auto mix = supply_mix(t);
  // The power series v + A v + A² v + ..., written apart from the solver.
  const std::size_t R = t.R(), n = t.producers();
  std::vector<double> m(n * R);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> next(n * R);
    for (std::size_t p = 0; p < n; ++p) {
      if (t.gross_output[p] == 0) continue;
      const std::size_t home = p / (2 * t.S());
      next[p * R + home] += t.value_added[p] / t.gross_output[p];
      for (std::size_t j = 0; j < t.S(); ++j)
        for (std::size_t o = 0; o < R; ++o) {
          const double bought = t.input(p, SectorId{j}, RegionId{o}) / t.gross_output[p];
          for (const auto type : {FirmType::domestic, FirmType::processing}) {
            const auto q = t.producer(RegionId{o}, type, SectorId{j});
            const double part = bought * (o == home ? mix.home[q] : mix.abroad[q]);
            if (part > 0)
              for (std::size_t k = 0; k < R; ++k)
                next[p * R + k] += part * m[q * R + k];
          }
        }
    }
    m = std::move(next);
  }
  double worst = 0, worst_sum = 0;
  for (std::size_t p = 0; p < n; ++p) {
    if (t.gross_output[p] == 0) continue;
    double sum = 0;
    for (std::size_t k = 0; k < R; ++k) {
      worst = std::max(worst, std::abs(m[p * R + k] - c.of_producer[p * R + k]));
      sum += c.of_producer[p * R + k];
    }
    worst_sum = std::max(worst_sum, std::abs(sum - 1));
  }
  CHECK(worst < 1e-9);
  CHECK(worst_sum < 1e-12);
}
