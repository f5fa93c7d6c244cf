#include "agents/price_floor.hpp"
#include "agents/sourcing.hpp"
#include "sim/simulation.hpp"

#include <catch2/catch.hpp>

using namespace nearshore;

TEST_CASE("the price floor changes no decision of a review", "[sourcing][price_floor]") {
  const std::vector<std::string> sets{"run.firms=3000", "run.spin_up=6", "run.end=2025-06",
                                      "run.threads=1"};
  Simulation simulation(load_scenario("configs/history.toml", sets));
  simulation.spin_up();
  std::size_t changes = 0, differ = 0;
  for (int month = 0; month < 18; ++month) {
    simulation.step();
    if (month % 4 != 1) continue;
    // The same population as it stands, every firm reviewing, with the floor and without.
    auto parameters = *simulation.context().parameters;
    parameters.shortage_review = 1e9;
    auto context = simulation.context();
    context.parameters = &parameters;
    PriceFloor floor;
    auto with = simulation.firms(), without = simulation.firms();
    floor.update(Workers{2}, context, with);
    context.floor = &floor;
    review_suppliers(context, with, 0, with.firms());
    context.floor = nullptr;
    review_suppliers(context, without, 0, without.firms());
    for (std::size_t l = 0; l < with.links(); ++l) {
      changes += with.pending[l] != with.supplier[l];
      differ += with.pending[l] != without.pending[l] ||
                with.pending_position[l] != without.pending_position[l];
    }
    for (std::size_t f = 0; f < with.firms(); ++f)
      differ += with.lead[f] != without.lead[f];
  }
  // The search for the cheapest originating plan ends after a number of nodes (agents/plan.cpp).
  // Without the floor it also looks at suppliers dearer than origin is worth, so that the largest
  // firms may get less far.
  INFO(differ << " of " << changes << " changes differ");
  CHECK(differ * 1000 <= changes);
  REQUIRE(changes > 1000);
}
