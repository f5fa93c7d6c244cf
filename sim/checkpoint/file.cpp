#include "sim/checkpoint/file.hpp"

#include "sim/checkpoint/damaged.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace nearshore {
namespace {

constexpr std::size_t kMostAtOnce = std::size_t{1} << 30; // a system call takes no more

[[noreturn]] void refuse(const std::string& path, const std::string& doing, int code) {
  throw Error{kind_of_errno(code), "cannot " + doing + ": " + std::strerror(code), path};
}

/// Reasons that lie in the path that was given, and not in the machine.
bool is_wrong_path(int code) {
  return code == ENOENT || code == ENOTDIR || code == EACCES || code == ELOOP ||
         code == ENAMETOOLONG || code == ENXIO;
}

int open_as(const std::string& path, File::Mode mode) {
  const int flags = mode == File::Mode::read
                        ? O_RDONLY
                        : O_RDWR | O_CREAT | (mode == File::Mode::create ? O_TRUNC : 0);
  // Without O_NONBLOCK a pipe in the place of a file would be waited for.
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0666);
  if (descriptor < 0 && mode == File::Mode::read && is_wrong_path(errno))
    throw Error{ErrorKind::input, std::string{"cannot read the file: "} + std::strerror(errno),
                path, "a checkpoint as `nearshore run --checkpoint-every` wrote it"};
  if (descriptor < 0)
    refuse(path, mode == File::Mode::read ? "read the file" : "write the file", errno);
  struct stat now {};
  if (::fstat(descriptor, &now) == 0 && !S_ISREG(now.st_mode)) {
    ::close(descriptor);
    throw DamagedFile{path, "not a file"};
  }
  return descriptor;
}

} // namespace

File::File(std::string path, Mode mode) : name(std::move(path)), descriptor(open_as(name, mode)) {}

File::~File() {
  ::close(descriptor);
}

void File::write(const void* data, std::size_t bytes) {
  const char* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const auto n = ::write(descriptor, at, std::min(bytes, kMostAtOnce));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) refuse(name, "write the file", errno);
    at += n;
    bytes -= static_cast<std::size_t>(n);
  }
}

void File::read(void* data, std::size_t bytes) {
  char* at = static_cast<char*>(data);
  while (bytes > 0) {
    const auto n = ::read(descriptor, at, std::min(bytes, kMostAtOnce));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) refuse(name, "read the file", errno);
    if (n == 0) throw DamagedFile{name, "it ends too early"};
    at += n;
    bytes -= static_cast<std::size_t>(n);
  }
}

std::uint64_t File::size() const {
  struct stat now {};
  if (::fstat(descriptor, &now) != 0) refuse(name, "measure the file", errno);
  if (!S_ISREG(now.st_mode)) throw DamagedFile{name, "it is no file"};
  return static_cast<std::uint64_t>(now.st_size);
}

void File::seek(std::uint64_t from_start) {
  if (::lseek(descriptor, static_cast<off_t>(from_start), SEEK_SET) < 0)
    refuse(name, "go to a place in the file", errno);
}

void File::truncate(std::uint64_t bytes) {
  if (::ftruncate(descriptor, static_cast<off_t>(bytes)) != 0)
    refuse(name, "shorten the file", errno);
}

void File::sync() {
  if (::fsync(descriptor) != 0) refuse(name, "write the file", errno);
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

void rename_durably(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) refuse(to, "name the file", errno);
  sync_folder_of(to);
}

void sync_and_name(const std::string& beside, const std::string& name) {
  try {
    File{beside, File::Mode::append}.sync();
    rename_durably(beside, name);
  } catch (...) {
    remove_quietly(beside);
    throw;
  }
}

void sync_folder_of(const std::string& path) {
  auto folder = std::filesystem::path{path}.parent_path();
  if (folder.empty()) folder = ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return; // a folder that may be written and not read: nothing can be done
  (void)::fsync(descriptor);  // some file systems cannot, and need not
  ::close(descriptor);
}

void remove_quietly(const std::string& path) noexcept {
  (void)::unlink(path.c_str());
}

std::uint32_t checksum(const void* data, std::size_t bytes, std::uint32_t before) {
  return static_cast<std::uint32_t>(
      ::crc32_z(before, static_cast<const unsigned char*>(data), bytes));
}

} // namespace nearshore
