#include "sim/config/paths.hpp"

#include "sim/config/project_root.hpp"

#include <cstdlib>
#include <filesystem>

namespace nearshore {

namespace fs = std::filesystem;

namespace {

/// PREFIX/share/nearshore of a program installed as PREFIX/bin/nearshore, wherever PREFIX was moved
/// to since; empty if the program is not installed.
std::string installed_root() {
  std::error_code failed;
  const auto program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return {};
  const auto share = program.parent_path().parent_path() / "share" / "nearshore";
  return fs::exists(share / "configs", failed) ? share.string() : std::string{};
}

std::string& root_of_package() {
  static std::string root;
  return root;
}

} // namespace

void set_project_root(std::string root) {
  root_of_package() = std::move(root);
}

std::string project_root() {
  if (const char* given = std::getenv("NEARSHORE_ROOT"); given && *given) return given;
  if (!root_of_package().empty()) return root_of_package();
  const auto installed = installed_root();
  return installed.empty() ? NEARSHORE_SOURCE_DIR : installed;
}

std::string find_input(const std::string& path) {
  std::error_code failed; // what cannot be looked at is not there; reading it will say why
  if (path.empty() || fs::path(path).is_absolute() || fs::exists(path, failed)) return path;
  auto own = fs::path(project_root()) / path;
  return fs::exists(own, failed) ? own.string() : path;
}

} // namespace nearshore
