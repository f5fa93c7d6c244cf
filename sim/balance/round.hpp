#pragma once
// From the balanced table to the one that is written: whole units that close exactly.
#include "sim/balance/sources.hpp"

namespace nearshore::balance {

/// Rounds every flow to thousand USD; output of a (region, sector) is then the sum of its uses,
/// exports that of its uses abroad; processing producers keep their rounded output and exports,
/// domestic ones the remainder; value added is the residual of the column. Throws Error (kind
/// invariant) if a residual is not positive.
WorldTable round_table(const Sources&, const WorldTable&);

} // namespace nearshore::balance
