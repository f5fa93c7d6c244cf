#pragma once
// Items of different sizes to takers with different needs, so that sums come out.
#include "policy/ids.hpp"
#include "sim/layout/size_classes.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace nearshore::layout {

/// Uniform in (0, 1) from 32 random bits.
inline double to_unit_32(std::uint32_t bits) {
  return (static_cast<double>(bits) + 0.5) * 0x1p-32;
}

/// Takers in two classes, for which an item's preference may differ: what each still needs.
class Needs {
public:
  /// `first_class`: bit t, of taker t; takers beyond the bits are of the second.
  Needs(std::span<const double> need, Bits first_class) {
    for (std::size_t t = 0; t < need.size(); ++t)
      takers.push_back({need[t], static_cast<std::uint16_t>(t),
                        static_cast<std::uint8_t>(t < 32 && contains(first_class, t) ? 0 : 1)});
    std::stable_sort(takers.begin(), takers.end(),
                     [](const Taker& a, const Taker& b) { return a.need > b.need; });
    for (const auto& taker : takers)
      open[taker.kind] += std::max(taker.need, 0.0);
  }

  /// Gives an item away; the weights of its preference are by class. A taker that needs less than
  /// half the item does not get it; if none needs as much, who needs most does.
  std::uint16_t give(double size, const std::array<double, 2>& weight, std::uint32_t luck) {
    Taker* chosen = draw(-1, weight, luck, open[0] * weight[0] + open[1] * weight[1]);
    if (chosen == nullptr || chosen->need < 0.5 * size) { // drawn again, among those it fits
      double fitting = 0;
      for (const auto& taker : takers)
        fitting += taker.need >= 0.5 * size ? taker.need * weight[taker.kind] : 0;
      chosen = fitting > 0 ? draw(0.5 * size, weight, luck * 0x9E3779B9U + 1, fitting) : nullptr;
    }
    if (chosen == nullptr)
      chosen = &*std::max_element(takers.begin(), takers.end(),
                                  [](const Taker& a, const Taker& b) { return a.need < b.need; });
    open[chosen->kind] -= std::max(chosen->need, 0.0);
    chosen->need -= size;
    open[chosen->kind] += std::max(chosen->need, 0.0);
    return chosen->index;
  }

private:
  struct Taker {
    double need;
    std::uint16_t index;
    std::uint8_t kind;
  };
  std::vector<Taker> takers;        // who needed most at the start first: they are found at once
  std::array<double, 2> open{0, 0}; // what each class still needs

  /// In proportion to need times weight, among those who need something, and at least `least`.
  Taker* draw(double least, const std::array<double, 2>& weight, std::uint32_t luck, double sum) {
    double left = to_unit_32(luck) * sum;
    Taker* chosen = nullptr;
    for (auto& taker : takers) {
      if (taker.need <= 0 || taker.need < least) continue;
      chosen = &taker;
      left -= taker.need * weight[taker.kind];
      if (left < 0) break;
    }
    return chosen;
  }
};

/// Gives items to takers so that takers get what they need: large items first, drawn in proportion
/// to what is still needed times the item's preference for the taker's class, which is random and
/// yet close to the target. `weights(i)` are those of an item; `gave(i, taker)` is told.
template <class Weights, class Gave>
void give_by_need(std::span<const float> size, std::span<const std::uint32_t> luck, Needs needs,
                  std::span<std::uint16_t> taker, SizeClasses& classes, Weights&& weights,
                  Gave&& gave) {
  for (const auto i : classes.order(size)) {
    taker[i] = needs.give(static_cast<double>(size[i]), weights(i), luck[i]);
    gave(i, taker[i]);
  }
}

/// The same where every taker is as good as another.
inline void give_by_need(std::span<const float> size, std::span<const std::uint32_t> luck,
                         Needs needs, std::span<std::uint16_t> taker, SizeClasses& classes) {
  give_by_need(
      size, luck, std::move(needs), taker, classes,
      [](std::size_t) {
        return std::array<double, 2>{1, 1};
      },
      [](std::size_t, std::size_t) {});
}

} // namespace nearshore::layout
