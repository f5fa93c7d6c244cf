#include "sim/checkpoint/output_lock.hpp"

#include "policy/error.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nearshore {
namespace {

constexpr const char* kPlace = "a file name in a folder that exists and may be written";

/// "process 4711 on host"; what a holder wrote about itself.
std::string holder(int descriptor) {
  std::array<char, 300> text{};
  const auto n = ::pread(descriptor, text.data(), text.size() - 1, 0);
  std::string who{text.data(), n > 0 ? static_cast<std::size_t>(n) : 0};
  while (!who.empty() && who.back() == '\n')
    who.pop_back();
  return who.empty() ? "" : " (" + who + ")";
}

void write_holder(int descriptor) {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host = {};
  const auto text = fmt::format("process {} on {}\n", ::getpid(), host.data());
  // For people only: that it is locked does not hang on what it says.
  if (::ftruncate(descriptor, 0) != 0 ||
      ::pwrite(descriptor, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    return;
}

/// Whether a path still names an open file: who had it before may have removed it meanwhile.
bool still_named(const std::string& path, int descriptor) {
  struct stat named {
  }, open{};
  return ::stat(path.c_str(), &named) == 0 && ::fstat(descriptor, &open) == 0 &&
         named.st_ino == open.st_ino && named.st_dev == open.st_dev;
}

} // namespace

OutputLock::OutputLock(const std::string& output) : path(output + ".lock") {
  for (;;) {
    descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor < 0)
      throw Error{kind_of_errno(errno), "cannot write '" + output + "': " + std::strerror(errno),
                  "output", kPlace};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      const auto who = holder(descriptor);
      ::close(descriptor);
      throw Error{ErrorKind::busy, "cannot write '" + output + "': another run is writing it" + who,
                  "output", "another name (--output), or wait until that run has ended"};
    } // a file system without locks has none to keep
    if (still_named(path, descriptor)) break;
    ::close(descriptor);
  }
  write_holder(descriptor);
}

OutputLock::~OutputLock() {
  ::unlink(path.c_str()); // while it is held: nobody can take a file that has no name
  ::close(descriptor);
}

} // namespace nearshore
