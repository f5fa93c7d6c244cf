#include "sim/layout/cells.hpp"

#include "policy/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nearshore::layout {
namespace {

std::vector<Cell> populated(const WorldTable& world) {
  std::vector<Cell> cells;
  for (std::size_t r = 0; r < world.R(); ++r)
    for (std::size_t s = 0; s < world.S(); ++s)
      for (std::size_t t = 0; t < kFirmTypes; ++t) {
        const auto p = world.producer(RegionId{r}, static_cast<FirmType>(t), SectorId{s});
        if (world.gross_output[p] > 0) cells.push_back({p, r, t, s});
      }
  return cells;
}

/// Square root by Newton, of tenths of a million USD: the same everywhere.
double root_of_output(double output) {
  const auto tenths = static_cast<double>(static_cast<std::int64_t>(output * 10));
  double root = 1;
  for (int i = 0; i < 40; ++i)
    root = 0.5 * (root + tenths / root);
  return root;
}

} // namespace

std::vector<Cell> share_out(const PopulationPlan& plan) {
  const auto& world = *plan.world;
  auto cells = populated(world);
  const auto n = static_cast<std::size_t>(plan.firms);
  if (n < cells.size())
    throw Error(ErrorKind::input,
                std::to_string(plan.firms) + " firms for " + std::to_string(cells.size()) +
                    " populated producers (region, type, sector)",
                "--firms", "at least " + std::to_string(cells.size()));
  constexpr double kMemberFocus = 4;
  std::vector<double> weight(cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c)
    weight[c] = root_of_output(world.gross_output[cells[c].producer]) *
                (plan.lanes->markets(cells[c].region) > 0 ? kMemberFocus : 1);
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  const std::size_t floor =
      std::max<std::size_t>(1, std::min<std::size_t>(8, n / (2 * cells.size())));
  const auto spare = static_cast<double>(n - floor * cells.size());
  std::vector<std::pair<double, std::size_t>> rest;
  std::size_t given = 0;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const double share = spare * weight[c] / total;
    cells[c].active = floor + static_cast<std::size_t>(share);
    given += cells[c].active;
    rest.emplace_back(-(share - static_cast<double>(static_cast<std::size_t>(share))), c);
  }
  std::sort(rest.begin(), rest.end());
  for (std::size_t i = 0; given < n; ++i, ++given)
    ++cells[rest[i % rest.size()].second].active;
  std::size_t begin = 0;
  for (auto& cell : cells) {
    cell.dormant = static_cast<std::size_t>(
        std::lround(static_cast<double>(cell.active) * plan.parameters->dormant_share));
    cell.begin = begin;
    begin += cell.count();
  }
  return cells;
}

} // namespace nearshore::layout
