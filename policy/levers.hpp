#pragma once
// What else policy says over time: levers of the regional agenda, shocks, relief from duty on
// inputs, what statistics record, and how long measures are believed to last. Pure data; compiled
// to one month.
#include "policy/calendar.hpp"
#include "policy/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

/// The member of Levers that an entry acts on.
enum class LeverKind : std::uint8_t {
  energy_cost,
  border_cost,
  search_small,
  entry_cost,
  entry_lag,
  capacity,
  demand,
  entrant_home,
};

/// A factor (added weight, for entrant_home) on one lever while it is in force; days are weighted
/// in a month.
struct LeverEntry {
  std::string name;
  LeverKind kind{LeverKind::energy_cost};
  Bits regions{0}; ///< where it acts; for border_cost the importers
  Bits origins{0}; ///< border_cost: from where
  Bits sectors{0};
  Bits homes{0}; ///< entrant_home: investors' home regions
  struct Step {
    Date from;
    float factor{1};
  };
  std::vector<Step> path; ///< factor from each date on
  std::optional<Date> until;
  bool assumption{false};
  std::string source, confidence, where;
};

struct ReliefEntry {
  std::string name;
  Bits regions{0};
  std::uint8_t types{3}; ///< bit 0: domestic firms, bit 1: export-processing firms
  float share_of_exports{0}, share_of_all{0}, limited_members_share{0};
  std::optional<Date> from, until;
  std::string source, confidence, where;
};

/// Statistics of `importers` show this part of the claims on MFN-free lines while in force;
/// elsewhere all.
struct ObservationEntry {
  Bits importers{0};
  float recorded_free{1};
  std::optional<Date> from, until;
  std::string source, where;
};

/// Part of a firm's horizon for which it expects an authority's measures to last.
struct BeliefEntry {
  AuthorityId authority;
  float expected{1};
  std::optional<Date> from;
  std::string source, where;
};

} // namespace nearshore
