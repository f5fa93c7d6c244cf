#include "cli/cost_text.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace nearshore {

std::string bytes_text(double bytes) {
  if (bytes < 0.9995e9) return fmt::format("{:.3g} MB", bytes / 1e6);
  return fmt::format("{:.2f} GB", bytes / 1e9);
}

std::string seconds_text(double seconds) {
  if (seconds < 120) return fmt::format("{:.2g} s", seconds);
  if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

/// Free bytes where a file would lie; nothing where the system does not say.
std::optional<double> free_disk(const std::string& file) {
  auto folder = std::filesystem::path{file}.parent_path();
  std::error_code failed;
  while (!folder.empty() && !std::filesystem::exists(folder, failed)) // one to be made yet
    folder = folder.parent_path();
  if (folder.empty()) folder = ".";
  const auto space = std::filesystem::space(folder, failed);
  if (failed) return {};
  return static_cast<double>(space.available);
}

std::string cost_line(const std::string& name, const std::string& value) {
  return fmt::format("{:<16} {}\n", name, value);
}

/// "120 MB of 3.40 GB free", with a warning where it is not enough.
std::string of_free(double needed, std::optional<double> free) {
  if (!free) return bytes_text(needed);
  return fmt::format("{}, of {} free{}", bytes_text(needed), bytes_text(*free),
                     needed > *free ? ": NOT ENOUGH" : "");
}

} // namespace nearshore
