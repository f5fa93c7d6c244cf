#include "sim/checkpoint/check_population.hpp"

#include "agents/population_columns.hpp"
#include "sim/checkpoint/damaged.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nearshore {
namespace {

class Checks {
public:
  explicit Checks(const std::string& p) : path(p) {}
  void require(bool holds, std::string_view what) const {
    if (!holds) throw DamagedFile{path, std::string{what} + " is out of range"};
  }
  template <class List>
  void below(const List& list, std::size_t bound, std::string_view what) const {
    require(std::all_of(list.begin(), list.end(), [&](auto x) { return x < bound; }), what);
  }

private:
  const std::string& path;
};

bool ascends(const std::vector<std::uint32_t>& index, std::size_t last) {
  return !index.empty() && index.front() == 0 && index.back() == last &&
         std::is_sorted(index.begin(), index.end());
}

} // namespace

void check_indices(const std::string& path, const Population& firms) {
  const Checks checks{path};
  const std::size_t n = firms.first_seller.back();
  checks.require(ascends(firms.first_seller, n), "first_seller");
  checks.require(firms.first_input.size() == n + 1 && !firms.first_link.empty() &&
                     ascends(firms.first_input, firms.first_link.size() - 1),
                 "first_input");
  checks.require(ascends(firms.first_link, firms.first_link.back()), "first_link");
  checks.require(firms.first_desk.size() == n + 1 &&
                     ascends(firms.first_desk, firms.first_desk.back()),
                 "first_desk");
}

void check_sizes(const std::string& path, const Population& firms, std::uint64_t bytes_left) {
  const std::uint64_t n = firms.first_seller.back(), inputs = firms.first_link.size() - 1,
                      links = firms.first_link.back(), desks = firms.first_desk.back();
  // Each is below 2^32, and a firm has some hundred bytes: the sum fits.
  std::uint64_t sum = n * 2 * (sizeof(Card) + firms.R * sizeof(float));
#define FIRM(type, name, unit, pass) sum += n * sizeof(type);
#define INPUT(type, name, unit, pass) sum += inputs * sizeof(type);
#define LINK(type, name, unit, pass) sum += links * sizeof(type);
#define MARKET(type, name, unit, pass) sum += n * firms.R * sizeof(type);
#define BOOK(type, name, unit, pass) sum += n * firms.books * sizeof(type);
#define DESK(type, name, unit, pass) sum += desks * sizeof(type);
#include "agents/firm_columns.def"
  if (sum > bytes_left)
    throw DamagedFile{path, "its firms and links need " + std::to_string(sum) +
                                " bytes, and the file has " + std::to_string(bytes_left) + " left"};
}

void check_columns(const std::string& path, const Population& firms,
                   std::span<const TariffLine> lines, const Lanes& lanes) {
  const Checks checks{path};
  const std::size_t n = firms.firms(), R = firms.R, S = firms.S;
  visit_columns(firms, [&](std::string_view name, const auto& column) {
    using T = typename std::remove_cvref_t<decltype(column)>::value_type;
    if constexpr (std::is_floating_point_v<T>)
      checks.require(
          std::all_of(column.begin(), column.end(), [](T x) { return std::isfinite(x); }), name);
  });
  checks.below(firms.supplier, n, "supplier");
  checks.below(firms.pending, n, "pending");
  checks.below(firms.home_origin, R, "home_origin");
  checks.below(firms.input_sector, S, "input_sector");
  checks.below(firms.type, 2, "type");
  checks.below(firms.active, 2, "active");
  checks.below(firms.desk_state, 3, "desk_state");
  checks.below(firms.desk_importer, R, "desk_importer");
  for (std::size_t group = 0; group + 1 < firms.first_seller.size(); ++group)
    for (std::size_t f = firms.first_seller[group]; f < firms.first_seller[group + 1]; ++f)
      checks.require(firms.region[f] == group / S && firms.sector[f] == group % S, "region");
  for (std::size_t f = 0; f < n; ++f) {
    for (const auto& card : {firms.card[f], firms.next_card[f]}) {
      checks.require(card.region == firms.region[f] && card.line < lines.size() &&
                         lines[card.line].origin.index() == card.region && card.price > 0 &&
                         card.price < std::numeric_limits<float>::infinity() &&
                         std::isfinite(card.spare),
                     "card");
    }
    checks.require(firms.line[f] < lines.size(), "line");
    for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k)
      checks.require(lanes.slot(firms.region[f], firms.desk_importer[k]) != Lanes::kNone,
                     "desk_importer");
  }
}

void check_sellers(const std::string& path, const Population& firms, const SourcingTables& tables) {
  const Checks checks{path};
  SourcingTables::visit(tables, [&](std::string_view name, const auto& cells) {
    for (std::size_t group = 0; group + 1 < firms.first_seller.size(); ++group) {
      const std::size_t begin = firms.first_seller[group], end = firms.first_seller[group + 1];
      for (std::size_t f = begin; f < end; ++f)
        checks.require(cells[f].other < end - begin && cells[f].keep >= 0, name);
    }
  });
}

void check_place(const std::string& path, const RunSettings& run, Month next, int spun,
                 bool spinning) {
  const Checks checks{path};
  const bool before = spinning && next == run.start && spun >= 0 && spun <= run.spin_up;
  const bool after = !spinning && next >= run.start && spun == run.spin_up;
  checks.require(before || after, "place");
}

} // namespace nearshore
