#pragma once
// One bit a firm, for what is looked up at random: of a million firms it stays in the processor's
// cache.
#include "agents/parallel.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace nearshore {

/// Blocks of firms are whole words, so that each is written by one thread.
class FirmBits {
public:
  explicit FirmBits(std::size_t firms) : words((firms + 63) / 64, 0) {}
  [[nodiscard]] bool at(std::size_t f) const { return ((words[f / 64] >> (f % 64)) & 1U) != 0; }
  void set(std::size_t f) { words[f / 64] |= std::uint64_t{1} << (f % 64); }
  void clear(std::size_t begin, std::size_t end) {
    std::fill(words.begin() + static_cast<std::ptrdiff_t>(begin / 64),
              words.begin() + static_cast<std::ptrdiff_t>((end + 63) / 64), 0);
  }

private:
  static_assert(kBlock % 64 == 0);
  std::vector<std::uint64_t> words;
};

} // namespace nearshore
