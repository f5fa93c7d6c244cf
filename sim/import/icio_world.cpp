#include "sim/import/icio_world.hpp"

#include "sim/balance/round.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore::importing {
namespace {

constexpr double kUnit = 1 / kTableUnitsPerMillion;

struct Builder {
  const IcioSums& s;
  const WorldLists& lists;
  const std::string& file;
  ImportedWorld out;

  [[nodiscard]] std::size_t R() const { return s.regions; }
  [[nodiscard]] std::size_t S() const { return s.sectors; }
  [[nodiscard]] std::size_t region_of(std::size_t producer) const {
    return producer / (kFirmTypes * S());
  }
  [[nodiscard]] std::string name(std::size_t p) const {
    return fmt::format("{} {} in {}", p / S() % kFirmTypes == 0 ? "domestic" : "export-processing",
                       lists.sectors[p % S()].code, lists.regions[region_of(p)].code);
  }

  void start() {
    auto& t = out.table;
    t.regions = lists.regions;
    t.sectors = lists.sectors;
    t.region_groups = lists.region_groups;
    t.sector_groups = lists.sector_groups;
    t.gross_output.resize(t.producers());
    t.value_added = t.exports = t.gross_output;
    t.inputs.resize(t.producers() * S() * R());
    t.final_demand.resize(R() * S() * R());
    out.taxes.resize(R());
    out.value_added.resize(R());
    published.resize(t.producers());
  }

  /// Shares of a user's purchases by sector: in proportion to what its industry sells there.
  [[nodiscard]] std::vector<double> column_shares(std::size_t user) const {
    std::vector<double> share(S());
    double total = 0;
    for (std::size_t j = 0; j < S(); ++j)
      total += share[j] = std::max(0.0, s.made[user * S() + j]);
    if (total > 0) {
      for (auto& v : share)
        v /= total;
    } else { // nothing sold: what little it buys follows the concordance
      for (const auto& to : s.layout.sectors_of[s.layout.users[user].industry]->sectors)
        share[to.sector.index()] = to.intermediate;
    }
    return share;
  }

  void add_inputs() {
    auto& t = out.table;
    for (std::size_t u = 0; u < s.layout.users.size(); ++u) {
      const auto& user = s.layout.users[u];
      const auto share = column_shares(u);
      const auto first = t.producer(user.region.region, user.region.type, SectorId{std::size_t{0}});
      for (std::size_t j = 0; j < S(); ++j) {
        if (!(share[j] > 0)) continue;
        published[first + j] += share[j] * (s.value_added[u] + s.taxes[u]);
        for (std::size_t seller = 0; seller < s.sellers; ++seller)
          t.input(first + j, SectorId{seller % S()}, RegionId{region_of(seller)}) +=
              share[j] * s.at_user(seller, u);
      }
      const auto r = user.region.region.index();
      out.taxes[r] += s.taxes[u];
      out.value_added[r] += s.value_added[u];
    }
  }

  /// Final sales of a seller by destination, none negative, with the sum that was published.
  std::vector<double> final_sales(std::size_t seller) {
    std::vector<double> sales(R());
    double drawn = 0, positive = 0;
    for (std::size_t d = 0; d < R(); ++d) {
      const double net = s.final_use[seller * R() + d] + s.inventories[seller * R() + d];
      sales[d] = std::max(net, 0.0);
      positive += sales[d];
      drawn += std::max(-net, 0.0);
    }
    if (!(drawn > 0)) return sales;
    if (drawn > positive)
      throw Error(ErrorKind::input,
                  fmt::format("inventories of {} fall by {:.3f} million USD more than its sales to "
                              "final demand",
                              name(seller), drawn - positive),
                  file, "final sales that cover the draw-down; join the industry with another");
    for (auto& v : sales)
      v *= 1 - drawn / positive;
    if (drawn >= kUnit) out.draw_downs.push_back({seller, drawn});
    return sales;
  }

  void add_sales() {
    auto& t = out.table;
    for (std::size_t p = 0; p < s.sellers; ++p) {
      const auto home = region_of(p);
      for (std::size_t u = 0; u < s.layout.users.size(); ++u) {
        const double v = s.at_user(p, u);
        t.gross_output[p] += v;
        if (s.layout.users[u].region.region.index() != home) t.exports[p] += v;
      }
      const auto sales = final_sales(p);
      for (std::size_t d = 0; d < R(); ++d) {
        t.final_use(RegionId{d}, SectorId{p % S()}, RegionId{home}) += sales[d];
        t.gross_output[p] += sales[d];
        if (d != home) t.exports[p] += sales[d];
      }
    }
  }

  void move_producer(std::size_t from, std::size_t to) {
    auto& t = out.table;
    for (auto* v : {&t.gross_output, &t.exports, &published}) {
      (*v)[to] += (*v)[from];
      (*v)[from] = 0;
    }
    for (std::size_t i = 0; i < S() * R(); ++i) {
      t.inputs[to * S() * R() + i] += t.inputs[from * S() * R() + i];
      t.inputs[from * S() * R() + i] = 0;
    }
  }

  void fold_small(double smallest) {
    auto& t = out.table;
    for (std::size_t r = 0; r < R(); ++r)
      for (std::size_t j = 0; j < S(); ++j) {
        const auto p = t.producer(RegionId{r}, FirmType::processing, SectorId{j});
        if (t.gross_output[p] >= smallest || !(t.gross_output[p] > 0)) continue;
        out.folded.push_back(p);
        out.folded_output += t.gross_output[p];
        move_producer(p, t.producer(RegionId{r}, FirmType::domestic, SectorId{j}));
      }
  }

  void close_columns() {
    auto& t = out.table;
    for (std::size_t p = 0; p < t.producers(); ++p) {
      double spent = 0;
      std::size_t cells = 0;
      for (std::size_t i = p * S() * R(); i < (p + 1) * S() * R(); ++i) {
        spent += t.inputs[i];
        cells += t.inputs[i] > 0;
      }
      t.value_added[p] = t.gross_output[p] - spent;
      if (!(t.gross_output[p] > 0) && !(spent > 0)) continue;
      // Rounding moves a column by half a unit a cell at most.
      if (t.value_added[p] <= kUnit * (1 + static_cast<double>(cells) / 2))
        throw Error(
            ErrorKind::input,
            fmt::format("value added of {} would be {:.3f} million USD on an output of {:.3f}",
                        name(p), t.value_added[p], t.gross_output[p]),
            file, "positive value added; check the shares of the concordance of industries");
      const double gap = t.value_added[p] - published[p];
      out.value_added_moved += std::abs(gap);
      if (std::abs(gap) / t.gross_output[p] > out.largest_value_added_gap) {
        out.largest_value_added_gap = std::abs(gap) / t.gross_output[p];
        out.largest_gap_producer = p;
      }
    }
  }

  void round() {
    balance::Sources sizes; // rounding asks it for the numbers of regions and sectors alone
    sizes.regions = lists.regions;
    sizes.sectors = lists.sectors;
    WorldTable rounded;
    try {
      rounded = balance::round_table(sizes, out.table);
    } catch (const Error& e) {
      throw Error(ErrorKind::input, e.what_is_wrong, file,
                  "producers that are large against a thousand USD; join industries or countries");
    }
    const auto moved = [](const std::vector<double>& a, const std::vector<double>& b) {
      double sum = 0;
      for (std::size_t i = 0; i < a.size(); ++i)
        sum += std::abs(a[i] - b[i]);
      return sum;
    };
    out.rounding_moved = moved(out.table.inputs, rounded.inputs) +
                         moved(out.table.final_demand, rounded.final_demand);
    out.table = std::move(rounded);
  }

  void measure_shares() {
    const auto shared = sectors_with_shares(s);
    const auto& t = out.table;
    for (std::size_t i = 0; i < t.inputs.size(); ++i) {
      out.all_value += t.inputs[i];
      if (shared[i / R() % S()] || shared[i / R() / S() % S()]) out.split_value += t.inputs[i];
    }
    for (std::size_t i = 0; i < t.final_demand.size(); ++i) {
      out.all_value += t.final_demand[i];
      if (shared[i / R() % S()]) out.split_value += t.final_demand[i];
    }
  }

  std::vector<double> published; ///< [producer] value added and taxes, by the column shares
};

} // namespace

WorldLists read_world_lists(const std::string& folder) {
  WorldLists l;
  l.regions = read_regions(folder + "/regions.csv");
  l.sectors = read_sectors(folder + "/sectors.csv");
  read_groups(folder + "/groups.csv", l.regions, l.sectors, l.region_groups, l.sector_groups);
  return l;
}

ImportedWorld build_world(const IcioSums& sums, const WorldLists& lists, const std::string& file,
                          double smallest) {
  Builder b{sums, lists, file, {}, {}};
  b.start();
  b.add_inputs();
  b.add_sales();
  b.fold_small(smallest);
  b.close_columns();
  b.round();
  b.measure_shares();
  return std::move(b.out);
}

std::vector<bool> sectors_with_shares(const IcioSums& s) {
  std::vector<bool> shared(s.sectors);
  for (const auto* to : s.layout.sectors_of)
    if (to->is_split())
      for (const auto& share : to->sectors)
        shared[share.sector.index()] = true;
  return shared;
}

} // namespace nearshore::importing
