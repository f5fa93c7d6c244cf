#include "sim/layout/recipe.hpp"

#include <algorithm>

namespace nearshore::layout {
namespace {

constexpr std::size_t kFew = 20; // firms
/// Of a producer: nearly the number of origins. Producers with few firms have more links a firm, so
/// that an input can come from all of its origins.
constexpr std::size_t kLinksAnInput = 12;

std::uint32_t least_links_of(std::size_t buyers) {
  return static_cast<std::uint32_t>((kLinksAnInput + buyers - 1) /
                                    std::max<std::size_t>(buyers, 1));
}

} // namespace

Recipe::Recipe(const PopulationPlan& plan, const Cell& cell)
    : behaviour(plan.sectors), firms(cell.count()), value_of(plan.world->S(), 0),
      least_links(plan.world->S(), 1) {
  const auto& world = *plan.world;
  std::vector<std::pair<double, std::size_t>> by_value;
  for (std::size_t j = 0; j < world.S(); ++j) {
    double sum = 0;
    for (std::size_t o = 0; o < world.R(); ++o)
      sum += world.input(cell.producer, SectorId{j}, RegionId{o});
    if (sum > 0) by_value.emplace_back(-sum / world.gross_output[cell.producer], j);
  }
  std::sort(by_value.begin(), by_value.end());
  const auto wanted = static_cast<std::size_t>(plan.parameters->inputs_per_firm);
  large = by_value.size() <= wanted ? by_value.size() : wanted - 2;
  const std::size_t small = by_value.size() - large;
  picks = std::min<std::size_t>(small, firms < kFew ? 3 : 2);
  double small_sum = 0, sum = 0;
  for (std::size_t k = large; k < by_value.size(); ++k)
    small_sum -= by_value[k].first;
  for (std::size_t k = 0; k < by_value.size(); ++k) {
    const auto [minus_value, j] = by_value[k];
    sector.push_back(static_cast<std::uint8_t>(j));
    value_of[j] = -minus_value;
    least_links[j] = least_links_of(k < large ? firms : firms * picks / small);
    if (k < large) continue;
    const double part = 0.5 * (-minus_value / small_sum + 1 / static_cast<double>(small));
    value_of[j] = -minus_value / (part * static_cast<double>(picks));
    reached.push_back(sum += part);
  }
}

void Recipe::choose(std::size_t place, std::span<std::uint8_t> sectors) const {
  std::copy_n(sector.begin(), large, sectors.begin());
  for (std::size_t k = 0; k < picks; ++k) {
    // Picks of a firm lie apart, and those of all firms are evenly spaced.
    const auto turn = static_cast<double>((place + k * (firms / picks)) % firms);
    const double q = (turn + (static_cast<double>(k) + 0.5) / static_cast<double>(picks)) /
                     static_cast<double>(firms);
    std::size_t small = 0;
    while (small + 1 < reached.size() && q >= reached[small])
      ++small;
    const auto begin = sectors.begin() + static_cast<std::ptrdiff_t>(large);
    const auto end = begin + static_cast<std::ptrdiff_t>(k);
    while (std::find(begin, end, sector[large + small]) != end) // not twice
      small = small + 1 < reached.size() ? small + 1 : 0;
    sectors[large + k] = sector[large + small];
  }
}

void Recipe::count_links(std::span<const std::uint8_t> sectors, bool big,
                         std::span<std::uint32_t> links) const {
  double spending = 0;
  for (const auto j : sectors)
    spending += value_of[j];
  for (std::size_t k = 0; k < sectors.size(); ++k) {
    const auto j = sectors[k];
    const double share = value_of[j] / spending;
    std::uint32_t n = share > 0.25 ? 3 : (share > 0.08 ? 2 : 1);
    if (big) ++n;
    n = std::max(n, least_links[j]);
    if (!behaviour->traits[j].is_goods) n = std::min(n, 2U);
    links[k] = std::min(n, static_cast<std::uint32_t>(kMostLinks));
  }
}

} // namespace nearshore::layout
