#pragma once
// How cheap any supplier can be this month, so that a review need not meet those that cannot win.
#include "agents/context.hpp"
#include "agents/parallel.hpp"

#include <optional>
#include <vector>

namespace nearshore {

/// A floor under a supplier's log delivered price over its base-year value, undelivered orders
/// included, by (importer, origin, sector): the cheapest seller there is, on the tariff line and
/// with the claim whose duty fell most since the base year. A place whose match would not be taken
/// even at this floor is passed over, which changes no decision (tests compare reviews with and
/// without).
class PriceFloor {
public:
  /// For this month's prices, duties and deliveries.
  void update(const Workers&, const MonthContext&, const Population&);

  [[nodiscard]] float at(std::size_t importer, std::size_t origin, std::size_t sector) const {
    return floors[(importer * S + sector) * R + origin];
  }
  /// The lowest over origins.
  [[nodiscard]] float lowest(std::size_t importer, std::size_t sector) const {
    return lowest_floors[importer * S + sector];
  }

private:
  std::size_t R{0}, S{0};
  std::optional<std::uint64_t> duty_state;
  std::vector<double> duty_change;  // [importer][sector][origin] least ln((1 + now) / (1 + base))
  std::vector<double> price;        // [origin][sector] lowest
  std::vector<float> floors;        // [importer][sector][origin]
  std::vector<float> lowest_floors; // [importer][sector]
  void compare_duties(const MonthContext&);
  void find_lowest_prices(const Workers&, const Population&);
};

} // namespace nearshore
