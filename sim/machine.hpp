#pragma once
// What the machine has, and what a run needs of it: to choose how many runs go side by side.
#include <cstdint>
#include <optional>

namespace nearshore {

/// Processors that this process may use, at least 1.
int processors();

/// Bytes that may still be taken without pressing others out: what the kernel calls available, or
/// what the process's control group leaves, whichever is less. Nothing where the system does not
/// say.
std::optional<std::uint64_t> available_memory();

/// Bytes that this process may have at all: the machine's memory, its control group's limit or its
/// own (ulimit -v), whichever is least.
std::uint64_t memory_limit();

/// Bytes of this process that are in memory now; 0 where the system does not say.
std::uint64_t resident_memory();

/// Bytes that a run of so many firms takes at its peak, rounded up: a few megabytes for tables of
/// the policy, and some kilobytes a firm.
std::uint64_t memory_of_run(std::int64_t firms);

} // namespace nearshore
