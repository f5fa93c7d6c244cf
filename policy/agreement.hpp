#pragma once
// Trade agreements and their rules of origin, compiled for one month. Pure: nothing here knows a
// firm.
//
// Every rule used by the agreement is a choice of routes ("any of"), every route a set of ceilings
// on value that does not count ("all of"). Regional value content, tariff shift, core parts, steel
// purchases, labour value content, yarn-forward and wholly-obtained are all such ceilings
// (docs/ODD.md, Origin).
#include "policy/ids.hpp"

#include <array>
#include <string>
#include <vector>

namespace nearshore {

/// sum over inputs of weight[input sector] * (value that does not count) may not exceed
/// max(of_transaction_value * TV, of_net_cost * NC, of_group_value * sum of weight * value). Own
/// value, where it counts against, is what the limit's basis (NC if the limit is of net cost alone,
/// else TV) holds beyond inputs.
struct Ceiling {
  std::array<float, kMaxSectors>
      weight{};                  ///< part of an input's value that the ceiling looks at, 0 to 1
  float of_transaction_value{0}; ///< e.g. 0.40 for RVC 60 % by transaction value
  float of_net_cost{0};          ///< e.g. 0.25 for RVC 75 % by net cost
  float of_group_value{0};       ///< e.g. 0.30 where 70 % of steel purchases must originate
  Bits counting_regions{
      ~Bits{0}}; ///< originating goods from here count (labour value, U.S. content)
  bool includes_own_value{false}; ///< own value added counts against it outside counting_regions
};

struct Route {
  std::vector<Ceiling>
      all_of; ///< empty: satisfied by the production step itself (e.g. chemical reaction)
};

struct RuleOfOrigin {
  std::string name;
  float share{1};            ///< part of the sector's tariff lines under this rule
  std::vector<Route> any_of; ///< empty: no good can originate
};

enum class Accumulation : std::uint8_t {
  full,     ///< an originating input from any member counts
  domestic, ///< only inputs from the producer's own region count
};

struct Agreement {
  std::string name;
  Bits members{0};
  bool in_force{true};
  Accumulation accumulation{Accumulation::full};
  bool roll_up{true}; ///< an originating input counts whole; else by its own regional content
  std::vector<std::vector<RuleOfOrigin>> rules; ///< [sector][variant]; shares of a sector sum to 1

  /// The rule of a line whose place in the sector is `draw` (uniform in [0, 1)); nullptr: no rule
  /// (services).
  [[nodiscard]] const RuleOfOrigin* rule(SectorId sector, float draw) const;
};

} // namespace nearshore
