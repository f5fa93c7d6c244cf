#include "agents/arithmetic.hpp"
#include "sim/layout/layout.hpp"

#include <numeric>

namespace nearshore::layout {
namespace {

/// Sizes are stratified quantiles of a Pareto distribution cut off at 1000 times its minimum; a
/// potential entrant is as large as a firm in the lower half.
void draw_sizes(Layout& layout, const Cell& cell) {
  auto& size = layout.size;
  const double tail = layout.plan.parameters->size_tail;
  const double kept = 1 - power_of(1000, -tail);
  double sum = 0;
  for (std::size_t i = 0; i < cell.active; ++i) {
    const double within = to_unit(layout.luck(Purpose::firm_size, cell.begin + i));
    const double u = (static_cast<double>(i) + within) / static_cast<double>(cell.active);
    size[cell.begin + i] = power_of(1 - u * kept, -1 / tail);
    sum += size[cell.begin + i];
  }
  for (std::size_t i = 0; i < cell.active; ++i)
    size[cell.begin + i] /= sum;
  for (std::size_t i = cell.active; i < cell.count(); ++i)
    size[cell.begin + i] = size[cell.begin + cell.active / 3];
}

void set_targets(Layout& layout, const Cell& cell) {
  const auto& world = *layout.plan.world;
  const double exports = world.exports[cell.producer] * kCentsPerMillion;
  const double output = world.gross_output[cell.producer] * kCentsPerMillion;
  for (std::size_t f = cell.begin; f < cell.begin + cell.active; ++f) {
    layout.targets.home[f] = layout.size[f] * (output - exports);
    layout.targets.abroad[f] = layout.size[f] * exports;
  }
}

} // namespace

void number_firms(Layout& layout) {
  auto& firms = layout.firms;
  const std::size_t n = layout.cells.back().end();
  firms.R = layout.plan.world->R();
  firms.S = layout.plan.world->S();
  firms.first_seller.assign(firms.R * firms.S + 1, 0);
  for (const auto& cell : layout.cells)
    firms.first_seller[firms.sellers(cell.region, cell.sector) + 1] +=
        static_cast<std::uint32_t>(cell.count());
  std::partial_sum(firms.first_seller.begin(), firms.first_seller.end(),
                   firms.first_seller.begin());
  layout.size.resize(n);
  layout.targets.home.assign(n, 0);
  layout.targets.abroad.assign(n, 0);
  layout.for_cells([&](std::size_t c, int) {
    draw_sizes(layout, layout.cells[c]);
    set_targets(layout, layout.cells[c]);
  });
}

} // namespace nearshore::layout
