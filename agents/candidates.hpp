#pragma once
// The suppliers that a buyer sees for one link, and how it scores them.
#include "agents/context.hpp"

#include <array>
#include <span>

namespace nearshore {

inline constexpr std::size_t kMaxCandidates = 64;
/// In Population::position: the supplier of the base year, which fills the place of the best match.
inline constexpr std::uint8_t kBestPlace = 0xFF;

/// Match noise and origins of the places that a buyer sees for a link. They are keyed by (seed,
/// buyer, link) and not by the month: a firm's taste for a place is lasting, so that with an
/// unchanged policy the origin of a link does not wander and base-year shares stay what they are
/// (docs/ODD.md, Sourcing). The firm met at a place is drawn anew each month.
struct Places {
  std::uint64_t seed{0}, firm{~std::uint64_t{0}}; ///< whose key was worked out last
  std::uint64_t firm_key{0};
  std::uint64_t key{0};
  std::size_t count{0};
  std::size_t best{0};                      ///< place of the highest match: the base-year choice
  std::size_t producer{0}, input_sector{0}; ///< whose base-year origins they are drawn from
  std::uint8_t home_origin{0};              ///< origin of the best place
  /// Match with the supplier there: Gumbel, in units of theta * log cost; minus infinity at a place
  /// that nobody fills.
  alignas(32) std::array<float, kMaxCandidates> match{};
};
/// The key of a firm, and that from which the places of one of its links are drawn.
std::uint64_t key_of_firm(std::uint64_t seed, std::size_t firm);
std::uint64_t key_of_link(std::uint64_t firm_key, std::size_t link_of_firm);
/// Gumbel noise of the first `count` places of a key, written to `match` (length rounded up to a
/// multiple of 4).
void draw_matches(std::uint64_t key, std::size_t count, float* match);
/// Region in which a place lies.
std::size_t origin_of(const MonthContext&, const Places&, std::size_t place);

/// Places that a firm looks at: K, more for small firms where a platform helps them search. The
/// further ones hold only sellers of regions with the same lever.
std::size_t candidate_count(const MonthContext&, const Population&, std::size_t firm);

/// Fills `places`; the best-matching place lies in the link's base-year origin. Origins, which most
/// places are never asked for, are worked out on demand.
void look_around(const MonthContext&, const Population&, std::size_t firm, std::size_t input,
                 std::size_t link, Places& places);

/// Firm met this month at a place of a link whose order has the given size; a second draw is taken
/// where the first has too little spare capacity.
std::uint32_t firm_at(const MonthContext&, const Population&, const Places&, std::size_t place,
                      std::size_t origin, std::size_t firm, double order);

/// Fetches what firm_at will look up, ahead of it.
void expect_firm_at(const MonthContext&, const Population&, const Places&, std::size_t place,
                    std::size_t origin, std::size_t firm);

/// A further firm met at the same place; `again` counts them.
std::uint32_t another_firm_at(const MonthContext&, const Population&, const Places&,
                              std::size_t place, std::size_t origin, std::size_t firm,
                              std::uint32_t again);

} // namespace nearshore
