#include "sim/gather_time.hpp"

#include "agents/random.hpp"

#include <algorithm>
#include <array>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace nearshore {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kMostFirms = 2'000'000; // beyond, no cache matters
constexpr std::size_t kLooks = 1U << 16;      // of a pass and thread
constexpr int kPasses = 6;

/// A cache line of what is looked up about a firm.
struct alignas(64) Line {
  std::uint64_t value[8];
};

std::uint64_t look_around_table(const std::vector<Line>& table, std::uint64_t key) {
  std::array<std::uint64_t, 4> sums{}; // looks do not wait for each other, as in the months
  for (std::size_t i = 0; i < kLooks; ++i) {
    const auto bits = hashed(key, static_cast<std::uint32_t>(i));
    const auto place = static_cast<std::size_t>(((bits >> 32) * table.size()) >> 32);
    sums[i % 4] += table[place].value[i % 8];
  }
  return sums[0] + sums[1] + sums[2] + sums[3];
}

} // namespace

double gather_seconds(std::size_t firms, int copies, int threads) {
  const std::size_t n = std::clamp<std::size_t>(firms, 1, kMostFirms);
  std::vector<std::vector<Line>> tables(static_cast<std::size_t>(copies), std::vector<Line>(n));
  std::barrier together{copies * threads};
  std::vector<double> best(static_cast<std::size_t>(copies * threads), 1e9);
  std::vector<std::uint64_t> seen(best.size());
  const auto work = [&](std::size_t me) {
    const auto& table = tables[me / static_cast<std::size_t>(threads)];
    for (int pass = 0; pass < kPasses; ++pass) {
      together.arrive_and_wait();
      const auto start = Clock::now();
      seen[me] += look_around_table(table, me * 1000 + static_cast<std::size_t>(pass));
      best[me] = std::min(best[me], std::chrono::duration<double>(Clock::now() - start).count());
    }
  };
  {
    std::vector<std::jthread> team;
    for (std::size_t t = 1; t < best.size(); ++t)
      team.emplace_back(work, t);
    work(0);
  }
  volatile std::uint64_t wanted = seen[0];
  (void)wanted;
  double sum = 0;
  for (const double b : best)
    sum += b;
  return sum / static_cast<double>(best.size() * kLooks);
}

} // namespace nearshore
