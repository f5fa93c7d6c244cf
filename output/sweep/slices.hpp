#pragma once
// Who makes which runs: slices of a sweep that take about as long.
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

/// Part `i` of `n`, counted from 1.
struct Shard {
  std::size_t i{1}, n{1};
};

/// "3/24". Throws Error (kind input) that names `where`.
Shard parse_shard(const std::string& text, const std::string& where);

/// Divides runs of these weights into `n` parts: the heaviest run first, each to the part that has
/// least so far. Depends on nothing else, so every task finds the same. Runs of a part are in
/// ascending order.
std::vector<std::vector<std::size_t>> slices_of(std::span<const double> weights, std::size_t n);

} // namespace nearshore
