#pragma once
// Peak memory of a run from its population's columns, before it is made.
#include "sim/ensemble.hpp"

namespace nearshore {

/// Bytes of a firm's state in a population of any size: all columns, from the layouts of two small
/// ones (small populations have more links a firm, so bytes are linear in the number of firms, with
/// a constant).
struct StateSize {
  double fixed{0}, firm{0};
  [[nodiscard]] double bytes(double firms) const { return fixed + firm * firms; }
};

/// Of a scenario's populations.
StateSize state_size(const Scenario&);
/// The line through two of them: firms and bytes a firm.
StateSize state_size(double firms, double bytes, double more_firms, double more_bytes);

/// Resident bytes of the process at its peak, with so many runs at a time; `loaded`: resident once
/// the scenario has been read.
double peak_memory(double loaded, const StateSize&, std::int64_t firms, const EnsemblePlan&);

/// Refuses a run that cannot fit. Measures the columns only where it might not. Throws Error
/// (resource) with both figures.
void refuse_too_large(const Scenario&, const EnsemblePlan&);

} // namespace nearshore
