#pragma once
// What the stages of the layout share. Each stage is a parallel loop over producers, or over groups
// of sellers; draws are keyed by what they decide, so no order matters.
#include "agents/random.hpp"
#include "sim/layout/cells.hpp"
#include "sim/layout/recipe.hpp"

#include <span>
#include <vector>

namespace nearshore::layout {

struct Layout {
  const PopulationPlan& plan;
  SalesTargets& targets;
  std::vector<Cell> cells;
  std::vector<std::size_t> longest_first; ///< cells, for balance between threads
  std::vector<Recipe> recipes;            ///< [cell]
  Population firms;
  std::vector<double> size;                ///< [firm] of its cell's sales; also of dormant firms
  std::vector<std::uint32_t> origin_links; ///< [cell][origin * S + sector] links of active firms

  [[nodiscard]] std::uint64_t luck(Purpose purpose, std::size_t a) const {
    return random_bits(plan.seed, purpose, static_cast<std::uint32_t>(a));
  }
  /// Calls stage(cell index, worker) for all cells.
  template <class Stage> void for_cells(Stage&& stage) const {
    plan.workers->for_each(cells.size(),
                           [&](std::size_t at, int worker) { stage(longest_first[at], worker); });
  }
};

/// A random order of `count`: the place of each, under a key.
void random_places(std::uint64_t key, std::size_t count, std::vector<std::uint32_t>& places);

/// Sizes, sales targets and ranges of sellers; then inputs and numbers of links; allocates columns.
void number_firms(Layout&);
void choose_inputs(Layout&);
/// Attributes and tariff lines.
void give_attributes(Layout&);
/// Origins, units and ages of links.
void choose_origins(Layout&);
/// Sellers of links.
void choose_suppliers(Layout&);
/// Markets in which firms may claim preference.
void open_desks(Layout&);

} // namespace nearshore::layout
