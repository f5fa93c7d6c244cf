#include "sim/machine.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

namespace nearshore {
namespace {

const std::string kGroup = "/sys/fs/cgroup/";

/// The number after a word at the start of a line, as in /proc/meminfo and memory.stat.
std::optional<std::uint64_t> number_after(const std::string& file, const std::string& word) {
  std::ifstream in{file};
  std::string name;
  std::uint64_t value = 0;
  for (std::string rest; in >> name >> value; std::getline(in, rest))
    if (name == word) return value;
  return {};
}

std::optional<std::uint64_t> number_in(const std::string& file) {
  std::ifstream in{file};
  std::uint64_t value = 0;
  if (in >> value) return value; // "max" is no number: no limit
  return {};
}

/// What the control group still allows; its page cache can be given back.
std::optional<std::uint64_t> left_in_group() {
  const auto most = number_in(kGroup + "memory.max"), now = number_in(kGroup + "memory.current");
  if (!most || !now) return {};
  const auto cache = number_after(kGroup + "memory.stat", "inactive_file").value_or(0);
  const std::uint64_t taken = *now - std::min(*now, cache);
  return *most - std::min(*most, taken);
}

} // namespace

int processors() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

std::optional<std::uint64_t> available_memory() {
  const auto kibibytes = number_after("/proc/meminfo", "MemAvailable:");
  const auto group = left_in_group();
  if (!kibibytes) return group;
  return std::min(*kibibytes * 1024, group.value_or(UINT64_MAX));
}

std::uint64_t memory_limit() {
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  std::uint64_t least = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES)) * page;
  if (const auto group = number_in(kGroup + "memory.max")) least = std::min(least, *group);
  rlimit own{};
  if (::getrlimit(RLIMIT_AS, &own) == 0 && own.rlim_cur != RLIM_INFINITY)
    least = std::min<std::uint64_t>(least, own.rlim_cur);
  return least;
}

std::uint64_t resident_memory() {
  std::ifstream in{"/proc/self/statm"};
  std::uint64_t whole = 0, resident = 0;
  in >> whole >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::uint64_t memory_of_run(std::int64_t firms) {
  // Measured (peak resident set, one thread, file included): docs/ensembles.md.
  constexpr std::uint64_t kTables = 16ULL << 20, kFirm = 1800;
  return kTables + kFirm * static_cast<std::uint64_t>(firms);
}

} // namespace nearshore
