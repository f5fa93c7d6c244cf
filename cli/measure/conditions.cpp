#include "cli/measure/conditions.hpp"

#include "sim/machine.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace nearshore {
namespace {

std::string processor_name() {
  std::ifstream in{"/proc/cpuinfo"};
  for (std::string line; std::getline(in, line);)
    if (line.rfind("model name", 0) == 0) {
      const auto colon = line.find(':');
      if (colon != line.npos && colon + 2 < line.size()) return line.substr(colon + 2);
    }
  return "unknown";
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double own_seconds() {
  double sum = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage used{};
    ::getrusage(who, &used);
    for (const timeval& t : {used.ru_utime, used.ru_stime})
      sum += static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  }
  return sum;
}

/// Seconds that all processors have been busy since the system began: user, nice, system,
/// interrupts and what a hypervisor took away.
std::optional<double> busy_seconds() {
  std::ifstream in{"/proc/stat"};
  std::string word;
  double user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, stolen = 0;
  if (!(in >> word >> user >> nice >> system >> idle >> wait >> irq >> soft >> stolen) ||
      word != "cpu")
    return {};
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  return (user + nice + system + irq + soft + stolen) / ticks;
}

} // namespace

MachineDescription describe_machine() {
  MachineDescription m;
  m.processor = processor_name();
  m.processors = processors();
  m.memory_bytes =
      static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
  utsname name{};
  if (::uname(&name) == 0)
    m.system = std::string{name.sysname} + " " + name.release + " " + name.machine;
  return m;
}

OthersWatch::OthersWatch()
    : start_seconds(wall_seconds()), own_before(own_seconds()), busy_before(busy_seconds()) {}

std::optional<double> OthersWatch::processors_busy() const {
  const auto busy = busy_seconds();
  const double seconds = wall_seconds() - start_seconds;
  if (!busy || !busy_before || seconds <= 0) return {};
  return std::max(0.0, *busy - *busy_before - (own_seconds() - own_before)) / seconds;
}

} // namespace nearshore
