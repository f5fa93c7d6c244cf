#pragma once
// Whether a state that was read can be: every index in its range, every number a number. A file
// with right checksums that no run wrote must not lead anywhere outside the arrays.
#include "agents/lanes.hpp"
#include "agents/population.hpp"
#include "agents/sourcing_tables.hpp"
#include "policy/duty_table.hpp"
#include "sim/scenario.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace nearshore {

/// All five throw DamagedFile for the file `path`.
/// The indices of a population: ascending, ending where the next begins.
void check_indices(const std::string& path, const Population&);
/// The columns that these indices ask for are no more than what is left of the file; before they
/// are allocated.
void check_sizes(const std::string& path, const Population&, std::uint64_t bytes_left);
void check_columns(const std::string& path, const Population&, std::span<const TariffLine>,
                   const Lanes&);
void check_sellers(const std::string& path, const Population&, const SourcingTables&);
void check_place(const std::string& path, const RunSettings&, Month next, int spun, bool spinning);

} // namespace nearshore
