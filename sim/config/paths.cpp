#include "sim/config/paths.hpp"

#include <cstdlib>
#include <filesystem>

namespace nearshore {

namespace fs = std::filesystem;

std::string project_root() {
  const char* given = std::getenv("NEARSHORE_ROOT");
  return given && *given ? given : NEARSHORE_SOURCE_DIR;
}

std::string find_input(const std::string& path) {
  if (path.empty() || fs::path(path).is_absolute() || fs::exists(path)) return path;
  auto own = fs::path(project_root()) / path;
  return fs::exists(own) ? own.string() : path;
}

} // namespace nearshore
