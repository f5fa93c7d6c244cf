#include "output/disk_reservation.hpp"

#include "policy/error.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/falloc.h>
#include <new>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace nearshore {
namespace {

constexpr std::uint64_t kMetadata = 256 * 1024; // a month's B-trees and text, with plenty to spare
constexpr std::uint64_t kStep = 1024 * 1024;    // reserve this much more, where there is room

[[noreturn]] void refuse(int code) {
  throw Error{kind_of_errno(code),
              std::string{"cannot write the file: "} + std::strerror(code),
              {},
              "more space, or another place"};
}

} // namespace

DiskReservation::DiskReservation(const std::string& path)
    : descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)) {
  if (descriptor < 0) refuse(errno);
}

DiskReservation::~DiskReservation() {
  ::close(descriptor);
}

void DiskReservation::extend(std::uint64_t size, std::uint64_t more) {
  const std::uint64_t needed = size + more + kMetadata;
  if (needed <= reserved) return;
  int code = 0;
  for (const std::uint64_t wanted : {needed + kStep, needed}) {
    if (::fallocate(descriptor, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(wanted)) == 0) {
      reserved = wanted;
      return;
    }
    code = errno;
    if (code != ENOSPC && code != EDQUOT && code != EFBIG) break;
  }
  if (code != EOPNOTSUPP && code != ENOSYS) refuse(code);
  // A file system without reservations (some network ones): look, which others may make untrue.
  struct statvfs disk {};
  if (::fstatvfs(descriptor, &disk) == 0 && disk.f_bavail * disk.f_frsize < more + kMetadata)
    refuse(ENOSPC);
}

void DiskReservation::release() {
  struct stat now {};
  if (::fstat(descriptor, &now) != 0) return;
  // Some file systems keep blocks past the end unless the size changes.
  if (::ftruncate(descriptor, now.st_size + 1) == 0 && ::ftruncate(descriptor, now.st_size) != 0)
    refuse(errno);
}

void require_memory(std::size_t bytes) {
  void* const room =
      ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) throw std::bad_alloc{};
  ::munmap(room, bytes);
}

} // namespace nearshore
