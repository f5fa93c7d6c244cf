#include "sim/layout/layout.hpp"

#include <numeric>

namespace nearshore::layout {
namespace {

/// Inputs of a cell's firms, and in first_link, one place on, how many links each has.
void choose_for(Layout& layout, std::size_t c, std::vector<std::uint32_t>& places) {
  const auto& cell = layout.cells[c];
  const auto& recipe = layout.recipes[c];
  auto& firms = layout.firms;
  const std::size_t inputs = recipe.inputs();
  random_places(layout.luck(Purpose::firm_inputs, cell.begin), cell.count(), places);
  for (std::size_t i = 0; i < cell.count(); ++i) {
    const std::size_t first = firms.first_input[cell.begin + i];
    const std::span<std::uint8_t> sectors{firms.input_sector.data() + first, inputs};
    recipe.choose(places[i], sectors);
    const bool big = i * 4 >= cell.active * 3 && i < cell.active;
    recipe.count_links(sectors, big, {firms.first_link.data() + first + 1, inputs});
  }
}

} // namespace

void choose_inputs(Layout& layout) {
  auto& firms = layout.firms;
  const auto& lanes = *layout.plan.lanes;
  const std::size_t n = layout.size.size();
  firms.first_input.resize(n + 1);
  firms.first_desk.resize(n + 1);
  std::uint32_t input = 0, desk = 0;
  for (std::size_t c = 0; c < layout.cells.size(); ++c) {
    const auto& cell = layout.cells[c];
    const auto inputs = static_cast<std::uint32_t>(layout.recipes[c].inputs());
    const auto desks = layout.plan.sectors->traits[cell.sector].is_goods
                           ? static_cast<std::uint32_t>(lanes.markets(cell.region))
                           : 0;
    for (std::size_t f = cell.begin; f < cell.end(); ++f) {
      firms.first_input[f] = input;
      firms.first_desk[f] = desk;
      input += inputs;
      desk += desks;
    }
  }
  firms.first_input[n] = input;
  firms.first_desk[n] = desk;
  firms.input_sector.resize(input);
  firms.first_link.assign(input + 1, 0);
  std::vector<std::vector<std::uint32_t>> places(
      static_cast<std::size_t>(layout.plan.workers->threads()));
  layout.for_cells([&](std::size_t c, int worker) {
    choose_for(layout, c, places[static_cast<std::size_t>(worker)]);
  });
  std::partial_sum(firms.first_link.begin(), firms.first_link.end(), firms.first_link.begin());
  firms.open_books(layout.plan.lanes->market_lists_by_origin());
  firms.allocate(*layout.plan.workers, n);
}

} // namespace nearshore::layout
