#pragma once
// A chunk of a dataset as HDF5's filters "shuffle" and "deflate" leave it, packed by libdeflate:
// any reader of HDF5 unpacks it, and packing takes a third of zlib's time.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

struct libdeflate_compressor;

namespace nearshore {

class ChunkPacker {
public:
  /// `level`: of deflate, 1 (fast) to 12. Throws std::bad_alloc.
  explicit ChunkPacker(int level);

  struct Packed {
    std::span<const std::byte> bytes;
    std::uint32_t skipped{0}; ///< bit i: filter i was not applied, as H5Dwrite_chunk wants it told
  };
  /// Packs values of `width` bytes each; valid until the next call. What does not shrink is only
  /// shuffled.
  [[nodiscard]] Packed pack(std::span<const std::byte> values, std::size_t width);

private:
  struct Free {
    void operator()(libdeflate_compressor*) const;
  };
  std::unique_ptr<libdeflate_compressor, Free> compressor;
  std::vector<std::byte> shuffled, packed;
};

} // namespace nearshore
