#pragma once
// A change of one measure from a day on, as a government decides it while a run goes on. What was
// in force before that day stays.
#include "policy/regime.hpp"

#include <optional>
#include <string>

namespace nearshore {

struct Decree {
  std::string measure; ///< its name in the file
  Date from;
  std::optional<double> rate; ///< ad valorem, 0 to 10
  std::optional<Originating> originating;
  bool repeal{false}; ///< the measure ends; then no terms are given
};

/// The law under a decree. Terms that the measure's calendar has for later days are dropped: the
/// decree holds until the next one. A measure that would begin later begins with the decree. Throws
/// Error (input) for a measure that does not exist or has ended, a rate out of range, and a decree
/// that changes nothing. `where` is what errors name.
RegimeData decreed(RegimeData law, const Decree& decree, const std::string& where);

} // namespace nearshore
