#include "agents/arithmetic.hpp"
#include "sim/layout/give_by_need.hpp"
#include "sim/layout/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nearshore::layout {
namespace {

constexpr float kMeanAge = 36; // months, of relations in the base year

/// Links of one input of a producer, those of active firms first.
struct InputLinks {
  std::vector<std::uint32_t> link, buyer; // buyer: place in its cell
  std::vector<float> value;               // cents a month
  std::vector<std::uint32_t> luck;
  std::vector<std::uint16_t> taker; // origin
  std::size_t active{0};

  void clear() {
    link.clear();
    buyer.clear();
    value.clear();
    luck.clear();
    active = 0;
  }
};

/// Goods inputs of a firm so far, and its own share of them from outside the region of preference.
struct Orientation {
  double outside_share{0}, bought{0}, bought_outside{0};
};

/// Firms differ lastingly in how much of their goods inputs they buy outside the regions with which
/// theirs has preference: each has its own share of them, to which its links are drawn.
class Leaning {
public:
  Leaning(std::vector<Orientation>& orientations, const InputLinks& input_links, Bits regions)
      : firms(orientations), links(input_links), inside(regions) {}

  /// Of an origin inside and outside.
  [[nodiscard]] std::array<double, 2> weights(std::size_t i) const {
    const auto& firm = firms[links.buyer[i]];
    const auto value = static_cast<double>(links.value[i]);
    const double all = firm.bought + value;
    return {pull(firm.bought_outside / all - firm.outside_share),
            pull((firm.bought_outside + value) / all - firm.outside_share)};
  }
  void gave(std::size_t i, std::size_t origin) {
    auto& firm = firms[links.buyer[i]];
    const auto value = static_cast<double>(links.value[i]);
    firm.bought += value;
    if (!contains(inside, origin)) firm.bought_outside += value;
  }

private:
  static double pull(double beyond) {
    constexpr float kPull = 12; // log weight per unit of share beyond the firm's own
    return static_cast<double>(exp_of_float(-kPull * std::abs(static_cast<float>(beyond))));
  }
  std::vector<Orientation>& firms;
  const InputLinks& links;
  Bits inside;
};

/// An origin that got nothing takes the link nearest to its need from an origin that keeps others.
void serve_all(std::span<const float> value, std::span<const double> need,
               std::span<std::uint16_t> taker) {
  std::vector<int> held(need.size(), 0);
  for (const auto t : taker)
    ++held[t];
  for (std::size_t o = 0; o < need.size(); ++o) {
    if (held[o] > 0 || need[o] <= 0) continue;
    std::size_t best = taker.size();
    double best_distance = 0;
    for (std::size_t i = 0; i < taker.size(); ++i) {
      const double ratio = need[o] / static_cast<double>(value[i]);
      if (held[taker[i]] < 2 || ratio < 0.1 || ratio > 3) continue;
      const double distance = std::max(ratio, 1 / ratio);
      if (best < taker.size() && distance >= best_distance) continue;
      best = i;
      best_distance = distance;
    }
    if (best == taker.size()) continue;
    --held[taker[best]];
    taker[best] = static_cast<std::uint16_t>(o);
    held[o] = 1;
  }
}

/// One producer at a time; a worker keeps its scratch.
class OriginsOfCell {
public:
  explicit OriginsOfCell(Layout& l) : layout(l), world(*l.plan.world), by_input(world.S()) {}

  void run(std::size_t c) {
    cell = &layout.cells[c];
    inside = 0;
    for (std::size_t o = 0; o < world.R(); ++o)
      if (o == cell->region || layout.plan.lanes->slot(cell->region, o) != Lanes::kNone)
        inside |= bit(o);
    orient();
    lay_links(layout.recipes[c]);
    std::uint32_t* counts = &layout.origin_links[c * world.R() * world.S()];
    for (std::size_t j = 0; j < world.S(); ++j)
      give_origins(j, counts);
  }

private:
  Layout& layout;
  const WorldTable& world;
  const Cell* cell{nullptr};
  Bits inside{0};
  std::vector<InputLinks> by_input; // [input sector]
  std::vector<Orientation> orientations;
  std::vector<double> table, need; // [origin]
  SizeClasses classes;

  /// Every firm's own share of goods inputs from outside: log odds around the producer's.
  void orient() {
    orientations.assign(cell->count(), {});
    double all = 0, outside = 0;
    for (std::size_t j = 0; j < world.S(); ++j)
      for (std::size_t o = 0; o < world.R() && layout.plan.sectors->traits[j].is_goods; ++o) {
        const double value = world.input(cell->producer, SectorId{j}, RegionId{o});
        all += value;
        if (!contains(inside, o)) outside += value;
      }
    if (outside <= 0 || outside >= all) return;
    const double spread = layout.plan.parameters->orientation_spread *
                          layout.plan.sectors->orientation_factor[cell->sector];
    for (std::size_t i = 0; i < cell->count(); ++i) {
      const double z =
          normal_quantile(to_unit(layout.luck(Purpose::firm_orientation, cell->begin + i)));
      const double odds = outside / (all - outside) * exp_of(spread * z);
      orientations[i].outside_share = odds / (1 + odds);
    }
  }

  /// Units and ages of links, and the links of each input.
  void lay_links(const Recipe& recipe) {
    auto& firms = layout.firms;
    for (auto& links : by_input)
      links.clear();
    const double output = world.gross_output[cell->producer] * kCentsPerMillion;
    for (std::size_t i = 0; i < cell->count(); ++i) {
      const auto f = cell->begin + i;
      const double sales = layout.size[f] * output;
      const auto origin_key = layout.luck(Purpose::base_origin, f);
      const auto age_key = layout.luck(Purpose::base_age, f);
      const auto first_of_firm = firms.link_begin(f);
      for (std::size_t in = firms.first_input[f]; in < firms.first_input[f + 1]; ++in) {
        const auto j = firms.input_sector[in];
        auto& links = by_input[j];
        const std::size_t first = firms.first_link[in], count = firms.first_link[in + 1] - first;
        for (std::size_t rank = 0; rank < count; ++rank) {
          const auto l = first + rank;
          const auto of_firm = static_cast<std::uint32_t>(l - first_of_firm);
          const double units = recipe.value(j) * share_of_link(count, rank);
          firms.units[l] = static_cast<float>(units);
          firms.age[l] = first_age(hashed(age_key, of_firm));
          links.link.push_back(static_cast<std::uint32_t>(l));
          links.buyer.push_back(static_cast<std::uint32_t>(i));
          links.value.push_back(static_cast<float>(units * sales));
          links.luck.push_back(static_cast<std::uint32_t>(hashed(origin_key, of_firm) >> 32));
        }
        if (i < cell->active) links.active += count;
      }
    }
  }

  static std::uint8_t first_age(std::uint64_t bits) {
    const float u = (static_cast<float>(bits >> 41) + 0.5F) * 0x1p-23F;
    return static_cast<std::uint8_t>(std::min(-log_of_float(u) * kMeanAge, 255.0F));
  }

  void give_origins(std::size_t j, std::uint32_t* counts) {
    auto& links = by_input[j];
    if (links.link.empty()) return;
    table.resize(world.R());
    for (std::size_t o = 0; o < world.R(); ++o)
      table[o] = world.input(cell->producer, SectorId{j}, RegionId{o});
    links.taker.resize(links.link.size());
    if (links.active > 0) by_need(links, j);
    const double all = std::accumulate(table.begin(), table.end(), 0.0);
    for (std::size_t i = links.active; i < links.link.size(); ++i) // potential entrants
      links.taker[i] = drawn_origin(to_unit_32(links.luck[i]) * all);
    for (std::size_t i = 0; i < links.link.size(); ++i)
      layout.firms.home_origin[links.link[i]] = static_cast<std::uint8_t>(links.taker[i]);
    for (std::size_t i = 0; i < links.active; ++i)
      ++counts[links.taker[i] * world.S() + j];
  }

  void by_need(InputLinks& links, std::size_t j) {
    const std::span<const float> value{links.value.data(), links.active};
    const std::span<std::uint16_t> taker{links.taker.data(), links.active};
    double spent = 0;
    for (const float v : value)
      spent += static_cast<double>(v);
    need = table;
    const double all = std::accumulate(table.begin(), table.end(), 0.0);
    for (auto& n : need)
      n *= spent / all;
    if (layout.plan.sectors->traits[j].is_goods) {
      Leaning lean{orientations, links, inside};
      give_by_need(
          value, links.luck, Needs{need, inside}, taker, classes,
          [&](std::size_t i) { return lean.weights(i); },
          [&](std::size_t i, std::size_t origin) { lean.gave(i, origin); });
    } else
      give_by_need(value, links.luck, Needs{need, inside}, taker, classes);
    serve_all(value, need, taker);
  }

  [[nodiscard]] std::uint16_t drawn_origin(double left) const {
    std::size_t chosen = 0;
    for (std::size_t o = 0; o < table.size(); ++o) {
      if (table[o] <= 0) continue;
      chosen = o;
      left -= table[o];
      if (left < 0) break;
    }
    return static_cast<std::uint16_t>(chosen);
  }
};

} // namespace

void choose_origins(Layout& layout) {
  const auto& world = *layout.plan.world;
  layout.origin_links.assign(layout.cells.size() * world.R() * world.S(), 0);
  std::vector<OriginsOfCell> desks;
  for (int worker = 0; worker < layout.plan.workers->threads(); ++worker)
    desks.emplace_back(layout);
  layout.for_cells(
      [&](std::size_t c, int worker) { desks[static_cast<std::size_t>(worker)].run(c); });
}

} // namespace nearshore::layout
