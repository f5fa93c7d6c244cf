#include "cli/measure/hardware_counters.hpp"

#include <cerrno>
#include <cstring>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace nearshore {
namespace {

constexpr std::array<std::uint64_t, kHardwareEvents> kEvents{
    PERF_COUNT_HW_CPU_CYCLES, PERF_COUNT_HW_INSTRUCTIONS, PERF_COUNT_HW_CACHE_MISSES,
    PERF_COUNT_HW_STALLED_CYCLES_BACKEND};

int open_counter(std::uint64_t event) {
  perf_event_attr attributes{};
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.size = sizeof attributes;
  attributes.config = event;
  attributes.disabled = 1;
  attributes.inherit = 1; // threads that are started later
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return static_cast<int>(
      ::syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
}

} // namespace

HardwareCounters::HardwareCounters() {
  for (std::size_t i = 0; i < counters.size(); ++i) {
    counters[i].descriptor = open_counter(kEvents[i]);
    if (counters[i].descriptor < 0) counters[i].absent = std::strerror(errno);
  }
}

HardwareCounters::~HardwareCounters() {
  for (const auto& c : counters)
    if (c.descriptor >= 0) ::close(c.descriptor);
}

void HardwareCounters::start() {
  for (const auto& c : counters)
    if (c.descriptor >= 0) ::ioctl(c.descriptor, PERF_EVENT_IOC_ENABLE, 0);
}

void HardwareCounters::stop() {
  for (const auto& c : counters)
    if (c.descriptor >= 0) ::ioctl(c.descriptor, PERF_EVENT_IOC_DISABLE, 0);
}

std::optional<double> HardwareCounters::count(HardwareEvent event) const {
  struct {
    std::uint64_t value, enabled, running;
  } read{};
  const auto& counter = counters[static_cast<std::size_t>(event)];
  if (counter.descriptor < 0 || ::read(counter.descriptor, &read, sizeof read) != sizeof read ||
      read.running == 0)
    return {};
  return static_cast<double>(read.value) * static_cast<double>(read.enabled) /
         static_cast<double>(read.running);
}

const std::string& HardwareCounters::absence(HardwareEvent event) const {
  return counters[static_cast<std::size_t>(event)].absent;
}

} // namespace nearshore
