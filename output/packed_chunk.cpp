#include "output/packed_chunk.hpp"

#include <libdeflate.h>

#include <bit>
#include <new>

namespace nearshore {
namespace {

// Filters of a dataset, in the order in which they are set.
constexpr std::uint32_t kDeflateSkipped = 1U << 1;

static_assert(std::endian::native == std::endian::little,
              "chunks are written as they lie in memory");

/// First bytes of all values, then their second bytes, and so on: exponents compress well together.
template <std::size_t kWidth>
void shuffle(std::span<const std::byte> values, std::vector<std::byte>& out) {
  const std::size_t n = values.size() / kWidth;
  for (std::size_t b = 0; b < kWidth; ++b)
    for (std::size_t i = 0; i < n; ++i)
      out[b * n + i] = values[i * kWidth + b];
}

} // namespace

void ChunkPacker::Free::operator()(libdeflate_compressor* c) const {
  libdeflate_free_compressor(c);
}

ChunkPacker::ChunkPacker(int level) : compressor(libdeflate_alloc_compressor(level)) {
  if (!compressor) throw std::bad_alloc{};
}

ChunkPacker::Packed ChunkPacker::pack(std::span<const std::byte> values, std::size_t width) {
  shuffled.resize(values.size());
  packed.resize(values.size());
  width == sizeof(double) ? shuffle<sizeof(double)>(values, shuffled)
                          : shuffle<sizeof(float)>(values, shuffled);
  const std::size_t size = libdeflate_zlib_compress(compressor.get(), shuffled.data(),
                                                    shuffled.size(), packed.data(), packed.size());
  if (size == 0) return {shuffled, kDeflateSkipped};
  return {std::span{packed}.first(size), 0};
}

} // namespace nearshore
