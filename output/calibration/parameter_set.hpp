#pragma once
// Several parameter vectors that fit about equally well, as far apart as can be found: what the
// data cannot tell apart, kept as a set.
#include "output/calibration/shape.hpp"

#include <vector>

namespace nearshore {

/// Up to `members` evaluations whose objective is within the problem's set_tolerance of the best
/// one's: the best first, then always the one farthest (Euclidean, in shares of the ranges) from
/// those taken. At most `draws` further evaluations (stage "set") look for them: along the
/// directions of the shape, the weakest first, as far as the quadratic approximation allows, then
/// in random combinations, wider where most are accepted and narrower where most are not.
std::vector<Evaluation> parameter_set(Evaluator& evaluate, const Shape& shape, std::size_t members,
                                      std::size_t draws);

/// Indices of up to `members` of the places, spread apart: `first`, then always the farthest from
/// those taken (the earliest of several).
std::vector<std::size_t> spread_apart(const std::vector<std::vector<double>>& places,
                                      std::size_t first, std::size_t members);

} // namespace nearshore
