#include "agents/arithmetic.hpp"
#include "policy/error.hpp"
#include "sim/layout/give_by_need.hpp"
#include "sim/layout/layout.hpp"

namespace nearshore::layout {
namespace {

/// [origin * S + sector] tariff lines; throws Error where firms would have none.
std::vector<std::vector<std::uint32_t>> lines_of_sellers(const Layout& layout) {
  const auto& world = *layout.plan.world;
  const auto& lines = *layout.plan.lines;
  std::vector<std::vector<std::uint32_t>> of(world.R() * world.S());
  for (std::size_t l = 0; l < lines.size(); ++l)
    of[lines[l].origin.index() * world.S() + lines[l].sector.index()].push_back(
        static_cast<std::uint32_t>(l));
  for (const auto& cell : layout.cells)
    if (of[cell.region * world.S() + cell.sector].empty())
      throw Error(ErrorKind::input,
                  "no tariff line for " + world.sectors[cell.sector].code + " from " +
                      world.regions[cell.region].code,
                  "tariff lines",
                  "at least one line for every origin and sector, services included");
  return of;
}

/// Sizes of the firms that agents stand for: Pareto, cut off at 1000 times the minimum.
struct RealSizes {
  double tail, kept, mean{0};

  explicit RealSizes(double firm_tail) : tail(firm_tail), kept(1 - power_of(1000, -firm_tail)) {
    constexpr int kSteps = 10'000;
    for (int i = 0; i < kSteps; ++i)
      mean += quantile((i + 0.5) / kSteps) / kSteps;
  }
  [[nodiscard]] double quantile(double u) const { return power_of(1 - u * kept, -1 / tail); }
};

/// Scratch of a worker.
struct Desk {
  std::vector<std::uint32_t> places;
  std::vector<double> need;
  std::vector<float> size;
  std::vector<std::uint32_t> luck;
  std::vector<std::uint16_t> taker;
  SizeClasses classes;
};

void attributes_of(Layout& layout, const Cell& cell, const RealSizes& sizes, Desk& desk) {
  const auto& p = *layout.plan.parameters;
  const auto& traits = layout.plan.sectors->traits[cell.sector];
  auto& firms = layout.firms;
  const double mean_sales = 1e6 * layout.plan.sectors->mean_sales_musd[cell.sector];
  random_places(layout.luck(Purpose::firm_documentation, cell.begin), cell.count(), desk.places);
  for (std::size_t i = 0; i < cell.count(); ++i) {
    const auto f = cell.begin + i;
    firms.region[f] = static_cast<std::uint8_t>(cell.region);
    firms.sector[f] = static_cast<std::uint8_t>(cell.sector);
    firms.type[f] = static_cast<std::uint8_t>(cell.type);
    firms.active[f] = i < cell.active;
    firms.productivity[f] = 1;
    const std::size_t rank = i < cell.active ? i : cell.active / 3;
    const double u = (static_cast<double>(rank) + 0.5) / static_cast<double>(cell.active);
    firms.real_sales[f] = static_cast<float>(mean_sales * sizes.quantile(u) / sizes.mean);
    const double q = (desk.places[i] + 0.5) / static_cast<double>(cell.count());
    firms.documentation_cost[f] =
        static_cast<float>(p.documentation_median * traits.documentation_factor *
                           exp_of(p.documentation_spread * normal_quantile(q)));
  }
}

/// Tariff lines of the producer's origin and sector, by value exported.
void give_lines(Layout& layout, const Cell& cell, std::span<const std::uint32_t> lines,
                Desk& desk) {
  auto& firms = layout.firms;
  desk.need.clear();
  for (const auto l : lines)
    desk.need.push_back(static_cast<double>((*layout.plan.lines)[l].share));
  desk.size.clear();
  desk.luck.clear();
  for (std::size_t f = cell.begin; f < cell.end(); ++f) {
    desk.size.push_back(static_cast<float>(layout.size[f]));
    desk.luck.push_back(static_cast<std::uint32_t>(layout.luck(Purpose::firm_line, f)));
  }
  desk.taker.resize(cell.active);
  give_by_need({desk.size.data(), cell.active}, desk.luck, Needs{desk.need, 0}, desk.taker,
               desk.classes);
  for (std::size_t i = 0; i < cell.count(); ++i) {
    const auto taker = desk.taker[i < cell.active ? i : desk.luck[i] % cell.active];
    const auto f = cell.begin + i;
    firms.line[f] = static_cast<std::uint16_t>(lines[taker]);
    firms.card[f] = {1, 0, 0, 0, firms.line[f], firms.region[f], 0};
    firms.next_card[f] = firms.card[f];
  }
}

} // namespace

void random_places(std::uint64_t key, std::size_t count, std::vector<std::uint32_t>& places) {
  places.resize(count);
  for (std::size_t i = 0; i < count; ++i) { // Fisher and Yates, inside out
    const auto bits = hashed(key, static_cast<std::uint32_t>(i)) >> 32;
    const auto other = static_cast<std::size_t>((bits * (i + 1)) >> 32);
    places[i] = places[other];
    places[other] = static_cast<std::uint32_t>(i);
  }
}

void give_attributes(Layout& layout) {
  const auto lines = lines_of_sellers(layout);
  const RealSizes sizes{layout.plan.parameters->firm_tail};
  std::vector<Desk> desks(static_cast<std::size_t>(layout.plan.workers->threads()));
  layout.for_cells([&](std::size_t c, int worker) {
    const auto& cell = layout.cells[c];
    auto& desk = desks[static_cast<std::size_t>(worker)];
    attributes_of(layout, cell, sizes, desk);
    give_lines(layout, cell, lines[cell.region * layout.firms.S + cell.sector], desk);
  });
}

} // namespace nearshore::layout
