#pragma once
// Whether a state that was read can be: every index in its range, every number a number. A file
// with right checksums that no run wrote must not lead anywhere outside the arrays.
#include "agents/lanes.hpp"
#include "agents/population.hpp"
#include "agents/sourcing_tables.hpp"
#include "policy/duty_table.hpp"
#include "sim/scenario.hpp"

#include <span>
#include <string>

namespace nearshore {

/// All four throw DamagedFile for the file `path`.
/// The indices of a population: ascending, ending where the next begins.
void check_indices(const std::string& path, const Population&);
void check_columns(const std::string& path, const Population&, std::span<const TariffLine>,
                   const Lanes&);
void check_sellers(const std::string& path, const Population&, const SourcingTables&);
void check_place(const std::string& path, const RunSettings&, Month next, int spun, bool spinning);

} // namespace nearshore
