// Speed of the inner passes on a laid-out population, on one thread:
// cmake --build build --target nearshore_bench && build/nearshore_bench [--benchmark_filter=REGEX]
#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
