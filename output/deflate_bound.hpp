#pragma once
// How much packed bytes can hold at most: what claims more is damaged.
#include <cstdint>

namespace nearshore {

/// Bytes that one byte of deflate's may stand for (zlib's technical notes).
inline constexpr std::uint64_t kMostFromAByte = 1032;

} // namespace nearshore
