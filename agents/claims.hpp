#pragma once
#include "agents/context.hpp"

namespace nearshore {

enum class DeskState : std::uint8_t { idle = 0, setting_up = 1, claiming = 2 };

/// What a claim is worth to importer and producer together, as a share of the value shipped.
struct ClaimSurplus {
  double saving{0};  ///< duty and fees saved
  double running{0}; ///< documentation, fixed yearly cost and audit risk
  double set_up{0};  ///< sunk cost of starting, spread over the horizon
};

/// Surplus of claiming for a firm in one market. `annual_value`: USD a year that one firm ships
/// there.
ClaimSurplus claim_surplus(const MonthContext&, const Population&, std::size_t firm,
                           std::size_t importer, double annual_value);

/// Pass "claims": reads next_card.origin and last month's sales; writes desks and next_card.claims.
/// Idle desks look at the question at a rate that grows with what is at stake; set-up takes months;
/// certificates run for twelve months and are renewed while they pay their running cost.
void update_claims(const MonthContext&, Population&, std::size_t begin, std::size_t end);

} // namespace nearshore
