#pragma once
#include "agents/context.hpp"

namespace nearshore {

/// Pass "capacity": averages utilisation, lets capacity follow beyond a band, and writes spare
/// capacity of next_card, which buyers see next month.
void update_capacity(const MonthContext&, Population&, std::size_t begin, std::size_t end);

} // namespace nearshore
