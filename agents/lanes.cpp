#include "agents/lanes.hpp"

#include "policy/error.hpp"

namespace nearshore {

Lanes::Lanes(std::size_t regions, const std::vector<Agreement>& agreements)
    : R(regions), slots(regions * regions, kNone), programmes(regions * regions),
      market_lists(regions) {
  if (agreements.size() > 8)
    throw Error(ErrorKind::input, std::to_string(agreements.size()) + " agreements", "agreement",
                "at most 8");
  for (std::size_t o = 0; o < R; ++o)
    for (std::size_t d = 0; d < R; ++d) {
      if (o == d) continue;
      for (std::size_t a = 0; a < agreements.size(); ++a) {
        if (!contains(agreements[a].members, o) || !contains(agreements[a].members, d)) continue;
        if (market_lists[o].size() == 16)
          throw Error(ErrorKind::input, "a region has more than 16 preferential markets",
                      "agreement");
        slots[o * R + d] = static_cast<std::uint8_t>(market_lists[o].size());
        programmes[o * R + d] = ProgrammeId{a + 1};
        market_lists[o].push_back(static_cast<std::uint8_t>(d));
        break; // the first agreement in the list has precedence
      }
    }
}

} // namespace nearshore
