#pragma once
// Memory of columns that are read or written in random order.
#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace nearshore {

/// Starts at a cache line, so that a row of a power of two of bytes lies in as few lines as it can;
/// large columns ask for large pages, without which most random reads miss the processor's table of
/// pages too.
template <class T> struct GatheredAllocator {
  using value_type = T;
  static constexpr std::size_t kLine = 64, kLargePage = std::size_t{1} << 21;

  GatheredAllocator() = default;
  template <class U> explicit GatheredAllocator(const GatheredAllocator<U>&) {}

  [[nodiscard]] T* allocate(std::size_t n) {
    const std::size_t page = n * sizeof(T) >= 2 * kLargePage ? kLargePage : kLine;
    const std::size_t bytes = (n * sizeof(T) + page - 1) / page * page;
    void* memory = std::aligned_alloc(page, bytes);
    if (memory == nullptr) throw std::bad_alloc{};
#ifdef __linux__
    if (page == kLargePage) madvise(memory, bytes, MADV_HUGEPAGE); // a wish: no harm if refused
#endif
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t) {
    std::free(memory);
  }
  bool operator==(const GatheredAllocator&) const {
    return true;
  }
};

template <class T> using Gathered = std::vector<T, GatheredAllocator<T>>;

} // namespace nearshore
