#pragma once
// Large items first, at the cost of counting.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace nearshore::layout {

/// An order of items by size, largest first, exact to a 32nd of an octave (3 %) and by place within
/// that: a counting sort over the leading bits of the float. Keeps its memory for the next call.
class SizeClasses {
public:
  /// `size` is not negative; the result holds places in it, until the next call.
  std::span<const std::uint32_t> order(std::span<const float> size) {
    if (size.empty()) return {};
    std::uint32_t largest = 0, smallest = ~0U;
    for (const float s : size) {
      largest = std::max(largest, class_of(s));
      smallest = std::min(smallest, class_of(s));
    }
    first.assign(largest - smallest + 2, 0);
    for (const float s : size)
      ++first[largest - class_of(s) + 1];
    for (std::size_t c = 1; c < first.size(); ++c)
      first[c] += first[c - 1];
    places.resize(size.size());
    for (std::size_t i = 0; i < size.size(); ++i)
      places[first[largest - class_of(size[i])]++] = static_cast<std::uint32_t>(i);
    return places;
  }

private:
  static std::uint32_t class_of(float size) { return std::bit_cast<std::uint32_t>(size) >> 18; }
  std::vector<std::uint32_t> first, places;
};

} // namespace nearshore::layout
