#pragma once
// Who exists: how many firms each producer of the table has.
#include "sim/base_year.hpp"

#include <vector>

namespace nearshore::layout {

/// Firms of one producer (region, type, sector) of the table: active ones, smallest first, then
/// potential entrants.
struct Cell {
  std::size_t producer{0}, region{0}, type{0}, sector{0};
  std::size_t active{0}, dormant{0};
  std::size_t begin{0}; ///< its first firm

  [[nodiscard]] std::size_t count() const { return active + dormant; }
  [[nodiscard]] std::size_t end() const { return begin + count(); }
};

/// Shares a number of firms over the producers by the square root of output: large producers get
/// more, none gets all; members of agreements are drawn more finely, since claims are what the
/// model is about. Throws Error if there are fewer firms than producers.
std::vector<Cell> share_out(const PopulationPlan&);

} // namespace nearshore::layout
