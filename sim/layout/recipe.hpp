#pragma once
// What the firms of a producer buy, and from how many suppliers.
#include "sim/layout/cells.hpp"

#include <array>
#include <span>
#include <vector>

namespace nearshore::layout {

inline constexpr std::size_t kMostLinks = 4; ///< of an input of a firm

/// Share of an input's value on each of its links: it falls as 1, 1/2, 1/3, 1/4.
inline double share_of_link(std::size_t links, std::size_t rank) {
  constexpr std::array<double, kMostLinks + 1> kHarmonic{0, 1, 1.5, 1.5 + 1.0 / 3, 1.75 + 1.0 / 3};
  return 1 / (1 + static_cast<double>(rank)) / kHarmonic[links];
}

/// Inputs of a producer. Every firm buys the large ones, and some of the small ones, which are
/// spread over firms: half by value, half evenly, so that every input of every producer has buyers.
class Recipe {
public:
  Recipe(const PopulationPlan&, const Cell&);

  /// Inputs of a firm: the same number for all of the producer.
  [[nodiscard]] std::size_t inputs() const { return large + picks; }
  /// Value of an input, as a share of the sales of a firm that buys it; `input`: its sector.
  [[nodiscard]] double value(std::size_t input) const { return value_of[input]; }

  /// Sectors that a firm buys, `sectors` of length inputs(); `place`: of the firm in a random order
  /// of its producer's firms.
  void choose(std::size_t place, std::span<std::uint8_t> sectors) const;
  /// Links of each of these inputs; `big`: among the largest quarter of firms.
  void count_links(std::span<const std::uint8_t> sectors, bool big,
                   std::span<std::uint32_t> links) const;

private:
  const SectorData* behaviour;
  std::size_t firms, large{0}, picks{0};
  std::vector<std::uint8_t> sector;       // by value, largest first
  std::vector<double> reached;            // [small] cumulative part of the picks
  std::vector<double> value_of;           // [sector]
  std::vector<std::uint32_t> least_links; // [sector]
};

} // namespace nearshore::layout
