#include "sim/machine.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>

namespace nearshore {
namespace {

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
  const std::string group = "/sys/fs/cgroup/";
  const auto most = number_in(group + "memory.max"), now = number_in(group + "memory.current");
  if (!most || !now) return {};
  const auto cache = number_after(group + "memory.stat", "inactive_file").value_or(0);
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

std::uint64_t memory_of_run(std::int64_t firms) {
  // Measured (peak resident set, one thread, file included): docs/ensembles.md.
  constexpr std::uint64_t kTables = 16ULL << 20, kFirm = 1800;
  return kTables + kFirm * static_cast<std::uint64_t>(firms);
}

} // namespace nearshore
