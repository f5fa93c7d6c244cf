#pragma once
// Sums over firms that do not depend on the number of threads: integers, one copy a worker, added
// at the end.
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace nearshore {

class Tally {
public:
  Tally() = default;
  Tally(int workers, std::size_t size)
      : length(size), cells(static_cast<std::size_t>(workers) * size), sums(size) {}

  void clear() { std::fill(cells.begin(), cells.end(), 0); }
  [[nodiscard]] std::span<std::int64_t> of(int worker) {
    return {cells.data() + static_cast<std::size_t>(worker) * length, length};
  }
  /// Adds up the workers' copies; valid until the next clear.
  const std::vector<std::int64_t>& total() {
    std::copy_n(cells.begin(), length, sums.begin());
    for (std::size_t at = length; at < cells.size(); at += length)
      for (std::size_t i = 0; i < length; ++i)
        sums[i] += cells[at + i];
    return sums;
  }

private:
  std::size_t length{0};
  std::vector<std::int64_t> cells, sums;
};

/// Shares and indices are summed as integers of this resolution.
inline constexpr double kFixedPoint = 1 << 20;

} // namespace nearshore
