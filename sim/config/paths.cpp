#include "sim/config/paths.hpp"

#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/config/project_root.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

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

/// Names in a folder, without their ending `ending`. Of a huge folder only some: it is for a hint.
std::vector<std::string> stems_in(const fs::path& folder, const fs::path& ending) {
  constexpr std::size_t kMost = 1000;
  std::vector<std::string> out;
  std::error_code failed;
  std::size_t seen = 0;
  for (fs::directory_iterator at{folder.empty() ? fs::path{"."} : folder, failed}, end;
       !failed && at != end && seen < kMost; at.increment(failed), ++seen)
    if (at->path().extension() == ending) out.push_back(at->path().stem().string());
  std::sort(out.begin(), out.end()); // the order of a folder is any
  return out;
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
  if (const char* given = std::getenv("NEARSHORE_ROOT"); given && *given) {
    if (std::error_code failed; !fs::is_directory(fs::path(given) / "configs", failed))
      throw Error(ErrorKind::input, fmt::format("'{}' has no folder configs", given),
                  "NEARSHORE_ROOT", "the project's folder, or do not set it");
    return given;
  }
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

std::string nearest_input(const std::string& path) {
  const fs::path asked{path};
  const fs::path ending = asked.has_extension() ? asked.extension() : ".toml";
  for (const auto& folder : {asked.parent_path(), fs::path(project_root()) / asked.parent_path()}) {
    const auto stems = stems_in(folder, ending);
    const auto near = nearest(asked.stem().string(), std::span<const std::string>(stems));
    if (!near.empty()) return (asked.parent_path() / (near + ending.string())).string();
  }
  return {};
}

} // namespace nearshore
