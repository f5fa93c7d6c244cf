#include "bench/settled_world.hpp"

namespace nearshore {
namespace {

const Scenario& scenario() {
  static const Scenario s =
      load_scenario("configs/history.toml",
                    std::vector<std::string>{"run.threads=1", "run.spin_up=6", "run.end=2025-06"});
  return s;
}

} // namespace

SettledWorld::SettledWorld() : simulation(scenario()) {
  simulation.spin_up();
  for (int t = 0; t < 16; ++t)
    record = simulation.step();
  firms = simulation.firms();
  month = simulation.context();
}

SettledWorld& SettledWorld::get() {
  static SettledWorld world;
  return world;
}

} // namespace nearshore
