#pragma once
// Typed indices: a firm, a region and a sector cannot be mixed up, and an array is indexed by its
// own id.
#include <compare>
#include <cstddef>
#include <cstdint>

namespace nearshore {

template <class Tag, class Rep> struct Id {
  Rep value{};

  constexpr Id() = default;
  constexpr explicit Id(std::size_t v) : value(static_cast<Rep>(v)) {}
  [[nodiscard]] constexpr std::size_t index() const { return value; }
  constexpr auto operator<=>(const Id&) const = default;
};

using RegionId = Id<struct RegionTag, std::uint8_t>;
using SectorId = Id<struct SectorTag, std::uint8_t>;
using AuthorityId = Id<struct AuthorityTag, std::uint8_t>;
/// 0 is "no preference"; 1 + a is agreement a.
using ProgrammeId = Id<struct ProgrammeTag, std::uint8_t>;
using ListId = Id<struct ListTag, std::uint8_t>;
using LineId = Id<struct LineTag, std::uint16_t>;
using FirmId = Id<struct FirmTag, std::uint32_t>;

/// A set of regions, sectors or product lists: bit i is the member with index i.
using Bits = std::uint32_t;
inline constexpr std::size_t kMaxRegions = 32;
inline constexpr std::size_t kMaxSectors = 32;
inline constexpr std::size_t kMaxLists = 32;

constexpr Bits bit(std::size_t i) {
  return Bits{1} << i;
}
constexpr bool contains(Bits set, std::size_t i) {
  return (set >> i) & 1U;
}

} // namespace nearshore
