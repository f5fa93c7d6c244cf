#pragma once
// The two directions of a checkpoint behind one visit of the state: what is saved is what is read.
#include "sim/checkpoint/damaged.hpp"
#include "sim/checkpoint/sections.hpp"

#include <cstdint>
#include <string_view>

namespace nearshore {

/// Writes what it visits.
struct StateWriter {
  static constexpr bool reads = false;
  SectionWriter& file;

  /// An array whose length is known.
  template <class V> void operator()(std::string_view name, const V& list) {
    file.values(name, std::span<const typename V::value_type>{list});
  }
  /// An array that is empty or of a known length.
  template <class V> void optional(std::string_view name, const V& list, std::uint64_t) {
    (*this)(name, list);
  }
};

/// Reads into what it visits. Throws DamagedFile.
struct StateReader {
  static constexpr bool reads = true;
  SectionReader& file;

  template <class V> void operator()(std::string_view name, V& list) { file.exactly(name, list); }
  template <class V> void optional(std::string_view name, V& list, std::uint64_t length) {
    file.values(name, list, length);
    if (!list.empty() && list.size() != length)
      throw DamagedFile{file.path(), "section '" + std::string{name} + "' is cut off"};
  }
};

} // namespace nearshore
