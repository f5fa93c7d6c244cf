// The layout's tools by themselves, and what every layout must be.
#include "sim/layout/give_by_need.hpp"
#include "sim/layout/layout.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <numeric>
#include <set>

using namespace nearshore;
using namespace nearshore::test;

namespace {

std::vector<float> heavy_tailed(std::size_t n) {
  std::vector<float> size(n);
  for (std::size_t i = 0; i < n; ++i)
    size[i] = float(1 / std::sqrt(to_unit(hashed(7, std::uint32_t(i)))));
  return size;
}

} // namespace

TEST_CASE("size classes: every item once, none before one that is 3 % larger", "[model][layout]") {
  auto size = heavy_tailed(5000);
  size[17] = 0;
  layout::SizeClasses classes;
  for (const std::size_t n : {std::size_t{5000}, std::size_t{40}, std::size_t{1}}) {
    const auto order = classes.order({size.data(), n});
    REQUIRE(order.size() == n);
    CHECK(std::set<std::uint32_t>(order.begin(), order.end()).size() == n);
    float least = size[order[0]];
    for (const auto i : order) {
      CHECK(size[i] <= least * 1.032F);
      least = std::min(least, size[i]);
    }
  }
  CHECK(classes.order({}).empty());
}

TEST_CASE("giving by need: takers get what they need, a preferred class more at equal need",
          "[model][layout]") {
  const auto size = heavy_tailed(4000);
  std::vector<std::uint32_t> luck(size.size());
  for (std::size_t i = 0; i < luck.size(); ++i)
    luck[i] = std::uint32_t(hashed(11, std::uint32_t(i)));
  std::vector<std::uint16_t> taker(size.size());
  const double all = std::accumulate(size.begin(), size.end(), 0.0);
  const std::vector<double> part{0.5, 0.3, 0.15, 0.049, 0.001, 0};
  std::vector<double> need(part);
  for (auto& n : need)
    n *= all;
  layout::SizeClasses classes;
  layout::give_by_need(size, luck, layout::Needs{need, 0}, taker, classes);
  std::vector<double> got(part.size(), 0);
  for (std::size_t i = 0; i < size.size(); ++i)
    got[taker[i]] += double(size[i]);
  for (std::size_t t = 0; t < part.size(); ++t) {
    INFO("taker " << t << " got " << got[t] << " of " << need[t]);
    CHECK(std::abs(got[t] - need[t]) < 1.0); // the smallest items are of size 1
  }
  // The largest thousand, of which every taker could have any.
  std::vector<double> equal{all, all};
  const auto first = classes.order(size);
  const std::vector<std::uint32_t> largest(first.begin(), first.begin() + 1000);
  std::vector<float> large;
  for (const auto i : largest)
    large.push_back(size[i]);
  layout::give_by_need(
      large, {luck.data(), large.size()}, layout::Needs{equal, bit(1)},
      {taker.data(), large.size()}, classes,
      [](std::size_t) {
        return std::array<double, 2>{3, 1};
      },
      [](std::size_t, std::size_t) {});
  const auto preferred = std::count(taker.begin(), taker.begin() + 1000, 1);
  INFO(preferred << " of 1000 to the taker with three times the weight");
  CHECK(preferred > 600);
  CHECK(preferred < 850);
}

TEST_CASE("an item larger than every need goes to who needs most", "[model][layout]") {
  const std::vector<double> need{1, 3, 2};
  for (std::uint32_t luck = 0; luck < 100; ++luck) {
    layout::Needs needs{need, bit(0)};
    CHECK(needs.give(10, {1, 1}, luck * 40'000'000U) == 1);
    // Taker 1 is served; half of an item of 3 fits taker 2 alone.
    CHECK(needs.give(3, {1, 1}, luck * 40'000'000U) == 2);
  }
}

TEST_CASE("random places are a permutation, another under another key", "[model][layout]") {
  std::vector<std::uint32_t> a, b;
  layout::random_places(1, 1000, a);
  layout::random_places(2, 1000, b);
  CHECK(a != b);
  std::sort(a.begin(), a.end());
  for (std::uint32_t i = 0; i < 1000; ++i)
    CHECK(a[i] == i);
}

TEST_CASE("shares of an input's links add up and fall", "[model][layout]") {
  for (std::size_t links = 1; links <= layout::kMostLinks; ++links) {
    double sum = 0;
    for (std::size_t rank = 0; rank < links; ++rank) {
      sum += layout::share_of_link(links, rank);
      if (rank > 0) CHECK(layout::share_of_link(links, rank) < layout::share_of_link(links, 0));
    }
    CHECK(sum == Approx(1));
  }
}

TEST_CASE("every link has a seller of its input in its origin; every input of the table has buyers",
          "[model][layout]") {
  const auto& scenario = shipped(kHistory);
  const auto& world = *scenario.world;
  const std::vector<TariffLine> lines(scenario.regime->lines().begin(),
                                      scenario.regime->lines().end());
  const auto policy = scenario.regime->compile({2024, 1});
  const Lanes lanes{world.R(), policy.agreements};
  const Workers workers{2};
  SalesTargets targets;
  const Population firms = lay_out_firms(
      {4000, 5, &world, &lines, &lanes, scenario.sectors.get(), &scenario.parameters, &workers},
      targets);
  std::vector<bool> bought(world.inputs.size(), false);
  std::size_t wrong = 0;
  for (std::size_t f = 0; f < firms.firms(); ++f)
    for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i) {
      const std::size_t j = firms.input_sector[i],
                        links = firms.first_link[i + 1] - firms.first_link[i];
      if (links < 1 || links > layout::kMostLinks) ++wrong;
      const auto producer =
          world.producer(RegionId{firms.region[f]}, static_cast<FirmType>(firms.type[f]),
                         SectorId{firms.sector[f]});
      for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
        const auto s = firms.supplier[l];
        if (firms.region[s] != firms.home_origin[l] || firms.sector[s] != j ||
            firms.pending[l] != s || !firms.active[s])
          ++wrong;
        bought[(producer * world.S() + j) * world.R()] = true;
      }
    }
  CHECK(wrong == 0);
  for (std::size_t p = 0; p < world.producers(); ++p)
    for (std::size_t j = 0; j < world.S(); ++j) {
      double value = 0;
      for (std::size_t o = 0; o < world.R(); ++o)
        value += world.input(p, SectorId{j}, RegionId{o});
      if (value > 0 && world.gross_output[p] > 0) CHECK(bought[(p * world.S() + j) * world.R()]);
    }
  // Sales targets are the table's.
  const double sum = std::accumulate(targets.home.begin(), targets.home.end(), 0.0) +
                     std::accumulate(targets.abroad.begin(), targets.abroad.end(), 0.0);
  const double output = std::accumulate(world.gross_output.begin(), world.gross_output.end(), 0.0);
  CHECK(sum == Approx(output * kCentsPerMillion));
}
