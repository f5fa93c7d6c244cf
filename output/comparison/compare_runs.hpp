#pragma once
// From runs to effects: pairs each policy's runs with the base's by seed.
#include "output/comparison/outcomes.hpp"

#include <functional>

namespace nearshore {

/// The runs of one policy with one closure, by place of the seed.
using RunOfSeed = std::function<std::unique_ptr<RunView>(std::size_t seed)>;

/// Topics that are compared for every closure; the others only for the first.
const std::set<std::string>& topics_of_every_closure();

/// Fills keys, effects and exemptions of a comparison whose policies, seeds, closures, periods are
/// there. `runs`: [policy][closure]. Throws Error (kind input) for fewer than two seeds.
void compare_runs(const std::vector<std::vector<RunOfSeed>>& runs, const ComparedWorld& world,
                  const SupplyStop& stop, const std::set<std::string>& topics,
                  Comparison& comparison);

} // namespace nearshore
