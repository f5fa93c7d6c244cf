#pragma once
// The only place where threads exist: one loop over blocks of firms. The size of a block does not
// depend on the number of threads, so whatever is done per block is the same for any number of
// them.
#include <cstddef>
#include <functional>
#include <memory>

namespace nearshore {

inline constexpr std::size_t kBlock = 512; ///< firms a block
/// Firms a block where nothing is summed and rounded by block: smaller, so that a few thousand
/// firms keep all threads busy to the end of a pass. A multiple of 64 (FirmBits).
inline constexpr std::size_t kSmallBlock = 128;
/// Firms over which passes of a block take turns: what one gathered is in the cache for the next.
inline constexpr std::size_t kGroup = 64;

class Workers {
public:
  /// `threads` = 0: one per core.
  explicit Workers(int threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  [[nodiscard]] int threads() const;
  /// Calls body(begin, end, worker) for every block of [0, n); worker < threads() names the
  /// thread's scratch.
  void for_blocks(std::size_t n,
                  const std::function<void(std::size_t begin, std::size_t end, int worker)>& body,
                  std::size_t block = kBlock) const;
  /// Calls body(index, worker) for every index of [0, count): for work that is not by firm, such as
  /// one producer or one group of sellers. Indices start in order: put the longest first.
  void for_each(std::size_t count,
                const std::function<void(std::size_t index, int worker)>& body) const;
  /// How many distinct threads have run a block so far.
  [[nodiscard]] int threads_used() const;

private:
  void run(std::size_t tasks, const std::function<void(std::size_t task, int worker)>& body) const;
  struct State;
  std::unique_ptr<State> state;
};

} // namespace nearshore
