#include "tests/fuzz/targets.hpp"

#include "sim/config/paths.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <unistd.h>

namespace nearshore::fuzz {
namespace {

namespace fs = std::filesystem;

/// In memory where the system has such a folder: every input is written once.
fs::path fast_folder() {
  const fs::path memory{"/dev/shm"};
  return ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
}

} // namespace

Scratch::Scratch(const std::string& name) {
  path = (fast_folder() / ("nearshore-fuzz-" + name + "-XXXXXX")).string();
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
  fs::copy(fs::path{project_root()} / "tests/fuzz/small", path);
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

std::string Scratch::write(const std::string& file, Bytes content) const {
  auto name = path + "/" + file;
  const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::runtime_error{"cannot write " + name};
  const auto* at = content.data();
  for (auto left = content.size(); left > 0;) {
    const auto n = ::write(descriptor, at, left);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) break;
    at += n;
    left -= static_cast<std::size_t>(n);
  }
  ::close(descriptor);
  return name;
}

std::string Scratch::write(const std::string& file, std::string_view content) const {
  return write(file, Bytes{reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
}

} // namespace nearshore::fuzz
