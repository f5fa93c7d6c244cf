#pragma once
// A binary file of named sections, each an array with its type, length and checksum, and a last one
// that says how many there are. Little-endian. Layout (docs/reliability.md): 16 bytes of header,
// then for each section 32 bytes, its name, its values.
#include "sim/checkpoint/file.hpp"

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nearshore {

static_assert(std::endian::native == std::endian::little);

/// What an element is: its bytes, and whether they are a number.
template <class T> constexpr std::uint16_t element_type() {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) < 256);
  const char letter = std::is_floating_point_v<T> ? 'f'
                      : !std::is_integral_v<T>    ? 's'
                      : std::is_signed_v<T>       ? 'i'
                                                  : 'u';
  return static_cast<std::uint16_t>(static_cast<unsigned>(letter) << 8 | sizeof(T));
}

class SectionWriter {
public:
  /// Creates the file, emptying one that is there. Throws Error.
  explicit SectionWriter(const std::string& path);
  template <class T> void values(std::string_view name, std::span<const T> list) {
    section(name, element_type<T>(), list.size(), list.data(), list.size_bytes());
  }
  void text(std::string_view name, std::string_view value) {
    values(name, std::span<const char>{value.data(), value.size()});
  }
  /// The last section; returns when the disk has everything.
  void finish();
  [[nodiscard]] std::uint64_t bytes_of_values() const { return bytes; }

private:
  File file;
  std::uint64_t count{0}, bytes{0};
  void section(std::string_view name, std::uint16_t type, std::uint64_t n, const void* data,
               std::size_t size);
};

class SectionReader {
public:
  /// Opens a file; throws DamagedFile where it is none of this kind.
  explicit SectionReader(const std::string& path);
  /// Reads every section and checks it. Throws DamagedFile.
  static void verify(const std::string& path);

  /// The next section, which must have this name and type and fit: `most` elements at most, and no
  /// more than the file holds (checked before anything is allocated). Throws DamagedFile.
  template <class V> void values(std::string_view name, V& into, std::uint64_t most) {
    using T = typename V::value_type;
    const auto n = open(name, element_type<T>());
    if (n > most) wrong_length(name, n, most);
    into.resize(n);
    take(into.data(), n * sizeof(T));
  }
  /// The same, of exactly so many elements as `into` has.
  template <class V> void exactly(std::string_view name, V& into) {
    using T = typename V::value_type;
    const auto n = open(name, element_type<T>());
    if (n != into.size()) wrong_length(name, n, into.size());
    take(into.data(), n * sizeof(T));
  }
  std::string text(std::string_view name, std::uint64_t most);
  /// The last section.
  void finish();
  [[nodiscard]] const std::string& path() const { return file.path(); }
  /// Bytes of the file that were not read yet: no more can follow.
  [[nodiscard]] std::uint64_t bytes_left() const { return left; }

private:
  struct Head {
    std::uint32_t mark;
    std::uint16_t type, name_bytes;
    std::uint64_t count;
    std::uint32_t values_sum, name_sum, unused, head_sum;
  };
  static_assert(sizeof(Head) == 32);
  friend class SectionWriter;

  File file;
  std::uint64_t left; // bytes of the file
  std::uint64_t read{0};
  Head head{};
  std::string called; ///< the present section

  void next();
  std::uint64_t open(std::string_view wanted, std::uint16_t type);
  void take(void* into, std::size_t bytes);
  void skip();
  [[noreturn]] void wrong_length(std::string_view section, std::uint64_t n, std::uint64_t wanted);
};

} // namespace nearshore
