#include "agents/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#ifdef NEARSHORE_STD_THREADS // the thread sanitizer cannot see into Debian's oneTBB
#include <mutex>
#else
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#endif

namespace nearshore {
namespace {

int thread_count(int asked) {
  if (asked > 0) return asked;
#ifdef NEARSHORE_STD_THREADS
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
#else
  return tbb::this_task_arena::max_concurrency();
#endif
}

} // namespace

struct Workers::State {
  int threads;
  std::vector<std::atomic<bool>> used;
#ifndef NEARSHORE_STD_THREADS
  // An arena alone cannot have more threads than cores: the limit is lifted beside it. Where there
  // is no need it stays alone, for the lowest limit of all runs of the process is the one that
  // counts.
  std::optional<tbb::global_control> limit;
  tbb::task_arena arena;
  explicit State(int n) : threads(n), used(static_cast<std::size_t>(n)), arena(n) {
    if (n > tbb::this_task_arena::max_concurrency())
      limit.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(n));
  }
#else
  explicit State(int n) : threads(n), used(static_cast<std::size_t>(n)) {}
#endif
};

Workers::Workers(int threads) : state(std::make_unique<State>(thread_count(threads))) {}
Workers::~Workers() = default;

int Workers::threads() const {
  return state->threads;
}

int Workers::threads_used() const {
  return static_cast<int>(std::count_if(state->used.begin(), state->used.end(),
                                        [](const auto& u) { return u.load(); }));
}

void Workers::run(std::size_t tasks,
                  const std::function<void(std::size_t task, int worker)>& body) const {
  const auto run_task = [&](std::size_t task, int worker) {
    state->used[static_cast<std::size_t>(worker)].store(true, std::memory_order_relaxed);
    body(task, worker);
  };
#ifdef NEARSHORE_STD_THREADS
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> team;
  for (int w = 0; w < state->threads; ++w)
    team.emplace_back([&, w] {
      for (std::size_t t; (t = next.fetch_add(1)) < tasks;)
        run_task(t, w);
    });
#else
  state->arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, tasks, 1), [&](const auto& range) {
      for (auto t = range.begin(); t != range.end(); ++t)
        run_task(t, tbb::this_task_arena::current_thread_index());
    });
  });
#endif
}

void Workers::for_blocks(std::size_t n,
                         const std::function<void(std::size_t, std::size_t, int)>& body,
                         std::size_t block) const {
  for_each((n + block - 1) / block, [&](std::size_t i, int worker) {
    body(i * block, std::min(n, (i + 1) * block), worker);
  });
}

/// One task a thread, which takes the next index until none is left: no thread is given more than
/// one index ahead, so all end together.
void Workers::for_each(std::size_t count, const std::function<void(std::size_t, int)>& body) const {
  std::atomic<std::size_t> next{0};
  run(std::min(count, static_cast<std::size_t>(state->threads)), [&](std::size_t, int worker) {
    for (std::size_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;)
      body(i, worker);
  });
}

} // namespace nearshore
