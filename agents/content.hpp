#pragma once
#include "agents/population.hpp"

namespace nearshore {

/// Value-added origin of firms: v = own share * e_region + sum of input share * v_supplier. Reads
/// prices of next_card, links and last month's content; writes next_content.
/// `costs`, if given, are units[link] * price of the supplier, of the links of these firms.
void update_content(Population&, std::size_t begin, std::size_t end, const float* costs = nullptr);

} // namespace nearshore
