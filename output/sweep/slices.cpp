#include "output/sweep/slices.hpp"

#include "policy/error.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <queue>

namespace nearshore {
namespace {

constexpr std::size_t kMostShards = 1'000'000;

std::size_t whole(std::string_view text) {
  std::size_t n = 0;
  const auto* end = text.data() + text.size();
  const auto [at, code] = std::from_chars(text.data(), end, n);
  return at == end && code == std::errc{} ? n : 0;
}

} // namespace

Shard parse_shard(const std::string& text, const std::string& where) {
  const auto slash = text.find('/');
  const Shard shard{whole(std::string_view{text}.substr(0, slash)),
                    slash == text.npos ? 0 : whole(std::string_view{text}.substr(slash + 1))};
  if (shard.i < 1 || shard.n < shard.i || shard.n > kMostShards)
    throw Error{ErrorKind::input, "'" + text + "'", where, "i/n, with i from 1 to n: 3/24"};
  return shard;
}

std::vector<std::vector<std::size_t>> slices_of(std::span<const double> weights, std::size_t n) {
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
  using Load = std::pair<double, std::size_t>; // ties: the first part
  std::priority_queue<Load, std::vector<Load>, std::greater<>> least;
  for (std::size_t s = 0; s < n; ++s)
    least.emplace(0.0, s);
  std::vector<std::vector<std::size_t>> out(n);
  for (const auto run : order) {
    auto [load, slice] = least.top();
    least.pop();
    out[slice].push_back(run);
    least.emplace(load + weights[run], slice);
  }
  for (auto& slice : out)
    std::sort(slice.begin(), slice.end());
  return out;
}

} // namespace nearshore
