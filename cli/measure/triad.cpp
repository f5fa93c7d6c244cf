#include "cli/measure/triad.hpp"

#include <algorithm>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <memory>
#include <thread>
#include <unistd.h>
#include <vector>

namespace nearshore {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kPasses = 6; // the first one brings the pages in
constexpr double kScale = 3;

/// Four times the last-level cache for each array, as STREAM asks, within reason.
std::size_t elements() {
  const long cache = ::sysconf(_SC_LEVEL3_CACHE_SIZE);
  const auto bytes = std::clamp<std::size_t>(4 * static_cast<std::size_t>(std::max(0L, cache)),
                                             64ULL << 20, 256ULL << 20);
  return bytes / sizeof(double);
}

struct Arrays {
  // Not initialised: each thread touches its part first.
  explicit Arrays(std::size_t n) : a(new double[n]), b(new double[n]), c(new double[n]) {}
  std::unique_ptr<double[]> a, b, c;
};

void triad(Arrays& on, std::size_t begin, std::size_t end) {
  double* a = on.a.get();
  const double *b = on.b.get(), *c = on.c.get();
  for (std::size_t i = begin; i < end; ++i)
    a[i] = b[i] + kScale * c[i];
}

} // namespace

double triad_bandwidth(int threads) {
  const std::size_t n = elements();
  Arrays arrays{n};
  std::barrier together{threads};
  double best = 0;
  const auto work = [&](std::size_t me) {
    const auto share = n / static_cast<std::size_t>(threads);
    const std::size_t begin = me * share,
                      end = me + 1 == static_cast<std::size_t>(threads) ? n : begin + share;
    std::fill(arrays.b.get() + begin, arrays.b.get() + end, 1.0);
    std::fill(arrays.c.get() + begin, arrays.c.get() + end, 2.0);
    for (int pass = 0; pass < kPasses; ++pass) {
      together.arrive_and_wait();
      const auto start = Clock::now();
      triad(arrays, begin, end);
      together.arrive_and_wait();
      const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
      if (me == 0 && pass > 0)
        best = std::max(best, 3 * sizeof(double) * static_cast<double>(n) / seconds);
    }
  };
  {
    std::vector<std::jthread> team;
    for (int t = 1; t < threads; ++t)
      team.emplace_back(work, static_cast<std::size_t>(t));
    work(0);
  }
  volatile double seen = arrays.a[n / 2]; // the result is wanted
  (void)seen;
  return best;
}

} // namespace nearshore
