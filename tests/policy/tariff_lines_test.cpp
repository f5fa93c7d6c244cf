#include "policy/tariff_lines.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <cmath>

using namespace nearshore;

namespace {

LaneMargins parts_of_mexico() {
  LaneMargins m;
  m.origin = RegionId{1};
  m.sector = SectorId{1};
  m.bins = {{0.6693F, 0.025F, false}, {0.1837F, 0.0481F, false}, {0.147F, 0, true}};
  m.lists = {{ListId{0}, 0, 0.7672F, 1},    // parts
             {ListId{1}, 0, 0.2479F, 1},    // inside the parts list
             {ListId{2}, 0.7672F, 0.1F, 1}, // beside it
             {ListId{3}, 0, 0.172F, 2},     // independent of it
             {ListId{4}, 0, 0.001F, 3}};    // too small to be kept
  m.entry_quantiles = {1000, 4000, 10000, 30000, 100000};
  return m;
}

double share_of(const std::vector<TariffLine>& lines, auto&& which) {
  double sum = 0;
  for (const auto& l : lines)
    if (which(l)) sum += l.share;
  return sum;
}

} // namespace

TEST_CASE("tariff-line classes match the margins they were built from", "[policy][lines]") {
  const auto m = parts_of_mexico();
  const auto lines = build_lines(m);
  CHECK(lines.size() == 32);
  CHECK(share_of(lines, [](const auto&) { return true; }) == Approx(1).epsilon(1e-6));
  for (const auto& bin : m.bins)
    CHECK(share_of(lines, [&](const auto& l) { return l.mfn_rate == bin.rate; }) ==
          Approx(bin.share).margin(1e-4));
  for (std::size_t k = 0; k < 4; ++k)
    CHECK(share_of(lines, [&](const auto& l) { return contains(l.lists, k); }) ==
          Approx(m.lists[k].share).margin(1e-4));
  CHECK(share_of(lines, [](const auto& l) { return contains(l.lists, 4); }) == 0);
  // Inside means inside, beside means beside, independent means about the product.
  CHECK(share_of(lines,
                 [](const auto& l) { return contains(l.lists, 1) && !contains(l.lists, 0); }) == 0);
  CHECK(share_of(lines,
                 [](const auto& l) { return contains(l.lists, 2) && contains(l.lists, 0); }) == 0);
  CHECK(share_of(lines, [](const auto& l) {
          return contains(l.lists, 0) && contains(l.lists, 3);
        }) == Approx(0.7672 * 0.172).margin(0.02));
}

TEST_CASE("rule draws and entry values spread over the value of a lane", "[policy][lines]") {
  const auto lines = build_lines(parts_of_mexico());
  for (const double cut : {0.2, 0.5, 0.8})
    CHECK(share_of(lines, [&](const auto& l) { return l.rule_draw < cut; }) ==
          Approx(cut).margin(0.06));
  CHECK(share_of(lines, [](const auto& l) { return l.entry_value < 10000; }) ==
        Approx(0.5).margin(0.06));
}

TEST_CASE("any margins give shares that sum to one and lie near the margins", "[policy][lines]") {
  CHECK(rc::check([] {
    LaneMargins m;
    const auto bins = *rc::gen::inRange(1, 7);
    std::vector<int> weights;
    int all = 0;
    for (int b = 0; b < bins; ++b) {
      weights.push_back(*rc::gen::inRange(1, 100));
      all += weights.back();
    }
    for (int b = 0; b < bins; ++b)
      m.bins.push_back({static_cast<float>(weights[b]) / static_cast<float>(all),
                        0.01F * static_cast<float>(b), b == 0});
    const auto lists = *rc::gen::inRange(0, 6);
    for (int l = 0; l < lists; ++l) {
      const float begin = static_cast<float>(*rc::gen::inRange(0, 50)) / 100;
      const float share = static_cast<float>(*rc::gen::inRange(1, 50)) / 100;
      m.lists.push_back({ListId{static_cast<std::size_t>(l)}, begin, share,
                         static_cast<std::size_t>(*rc::gen::inRange(1, 4))});
    }
    m.entry_quantiles = {1, 2, 3, 4, 5};
    const auto lines = build_lines(m);
    RC_ASSERT(lines.size() <= 32);
    RC_ASSERT(std::abs(share_of(lines, [](const auto&) { return true; }) - 1) < 1e-5);
    for (const auto& l : lines)
      RC_ASSERT(l.share > 0 && l.rule_draw >= 0 && l.rule_draw < 1);
    for (const auto& bin : m.bins)
      RC_ASSERT(std::abs(share_of(lines, [&](const auto& l) { return l.mfn_rate == bin.rate; }) -
                         bin.share) < 0.02);
  }));
}
