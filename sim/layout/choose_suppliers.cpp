#include "agents/sourcing_tables.hpp"
#include "policy/error.hpp"
#include "sim/layout/layout.hpp"
#include "sim/layout/size_classes.hpp"

#include <algorithm>
#include <memory>
#include <numeric>

namespace nearshore::layout {
namespace {

/// Links of active firms by who can serve them: groups of sellers (origin, sector), home buyers
/// before foreign ones, and in a group by buyer's cell.
struct LinksBySeller {
  std::vector<std::uint32_t> first; // [2 * (origin * S + sector) + abroad, + 1]
  std::vector<std::uint32_t> place; // [cell][origin * S + sector] where the cell's links begin
  // First written by the threads that sort links in.
  std::unique_ptr<std::uint32_t[]> link;
  std::unique_ptr<float[]> value; // cents a month
};

bool is_abroad(const Cell& buyers, std::size_t sellers, std::size_t S) {
  return sellers / S != buyers.region;
}

void set_places(const Layout& layout, LinksBySeller& links) {
  const std::size_t S = layout.firms.S, sellers = layout.firms.R * S;
  links.first.assign(2 * sellers + 1, 0);
  links.place.resize(layout.cells.size() * sellers);
  std::uint32_t next = 0;
  for (std::size_t group = 0; group < 2 * sellers; ++group) {
    links.first[group] = next;
    for (std::size_t c = 0; c < layout.cells.size(); ++c) {
      const std::size_t at = c * sellers + group / 2;
      if (is_abroad(layout.cells[c], group / 2, S) != (group % 2 != 0)) continue;
      links.place[at] = next;
      next += layout.origin_links[at];
    }
  }
  links.first[2 * sellers] = next;
  links.link = std::make_unique_for_overwrite<std::uint32_t[]>(next);
  links.value = std::make_unique_for_overwrite<float[]>(next);
}

void sort_in(const Layout& layout, std::size_t c, LinksBySeller& links) {
  const auto& firms = layout.firms;
  const auto& cell = layout.cells[c];
  const auto& world = *layout.plan.world;
  const double output = world.gross_output[cell.producer] * kCentsPerMillion;
  std::uint32_t* place = &links.place[c * firms.R * firms.S];
  for (std::size_t f = cell.begin; f < cell.begin + cell.active; ++f)
    for (std::size_t in = firms.first_input[f]; in < firms.first_input[f + 1]; ++in)
      for (std::size_t l = firms.first_link[in]; l < firms.first_link[in + 1]; ++l) {
        const auto at = place[firms.sellers(firms.home_origin[l], firms.input_sector[in])]++;
        links.link[at] = static_cast<std::uint32_t>(l);
        links.value[at] =
            static_cast<float>(static_cast<double>(firms.units[l]) * layout.size[f] * output);
      }
}

void check_sellers(const Layout& layout, const LinksBySeller& links) {
  const auto& world = *layout.plan.world;
  const auto& first_seller = layout.firms.first_seller;
  for (std::size_t group = 0; group + 1 < links.first.size(); ++group)
    if (links.first[group] < links.first[group + 1] &&
        first_seller[group / 2] == first_seller[group / 2 + 1])
      throw Error(ErrorKind::input,
                  "inputs are bought from " + world.regions[group / 2 / world.S()].code +
                      ", which produces no " + world.sectors[group / 2 % world.S()].code,
                  "world table");
}

/// Scratch of a worker.
struct Desk {
  SizeClasses classes;
  std::vector<double> room;
};

/// Large links first, a seller by its sales target, up to four tries to find one with room.
void serve(Layout& layout, const SourcingTables& tables, const LinksBySeller& links,
           std::size_t group, Desk& desk) {
  constexpr std::uint32_t kTries = 4;
  auto& firms = layout.firms;
  const std::size_t origin = group / 2 / firms.S, sector = group / 2 % firms.S;
  const bool abroad = group % 2 != 0;
  const auto luck = layout.luck(Purpose::base_supplier, 0);
  const std::size_t begin = firms.first_seller[group / 2], end = firms.first_seller[group / 2 + 1];
  const auto& target = abroad ? layout.targets.abroad : layout.targets.home;
  desk.room.assign(target.begin() + static_cast<std::ptrdiff_t>(begin),
                   target.begin() + static_cast<std::ptrdiff_t>(end));
  const std::size_t first = links.first[group];
  const std::span<const float> values{links.value.get() + first, links.first[group + 1] - first};
  for (const auto i : desk.classes.order(values)) {
    const auto l = links.link[first + i];
    const auto value = static_cast<double>(values[i]);
    const auto key = hashed(luck, l);
    std::uint32_t best = tables.seller(firms, origin, sector, abroad, key);
    for (std::uint32_t attempt = 1; attempt < kTries && desk.room[best - begin] < value;
         ++attempt) {
      const auto other = tables.seller(firms, origin, sector, abroad, hashed(key, attempt));
      if (desk.room[other - begin] > desk.room[best - begin]) best = other;
    }
    firms.supplier[l] = firms.pending[l] = best;
    desk.room[best - begin] -= value;
  }
}

/// Potential entrants know sellers like everyone else, and take no room.
void serve_entrants(Layout& layout, const SourcingTables& tables, const Cell& cell) {
  auto& firms = layout.firms;
  const auto luck = layout.luck(Purpose::base_supplier, 0);
  for (std::size_t f = cell.begin + cell.active; f < cell.end(); ++f)
    for (std::size_t in = firms.first_input[f]; in < firms.first_input[f + 1]; ++in)
      for (std::size_t l = firms.first_link[in]; l < firms.first_link[in + 1]; ++l)
        firms.supplier[l] = firms.pending[l] = tables.seller(
            firms, firms.home_origin[l], firms.input_sector[in],
            firms.home_origin[l] != cell.region, hashed(luck, static_cast<std::uint32_t>(l)));
}

} // namespace

void choose_suppliers(Layout& layout) {
  const auto& workers = *layout.plan.workers;
  LinksBySeller links;
  set_places(layout, links);
  check_sellers(layout, links);
  SourcingTables tables;
  tables.set_sellers(workers, layout.firms, layout.targets.home, layout.targets.abroad);
  layout.for_cells([&](std::size_t c, int) {
    sort_in(layout, c, links);
    serve_entrants(layout, tables, layout.cells[c]);
  });
  std::vector<std::uint32_t> groups(links.first.size() - 1);
  std::iota(groups.begin(), groups.end(), 0U);
  const auto length = [&](std::uint32_t g) { return links.first[g + 1] - links.first[g]; };
  std::sort(groups.begin(), groups.end(),
            [&](auto a, auto b) { return length(a) != length(b) ? length(a) > length(b) : a < b; });
  std::vector<Desk> desks(static_cast<std::size_t>(workers.threads()));
  workers.for_each(groups.size(), [&](std::size_t at, int worker) {
    serve(layout, tables, links, groups[at], desks[static_cast<std::size_t>(worker)]);
  });
}

} // namespace nearshore::layout
