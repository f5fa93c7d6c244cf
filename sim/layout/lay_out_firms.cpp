#include "sim/layout/layout.hpp"

#include <algorithm>
#include <numeric>

namespace nearshore {
namespace layout {

void open_desks(Layout& layout) {
  auto& firms = layout.firms;
  layout.plan.workers->for_blocks(firms.firms(), [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t f = begin; f < end; ++f)
      std::copy_n(layout.plan.lanes->market_list(firms.region[f]).begin(),
                  firms.first_desk[f + 1] - firms.first_desk[f],
                  firms.desk_importer.begin() + static_cast<std::ptrdiff_t>(firms.first_desk[f]));
  });
}

} // namespace layout

Population lay_out_firms(const PopulationPlan& plan, SalesTargets& targets) {
  layout::Layout layout{plan, targets, layout::share_out(plan), {}, {}, {}, {}, {}};
  const auto& cells = layout.cells;
  layout.longest_first.resize(cells.size());
  std::iota(layout.longest_first.begin(), layout.longest_first.end(), std::size_t{0});
  std::stable_sort(layout.longest_first.begin(), layout.longest_first.end(),
                   [&](auto a, auto b) { return cells[a].count() > cells[b].count(); });
  for (const auto& cell : cells)
    layout.recipes.emplace_back(plan, cell);
  number_firms(layout);
  choose_inputs(layout);
  give_attributes(layout);
  choose_origins(layout);
  choose_suppliers(layout);
  open_desks(layout);
  return std::move(layout.firms);
}

} // namespace nearshore
