#pragma once
// Work in a process of its own: its peak memory is its alone, and no measurement warms another.
#include <functional>
#include <string>
#include <vector>

namespace nearshore {

struct ChildResult {
  std::string text;       ///< what the work returned
  double wall_seconds{0}; ///< from its start to its end
  double cpu_seconds{0};  ///< user and system time of all its threads
  double peak_bytes{0};   ///< largest resident set
};

/// Runs `work` in a forked process and gives what it returned. The calling process must have a
/// single thread. An Error thrown by the work is thrown again here; a child that dies is an Error
/// (resource where it was killed, as for want of memory).
ChildResult in_child(const std::function<std::string()>& work);

/// Starts this program `copies` times at once with the arguments given (each list is one copy) and
/// waits for all. Their output is discarded; a copy that fails is an Error with its status. Wall
/// time is that until the last one ended; processor time is the sum, memory that of the largest.
ChildResult run_program(const std::vector<std::vector<std::string>>& copies);

} // namespace nearshore
