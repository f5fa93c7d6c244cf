#include "output/hdf5_seal.hpp"

#include "sim/checkpoint/file.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace nearshore::hdf5 {
namespace {

constexpr std::array<char, 16> kMagic{'n', 'e', 'a', 'r', 's', 'h', 'o', 'r',
                                      'e', ' ', 's', 'e', 'a', 'l', '1', '\n'};
constexpr std::size_t kPiece = std::size_t{1} << 20;

/// As it lies in the file, little-endian.
struct Trailer {
  std::array<char, 16> magic;
  std::uint64_t bytes; ///< before the trailer
  std::uint32_t sum;   ///< their CRC-32
  std::uint32_t own;   ///< CRC-32 of what is above
};
static_assert(sizeof(Trailer) == 32);

std::uint32_t own_sum(const Trailer& t) {
  return libdeflate_crc32(0, &t, offsetof(Trailer, own));
}

std::uint32_t sum_of(File& file, std::uint64_t bytes) {
  std::vector<char> piece(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kPiece)));
  std::uint32_t sum = 0;
  file.seek(0);
  while (bytes > 0) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, piece.size()));
    file.read(piece.data(), n);
    sum = libdeflate_crc32(sum, piece.data(), n);
    bytes -= n;
  }
  return sum;
}

} // namespace

void seal(const std::string& path) {
  File file{path, File::Mode::append};
  const auto bytes = file.size();
  Trailer trailer{kMagic, bytes, sum_of(file, bytes), 0};
  trailer.own = own_sum(trailer);
  file.seek(bytes);
  file.write(&trailer, sizeof trailer);
}

Seal seal_of(const std::string& path) {
  File file{path, File::Mode::read};
  const auto size = file.size();
  if (size < sizeof(Trailer)) return Seal::none;
  Trailer trailer{};
  file.seek(size - sizeof trailer);
  file.read(&trailer, sizeof trailer);
  if (trailer.magic != kMagic) return Seal::none;
  const auto bytes = size - sizeof trailer;
  const bool whole = trailer.own == own_sum(trailer) && trailer.bytes == bytes &&
                     trailer.sum == sum_of(file, bytes);
  return whole ? Seal::whole : Seal::broken;
}

} // namespace nearshore::hdf5
