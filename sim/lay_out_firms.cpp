#include "sim/base_year.hpp"

#include "agents/arithmetic.hpp"
#include "agents/random.hpp"
#include "policy/error.hpp"

#include <algorithm>
#include <numeric>

namespace nearshore {
namespace {

/// Firms of one producer (region, type, sector) of the table.
struct Cell {
  std::size_t producer, region, type, sector;
  std::size_t active{0}, dormant{0};
};

/// Shares a number of firms over the producers by the square root of output: large producers get
/// more, none gets all; members of agreements are drawn more finely, since claims are what the
/// model is about.
std::vector<Cell> share_out(const PopulationPlan& plan) {
  const auto& world = *plan.world;
  std::vector<Cell> cells;
  for (std::size_t r = 0; r < world.R(); ++r)
    for (std::size_t s = 0; s < world.S(); ++s)
      for (std::size_t t = 0; t < kFirmTypes; ++t) {
        const auto p = world.producer(RegionId{r}, static_cast<FirmType>(t), SectorId{s});
        if (world.gross_output[p] > 0) cells.push_back({p, r, t, s});
      }
  const auto n = static_cast<std::size_t>(plan.firms);
  if (n < cells.size())
    throw Error(ErrorKind::input,
                std::to_string(plan.firms) + " firms for " + std::to_string(cells.size()) +
                    " populated producers (region, type, sector)",
                "--firms", "at least " + std::to_string(cells.size()));
  constexpr double kMemberFocus = 4;
  std::vector<double> weight(cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    std::int64_t tenths = static_cast<std::int64_t>(world.gross_output[cells[c].producer] * 10);
    double root = 1; // integer square root by Newton: the same everywhere
    for (int i = 0; i < 40; ++i)
      root = 0.5 * (root + static_cast<double>(tenths) / root);
    weight[c] = root * (plan.lanes->markets(cells[c].region) > 0 ? kMemberFocus : 1);
  }
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
  for (auto& cell : cells)
    cell.dormant = static_cast<std::size_t>(
        static_cast<double>(cell.active) * plan.parameters->dormant_share + 0.5);
  return cells;
}

/// Quantile function of a Pareto distribution cut off at 1000 times its minimum.
double pareto_quantile(double u, double tail) {
  const double kept = 1 - power_of(1000, -tail);
  return power_of(1 - u * kept, -1 / tail);
}

/// Gives each item of size `size[i]` to one of the takers, so that takers get what they `need`:
/// large items first, drawn in proportion to what is still needed times the item's affinity to the
/// taker, which is random and yet close to the target.
template <class Affinity>
void give_by_need(std::span<const double> size, std::vector<double> need,
                  std::span<const std::uint64_t> luck, std::span<std::uint32_t> taker,
                  Affinity&& affinity) {
  std::vector<std::uint32_t> order(size.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) {
    return size[a] != size[b] ? size[a] > size[b] : luck[a] < luck[b];
  });
  for (const auto i : order) {
    double fitting = 0;
    std::size_t largest = 0;
    for (std::size_t t = 0; t < need.size(); ++t) {
      if (need[t] >= 0.5 * size[i]) fitting += need[t] * affinity(i, t);
      if (need[t] > need[largest]) largest = t;
    }
    std::size_t chosen = largest;
    if (fitting > 0) {
      double u = to_unit(luck[i]) * fitting;
      for (std::size_t t = 0; t < need.size(); ++t) {
        if (need[t] < 0.5 * size[i]) continue;
        chosen = t;
        u -= need[t] * affinity(i, t);
        if (u < 0) break;
      }
    }
    taker[i] = static_cast<std::uint32_t>(chosen);
    need[chosen] -= size[i];
    affinity.gave(i, chosen);
  }
}

struct NoPreference {
  double operator()(std::size_t, std::size_t) const { return 1; }
  void gave(std::size_t, std::size_t) const {}
};

class Layout {
public:
  Layout(const PopulationPlan& p, SalesTargets& t)
      : plan(p), world(*p.world), targets(t), cells(share_out(p)) {}

  Population run() {
    number_firms();
    choose_inputs();
    allocate();
    give_attributes();
    choose_origins();
    choose_suppliers();
    open_desks();
    return std::move(firms);
  }

private:
  const PopulationPlan& plan;
  const WorldTable& world;
  SalesTargets& targets;
  std::vector<Cell> cells;
  Population firms;
  std::vector<std::size_t> cell_begin; // [cell + 1] first firm
  std::vector<double> size;            // [firm] relative to the cell's sales; also of dormant firms
  std::vector<std::uint32_t> shuffled; // [firm] place in a random order of its cell
  struct Input {
    std::uint8_t sector;
    double value; // of the firm's sales
    std::size_t links;
  };
  std::vector<std::vector<Input>> inputs; // [firm]
  std::vector<double> link_value;         // [link] cents a month
  std::vector<std::uint32_t> link_buyer;  // [link] firm
  std::vector<double>
      outside_share; // [firm] of goods inputs, from outside the region of preference
  std::vector<double> bought, bought_outside; // [firm] goods inputs laid so far, cents a month

  std::uint64_t luck(Purpose purpose, std::size_t a, std::size_t b = 0) const {
    return random_bits(plan.seed, purpose, static_cast<std::uint32_t>(a),
                       static_cast<std::uint32_t>(b));
  }

  /// Place of each firm of a cell in a random order of them.
  std::vector<std::uint32_t> random_places(std::size_t begin, std::size_t count,
                                           Purpose purpose) const {
    std::vector<std::uint32_t> order(count), places(count);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
      return luck(purpose, begin + a, 1) < luck(purpose, begin + b, 1);
    });
    for (std::size_t place = 0; place < count; ++place)
      places[order[place]] = static_cast<std::uint32_t>(place);
    return places;
  }

  void number_firms() {
    firms.R = world.R();
    firms.S = world.S();
    cell_begin.push_back(0);
    for (const auto& cell : cells)
      cell_begin.push_back(cell_begin.back() + cell.active + cell.dormant);
    const std::size_t n = cell_begin.back();
    size.resize(n);
    shuffled.resize(n);
    targets.home.assign(n, 0);
    targets.abroad.assign(n, 0);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto begin = cell_begin[c], active = cells[c].active;
      double sum = 0;
      for (std::size_t i = 0; i < active; ++i) {
        const double within = to_unit(luck(Purpose::firm_size, begin + i));
        size[begin + i] =
            pareto_quantile((static_cast<double>(i) + within) / static_cast<double>(active),
                            plan.parameters->size_tail);
        sum += size[begin + i];
      }
      const auto p = cells[c].producer;
      for (std::size_t i = 0; i < active; ++i) {
        size[begin + i] /= sum;
        targets.home[begin + i] =
            size[begin + i] * (world.gross_output[p] - world.exports[p]) * kCentsPerMillion;
        targets.abroad[begin + i] = size[begin + i] * world.exports[p] * kCentsPerMillion;
      }
      for (std::size_t i = active; i < active + cells[c].dormant; ++i)
        size[begin + i] = size[begin + active / 3];
      const auto places = random_places(begin, active + cells[c].dormant, Purpose::firm_inputs);
      std::copy(places.begin(), places.end(),
                shuffled.begin() + static_cast<std::ptrdiff_t>(begin));
    }
    firms.first_seller.assign(world.R() * world.S() + 1, 0);
    for (std::size_t c = 0; c < cells.size(); ++c)
      firms.first_seller[firms.sellers(cells[c].region, cells[c].sector) + 1] +=
          static_cast<std::uint32_t>(cell_begin[c + 1] - cell_begin[c]);
    std::partial_sum(firms.first_seller.begin(), firms.first_seller.end(),
                     firms.first_seller.begin());
  }

  /// Every firm buys its producer's large inputs, and some of the small ones, which are spread over
  /// firms: half by value, half evenly, so that every input of every producer has buyers. Producers
  /// with few firms have more links, so that an input can come from all of its origins.
  void choose_inputs() {
    inputs.resize(size.size());
    for (std::size_t c = 0; c < cells.size(); ++c) {
      std::vector<std::pair<double, std::size_t>> by_value;
      for (std::size_t j = 0; j < world.S(); ++j) {
        double sum = 0;
        for (std::size_t o = 0; o < world.R(); ++o)
          sum += world.input(cells[c].producer, SectorId{j}, RegionId{o});
        if (sum > 0) by_value.emplace_back(-sum / world.gross_output[cells[c].producer], j);
      }
      std::sort(by_value.begin(), by_value.end());
      const auto begin = cell_begin[c], count = cell_begin[c + 1] - begin;
      constexpr std::size_t kFew = 20;          // firms
      constexpr std::size_t kLinksAnInput = 12; // of a producer: nearly the number of origins
      const auto wanted = static_cast<std::size_t>(plan.parameters->inputs_per_firm);
      const std::size_t large = by_value.size() <= wanted ? by_value.size() : wanted - 2;
      const std::size_t small = by_value.size() - large;
      const std::size_t picks = std::min<std::size_t>(small, count < kFew ? 3 : 2);
      double small_sum = 0;
      for (std::size_t j = large; j < by_value.size(); ++j)
        small_sum -= by_value[j].first;
      const auto part = [&](std::size_t j) { // of the picks of small inputs
        return 0.5 * (-by_value[j].first / small_sum + 1 / static_cast<double>(small));
      };
      const auto small_at = [&](double q) {
        double reached = 0;
        for (std::size_t j = large; j < by_value.size(); ++j) {
          reached += part(j);
          if (q < reached) return j;
        }
        return by_value.size() - 1;
      };
      const auto least_links = [&](std::size_t buyers) {
        return (kLinksAnInput + buyers - 1) / std::max<std::size_t>(buyers, 1);
      };
      for (std::size_t i = 0; i < count; ++i) {
        auto& mine = inputs[begin + i];
        const auto buy = [&](std::size_t j, double value) {
          mine.push_back({static_cast<std::uint8_t>(by_value[j].second), value, 0});
        };
        for (std::size_t j = 0; j < large; ++j)
          buy(j, -by_value[j].first);
        const double first = (shuffled[begin + i] + 0.5) / static_cast<double>(count);
        for (std::size_t k = 0; k < picks; ++k) {
          const double q = first + static_cast<double>(k) / static_cast<double>(picks);
          std::size_t j = small_at(q - (q >= 1 ? 1 : 0));
          const auto mine_already = [&] {
            return std::any_of(mine.begin(), mine.end(),
                               [&](const Input& x) { return x.sector == by_value[j].second; });
          };
          while (mine_already())
            j = j + 1 < by_value.size() ? j + 1 : large;
          buy(j, -by_value[j].first / (part(j) * static_cast<double>(picks)));
        }
        double spending = 0;
        for (const auto& input : mine)
          spending += input.value;
        const bool big = i * 4 >= cells[c].active * 3 && i < cells[c].active;
        for (std::size_t k = 0; k < mine.size(); ++k) {
          auto& input = mine[k];
          const double share = input.value / spending;
          std::size_t links = share > 0.25 ? 3 : (share > 0.08 ? 2 : 1);
          if (big) ++links;
          links = std::max(links, least_links(k < large ? count : count * picks / small));
          if (!(*plan.sectors).traits[input.sector].is_goods)
            links = std::min<std::size_t>(links, 2);
          input.links = std::min<std::size_t>(links, 4);
        }
      }
    }
  }

  void allocate() {
    const std::size_t n = size.size();
    firms.first_input.push_back(0);
    firms.first_link.push_back(0);
    firms.first_desk.push_back(0);
    std::size_t cell = 0;
    for (std::size_t f = 0; f < n; ++f) {
      while (f >= cell_begin[cell + 1])
        ++cell;
      for (const auto& input : inputs[f])
        firms.first_link.push_back(firms.first_link.back() +
                                   static_cast<std::uint32_t>(input.links));
      firms.first_input.push_back(firms.first_input.back() +
                                  static_cast<std::uint32_t>(inputs[f].size()));
      const bool goods = (*plan.sectors).traits[cells[cell].sector].is_goods;
      firms.first_desk.push_back(
          firms.first_desk.back() +
          (goods ? static_cast<std::uint32_t>(plan.lanes->markets(cells[cell].region)) : 0));
    }
    firms.allocate(n);
  }

  void give_attributes() {
    const auto& p = *plan.parameters;
    double mean_quantile = 0; // of the size distribution of real firms
    for (int i = 0; i < 10000; ++i)
      mean_quantile += pareto_quantile((i + 0.5) / 10000, p.firm_tail) / 10000;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto& cell = cells[c];
      const auto begin = cell_begin[c], count = cell_begin[c + 1] - begin;
      const auto& traits = plan.sectors->traits[cell.sector];
      const auto by_documentation = random_places(begin, count, Purpose::firm_documentation);
      for (std::size_t i = 0; i < count; ++i) {
        const auto f = begin + i;
        firms.region[f] = static_cast<std::uint8_t>(cell.region);
        firms.sector[f] = static_cast<std::uint8_t>(cell.sector);
        firms.type[f] = static_cast<std::uint8_t>(cell.type);
        firms.active[f] = i < cell.active;
        firms.productivity[f] = 1;
        const std::size_t rank = i < cell.active ? i : cell.active / 3;
        const double u = (static_cast<double>(rank) + 0.5) / static_cast<double>(cell.active);
        firms.real_sales[f] = static_cast<float>(1e6 * plan.sectors->mean_sales_musd[cell.sector] *
                                                 pareto_quantile(u, p.firm_tail) / mean_quantile);
        const double q = (by_documentation[i] + 0.5) / static_cast<double>(count);
        firms.documentation_cost[f] =
            static_cast<float>(p.documentation_median * traits.documentation_factor *
                               exp_of(p.documentation_spread * normal_quantile(q)));
        firms.card[f] = {1, 0, 0, 0, 0, static_cast<std::uint8_t>(cell.region), 0};
      }
      give_lines(c);
    }
    firms.next_card = firms.card;
  }

  /// Tariff lines of the producer's origin and sector, by value exported.
  void give_lines(std::size_t c) {
    const auto& cell = cells[c];
    std::vector<std::uint32_t> lines;
    std::vector<double> need;
    for (std::size_t l = 0; l < plan.lines->size(); ++l) {
      const auto& line = (*plan.lines)[l];
      if (line.origin.index() != cell.region || line.sector.index() != cell.sector) continue;
      lines.push_back(static_cast<std::uint32_t>(l));
      need.push_back(static_cast<double>(line.share));
    }
    if (lines.empty())
      throw Error(ErrorKind::input,
                  "no tariff line for " + world.sectors[cell.sector].code + " from " +
                      world.regions[cell.region].code,
                  "tariff lines",
                  "at least one line for every origin and sector, services included");
    const auto begin = cell_begin[c], count = cell_begin[c + 1] - begin;
    std::vector<std::uint64_t> lucks(count);
    std::vector<std::uint32_t> taker(count);
    for (std::size_t i = 0; i < count; ++i)
      lucks[i] = luck(Purpose::firm_line, begin + i);
    give_by_need({size.data() + begin, cell.active}, need, lucks, {taker.data(), cell.active},
                 NoPreference{});
    for (std::size_t i = cell.active; i < count; ++i)
      taker[i] = taker[static_cast<std::size_t>(lucks[i] % cell.active)];
    for (std::size_t i = 0; i < count; ++i) {
      firms.line[begin + i] = static_cast<std::uint16_t>(lines[taker[i]]);
      firms.card[begin + i].line = firms.line[begin + i];
    }
  }

  void set_outside_shares() {
    outside_share.assign(firms.firms(), 0);
    bought.assign(firms.firms(), 0);
    bought_outside.assign(firms.firms(), 0);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto& cell = cells[c];
      double all = 0, outside = 0;
      for (std::size_t j = 0; j < world.S(); ++j)
        for (std::size_t o = 0; o < world.R() && plan.sectors->traits[j].is_goods; ++o) {
          const double value = world.input(cell.producer, SectorId{j}, RegionId{o});
          all += value;
          if (o != cell.region && plan.lanes->slot(cell.region, o) == Lanes::kNone)
            outside += value;
        }
      if (outside <= 0 || outside >= all) continue;
      const double spread =
          plan.parameters->orientation_spread * plan.sectors->orientation_factor[cell.sector];
      for (std::size_t f = cell_begin[c]; f < cell_begin[c + 1]; ++f) {
        const double z = normal_quantile(to_unit(luck(Purpose::firm_orientation, f)));
        const double odds = outside / (all - outside) * exp_of(spread * z);
        outside_share[f] = odds / (1 + odds);
      }
    }
  }

  /// Origins of links, by need, per producer and input; shares inside an input fall with the link's
  /// rank.
  void choose_origins() {
    link_value.resize(firms.links());
    link_buyer.resize(firms.links());
    set_outside_shares();
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto& cell = cells[c];
      std::vector<std::vector<std::uint32_t>> links(world.S()); // by input sector
      for (std::size_t f = cell_begin[c]; f < cell_begin[c + 1]; ++f) {
        const double sales = size[f] * world.gross_output[cell.producer] * kCentsPerMillion;
        for (std::size_t k = 0; k < inputs[f].size(); ++k) {
          const auto i = firms.first_input[f] + k;
          firms.input_sector[i] = inputs[f][k].sector;
          double weights = 0;
          for (std::size_t l = 0; l < inputs[f][k].links; ++l)
            weights += 1 / (1.0 + static_cast<double>(l));
          for (std::size_t l = 0; l < inputs[f][k].links; ++l) {
            const auto link = firms.first_link[i] + l;
            link_buyer[link] = static_cast<std::uint32_t>(f);
            const double share = 1 / (1.0 + static_cast<double>(l)) / weights;
            firms.units[link] = static_cast<float>(inputs[f][k].value * share);
            link_value[link] = inputs[f][k].value * share * sales;
            if (firms.active[f])
              links[inputs[f][k].sector].push_back(static_cast<std::uint32_t>(link));
            else { // a potential entrant: drawn from the same distribution
              std::vector<double> need(world.R());
              for (std::size_t o = 0; o < world.R(); ++o)
                need[o] = world.input(cell.producer, SectorId{inputs[f][k].sector}, RegionId{o});
              const std::uint64_t u = luck(Purpose::base_origin, link);
              const double one = 0;
              std::uint32_t taker = 0;
              give_by_need({&one, 1}, need, {&u, 1}, {&taker, 1}, NoPreference{});
              firms.home_origin[link] = static_cast<std::uint8_t>(taker);
            }
            const double age = -log_of(to_unit(luck(Purpose::base_age, link))) * 36;
            firms.age[link] = static_cast<std::uint8_t>(std::min(age, 255.0));
          }
        }
      }
      for (std::size_t j = 0; j < world.S(); ++j)
        origins_of(cell, j, links[j]);
    }
  }

  /// Firms differ lastingly in how much of their goods inputs they buy outside the regions with
  /// which theirs has preference: each has its own share of them, to which its links are drawn.
  struct Leaning {
    Layout& layout;
    const Cell& cell;
    const std::vector<std::uint32_t>& buyer_of;
    const std::vector<double>& value;
    bool goods;
    static constexpr double kPull = 12; // log weight per unit of share beyond the firm's own

    [[nodiscard]] bool inside(std::size_t o) const {
      return o == cell.region || layout.plan.lanes->slot(cell.region, o) != Lanes::kNone;
    }
    double operator()(std::size_t i, std::size_t o) const {
      if (!goods) return 1;
      const auto f = buyer_of[i];
      const double goods_bought = layout.bought[f] + value[i];
      const double outside = layout.bought_outside[f] + (inside(o) ? 0 : value[i]);
      const double beyond = outside / goods_bought - layout.outside_share[f];
      return exp_of(-kPull * (beyond > 0 ? beyond : -beyond));
    }
    void gave(std::size_t i, std::size_t o) const {
      if (!goods) return;
      const auto f = buyer_of[i];
      layout.bought[f] += value[i];
      if (!inside(o)) layout.bought_outside[f] += value[i];
    }
  };

  void origins_of(const Cell& cell, std::size_t j, const std::vector<std::uint32_t>& links) {
    if (links.empty()) return;
    std::vector<double> value, need(world.R());
    std::vector<std::uint64_t> lucks;
    std::vector<std::uint32_t> buyer_of;
    for (const auto l : links) {
      buyer_of.push_back(link_buyer[l]);
      value.push_back(link_value[l]);
      lucks.push_back(luck(Purpose::base_origin, l));
    }
    const double spent = std::accumulate(value.begin(), value.end(), 0.0);
    double sum = 0;
    for (std::size_t o = 0; o < world.R(); ++o) {
      need[o] = world.input(cell.producer, SectorId{j}, RegionId{o});
      sum += need[o];
    }
    for (auto& n : need)
      n *= spent / sum;
    std::vector<std::uint32_t> taker(links.size());
    Leaning lean{*this, cell, buyer_of, value, plan.sectors->traits[j].is_goods};
    give_by_need(value, need, lucks, taker, lean);
    // An origin that got nothing takes the link nearest to its need from an origin that keeps
    // others.
    std::vector<int> held(world.R(), 0);
    for (const auto t : taker)
      ++held[t];
    for (std::size_t o = 0; o < world.R(); ++o) {
      if (held[o] > 0 || need[o] <= 0) continue;
      std::size_t best = links.size();
      for (std::size_t i = 0; i < links.size(); ++i) {
        const double ratio = need[o] / value[i];
        if (held[taker[i]] < 2 || ratio < 0.1 || ratio > 3) continue;
        if (best == links.size() ||
            std::max(ratio, 1 / ratio) < std::max(need[o] / value[best], value[best] / need[o]))
          best = i;
      }
      if (best == links.size()) continue;
      --held[taker[best]];
      taker[best] = static_cast<std::uint32_t>(o);
      held[o] = 1;
    }
    for (std::size_t i = 0; i < links.size(); ++i)
      firms.home_origin[links[i]] = static_cast<std::uint8_t>(taker[i]);
  }

  /// Sellers of links, large links first, so that each seller can deliver what it is asked for.
  void choose_suppliers() {
    std::vector<std::uint32_t> buyer(firms.links());
    for (std::size_t f = 0; f < firms.firms(); ++f)
      for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
        buyer[l] = static_cast<std::uint32_t>(f);
    std::vector<double> sector_of(firms.links());
    std::vector<std::vector<std::uint32_t>> by_seller(2 * world.R() * world.S());
    for (std::size_t i = 0; i + 1 < firms.first_link.size(); ++i)
      for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
        const bool abroad = firms.home_origin[l] != firms.region[buyer[l]];
        by_seller[2 * firms.sellers(firms.home_origin[l], firms.input_sector[i]) + abroad]
            .push_back(static_cast<std::uint32_t>(l));
      }
    std::vector<AliasCell> alias;
    std::vector<double> room;
    for (std::size_t group = 0; group < by_seller.size(); ++group) {
      auto& links = by_seller[group];
      if (links.empty()) continue;
      const auto begin = firms.first_seller[group / 2], end = firms.first_seller[group / 2 + 1];
      const auto& target = group % 2 != 0 ? targets.abroad : targets.home;
      if (begin == end)
        throw Error(ErrorKind::input,
                    "inputs are bought from " + world.regions[group / 2 / world.S()].code +
                        ", which produces no " + world.sectors[group / 2 % world.S()].code,
                    "world table");
      room.assign(target.begin() + begin, target.begin() + end);
      alias.resize(room.size());
      build_alias(room, alias);
      std::sort(links.begin(), links.end(), [&](auto a, auto b) {
        return link_value[a] != link_value[b] ? link_value[a] > link_value[b] : a < b;
      });
      for (const auto l : links) {
        std::size_t best = 0;
        for (std::uint32_t attempt = 0; attempt < 4; ++attempt) {
          const auto s = draw_alias(alias, luck(Purpose::base_supplier, l, attempt));
          if (attempt == 0 || room[s] > room[best]) best = s;
          if (room[best] >= link_value[l]) break;
        }
        firms.supplier[l] = begin + static_cast<std::uint32_t>(best);
        firms.pending[l] = firms.supplier[l];
        if (firms.active[buyer[l]]) room[best] -= link_value[l];
      }
    }
  }

  void open_desks() {
    for (std::size_t f = 0; f < firms.firms(); ++f) {
      std::size_t slot = 0;
      for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k)
        firms.desk_importer[k] = plan.lanes->market_list(firms.region[f])[slot++];
    }
  }
};

} // namespace

Population lay_out_firms(const PopulationPlan& plan, SalesTargets& targets) {
  return Layout{plan, targets}.run();
}

} // namespace nearshore
