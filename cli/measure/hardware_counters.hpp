#pragma once
// The processor's own counters, through Linux's perf events.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nearshore {

enum class HardwareEvent : std::uint8_t { cycles, instructions, cache_misses, stalled_cycles };
inline constexpr std::size_t kHardwareEvents = 4;
inline constexpr std::array<std::string_view, kHardwareEvents> kHardwareEventNames{
    "cycles", "instructions", "cache_misses", "stalled_cycles"};

/// Counts this thread and those that it starts later, in user space.
class HardwareCounters {
public:
  /// Make it before the threads that are to be counted. Never throws: what the machine does not
  /// count is absent.
  HardwareCounters();
  ~HardwareCounters();
  HardwareCounters(const HardwareCounters&) = delete;
  HardwareCounters& operator=(const HardwareCounters&) = delete;

  void start();
  void stop();
  /// Events between start and stop, scaled up where the counter was shared; nothing where they are
  /// not counted.
  [[nodiscard]] std::optional<double> count(HardwareEvent) const;
  /// Why an event is not counted, in the system's words; empty where it is.
  [[nodiscard]] const std::string& absence(HardwareEvent) const;

private:
  struct Counter {
    int descriptor{-1};
    std::string absent;
  };
  std::array<Counter, kHardwareEvents> counters;
};

} // namespace nearshore
