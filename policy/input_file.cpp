#include "policy/input_file.hpp"

#include "policy/error.hpp"

#include <filesystem>

namespace nearshore {

void require_readable_kind(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const auto kind = fs::status(path, failed).type();
  if (kind == fs::file_type::directory)
    throw Error{ErrorKind::input, "is a folder, not a file", path};
  if (kind == fs::file_type::regular || kind == fs::file_type::none ||
      kind == fs::file_type::not_found || path.starts_with("/dev/") || path.starts_with("/proc/"))
    return;
  throw Error{ErrorKind::input, "not a file", path, "a regular file, /dev/stdin or <(command)"};
}

} // namespace nearshore
