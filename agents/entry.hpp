#pragma once
#include "agents/context.hpp"

namespace nearshore {

/// Pass "entry and exit": firms without orders leave; dormant entrants come in where averaged
/// utilisation of their region and sector promises more than entry costs. `cell_pressure` is
/// [region * S + sector]. Productivity of an affiliate comes from its home region, drawn by the
/// weights of the regime.
void enter_and_exit(const MonthContext&, Population&, const std::vector<double>& cell_pressure,
                    std::size_t begin, std::size_t end);

} // namespace nearshore
