// A firm's story is what the firm itself weighed, and watching changes nothing.
#include "output/story/firm_watch.hpp"
#include "output/story/story_text.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

using namespace nearshore;
using namespace nearshore::test;

TEST_CASE("watched firms tell the plans they weighed, and decide as unwatched ones",
          "[model][story]") {
  const auto scenario = over(shipped(kHistory), {3000, {2024, 10}, {2025, 5}, 4});
  const auto unwatched = run_months(scenario);
  Simulation simulation{scenario};
  std::vector<std::uint32_t> all(simulation.firms().firms());
  std::iota(all.begin(), all.end(), 0U);
  FirmWatch watch{scenario, simulation.firms(), all};
  simulation.spin_up();
  simulation.watch(&watch);
  for (const auto& month : unwatched) {
    const auto& record = simulation.step();
    REQUIRE(record.trade == month.trade);
    REQUIRE(record.gross_output == month.gross_output);
  }
  std::size_t reviews = 0, taken = 0, left = 0, delivered = 0;
  for (const auto& story : watch.stories()) {
    REQUIRE(story.months.size() == unwatched.size());
    for (std::size_t t = 0; t < story.months.size(); ++t) {
      const auto& month = story.months[t];
      if (!month.active) continue;
      double shares = 0;
      for (const auto& s : month.suppliers)
        shares += s.share;
      CHECK((month.suppliers.empty() || shares == Approx(1)));
      if (!month.review) continue;
      ++reviews;
      const auto& r = *month.review;
      if (r.agreement.empty()) continue;
      const double extra = r.originating_cost - r.cheapest_cost;
      if (r.cheapest_originates) CHECK(extra == Approx(0).margin(1e-12));
      for (const auto& input : r.inputs) {
        CHECK(input.originating.has_value() == r.feasible);
        const auto& chosen = r.feasible && extra < r.worth ? *input.originating : input.cheapest;
        CHECK(input.changes == (chosen.firm != input.supplier));
        // A supplier that is to begin next month does so where it is still there.
        if (input.changes && month.lead == 1 && t + 1 < story.months.size())
          for (const auto& s : story.months[t + 1].suppliers)
            if (s.firm == chosen.firm && s.months_held == 0) {
              ++delivered;
              break;
            }
      }
      taken += r.took_originating ? 1 : 0;
      left += r.feasible && !r.took_originating && !r.cheapest_originates ? 1 : 0;
    }
  }
  INFO(reviews << " reviews, " << taken << " took, " << left << " left");
  CHECK(reviews > 100);
  CHECK(taken > 0);
  CHECK(left > 0);
  CHECK(delivered > 0);
}

TEST_CASE("the reason of a review is its figures in words", "[story]") {
  ReviewTold r;
  CHECK_THAT(reason_of(r), Catch::Contains("worth nothing"));
  r.agreement = "USMCA";
  r.rule = "core parts";
  r.worth = 0.05;
  r.cheapest_cost = 0.60;
  r.originating_cost = 0.62;
  CHECK_THAT(reason_of(r), Catch::Contains("no suppliers it meets give origin"));
  r.feasible = r.took_originating = true;
  CHECK_THAT(reason_of(r), Catch::Contains("origin is worth 5.0 % of its price") &&
                               Catch::Contains("62.0 %: 2.0 % more, less than origin is worth"));
  r.took_originating = false;
  r.worth = 0.01;
  CHECK_THAT(reason_of(r), Catch::Contains("not less than origin is worth"));
  r.cheapest_originates = true;
  CHECK_THAT(reason_of(r), Catch::Contains("with them it originates"));
}
