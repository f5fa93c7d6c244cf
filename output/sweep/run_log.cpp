#include "output/sweep/run_log.hpp"

#include "policy/error.hpp"

#include <zlib.h>

#include <array>
#include <bit>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace nearshore {
namespace {

static_assert(std::endian::native == std::endian::little, "records are written as they lie");

constexpr std::array<char, 8> kMagic{'n', 's', 'h', 'r', 'u', 'n', 's', '1'};
constexpr std::uint32_t kRecordMark = 0x4e524543, kEndMark = 0x43455253;

/// As it lies in the file, little-endian, without gaps.
struct Header {
  std::uint32_t mark{kRecordMark}, kind{0}, run{0}, content_check{0};
  std::uint64_t program{0}, configuration{0}, size{0};
  double seconds{0}, at{0};
  std::array<char, 32> host{};
  std::uint32_t reserved{0}, check{0}; ///< `check`: of all before it
};
static_assert(sizeof(Header) == 96);

struct Footer {
  std::uint32_t mark{kEndMark}, check{0}; ///< the header's
};
static_assert(sizeof(Footer) == 8);

std::uint32_t crc(const void* data, std::size_t size) {
  return static_cast<std::uint32_t>(
      ::crc32_z(::crc32_z(0, nullptr, 0), static_cast<const Bytef*>(data), size));
}

std::uint32_t check_of(const Header& h) {
  return crc(&h, offsetof(Header, check));
}

Error cannot(const char* what, const std::string& path) {
  return {kind_of_errno(errno), std::string{what} + ": " + std::strerror(errno), path};
}

bool read_at(int descriptor, void* into, std::size_t size, std::uint64_t from) {
  auto* to = static_cast<char*>(into);
  while (size > 0) {
    const auto n = ::pread(descriptor, to, size, static_cast<off_t>(from));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    to += n, from += static_cast<std::uint64_t>(n), size -= static_cast<std::size_t>(n);
  }
  return true;
}

bool write_at(int descriptor, const void* data, std::size_t size, std::uint64_t to) {
  const auto* from = static_cast<const char*>(data);
  while (size > 0) {
    const auto n = ::pwrite(descriptor, from, size, static_cast<off_t>(to));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    from += n, to += static_cast<std::uint64_t>(n), size -= static_cast<std::size_t>(n);
  }
  return true;
}

RunRecord record_of(const Header& h, std::uint64_t at) {
  RunRecord r;
  r.kind = static_cast<RecordKind>(h.kind);
  r.run = h.run;
  r.program = h.program;
  r.configuration = h.configuration;
  r.seconds = h.seconds;
  r.at = h.at;
  r.host.assign(h.host.data(), ::strnlen(h.host.data(), h.host.size()));
  r.offset = at + sizeof(Header);
  r.size = h.size;
  return r;
}

/// The file's locks are advisory and leave with the process; some file systems have none.
bool lock(int descriptor) {
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return true;
  return errno != EWOULDBLOCK;
}

} // namespace

double time_now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::uint32_t checksum(const std::string& bytes) {
  return crc(bytes.data(), bytes.size());
}

std::string failure_content(const RunFailure& f) {
  return std::to_string(f.code) + '\n' + f.command + '\n' + f.message;
}

RunFailure failure_of(const std::string& content) {
  const auto first = content.find('\n'), second = content.find('\n', first + 1);
  if (first == content.npos || second == content.npos) return {1, content, ""};
  return {std::atoi(content.c_str()), content.substr(second + 1),
          content.substr(first + 1, second - first - 1)};
}

RunLog::RunLog(std::string path)
    : name(std::move(path)), descriptor(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (descriptor < 0) throw cannot("cannot be written", name);
  if (!lock(descriptor)) {
    ::close(descriptor);
    throw Error{ErrorKind::busy, "another process is running this slice", name,
                "one process a slice: wait for it, or end it"};
  }
  struct stat now {};
  if (::fstat(descriptor, &now) != 0) throw cannot("cannot be read", name);
  if (static_cast<std::size_t>(now.st_size) < kMagic.size()) { // new, or killed at once
    end = kMagic.size();
    if (::ftruncate(descriptor, 0) != 0 || !write_at(descriptor, kMagic.data(), kMagic.size(), 0))
      throw cannot("cannot be written", name);
    return;
  }
  end = RunLogReader{name}.scan([](const RunRecord&) {}, true);
  if (end < static_cast<std::uint64_t>(now.st_size) &&
      ::ftruncate(descriptor, static_cast<off_t>(end)) != 0)
    throw cannot("cannot be written", name);
}

RunLog::~RunLog() {
  ::close(descriptor);
}

void RunLog::append(const RunRecord& record, const std::string& content, bool durable) {
  Header h;
  h.kind = static_cast<std::uint32_t>(record.kind);
  h.run = record.run;
  h.program = record.program;
  h.configuration = record.configuration;
  h.seconds = record.seconds;
  h.at = record.at;
  h.size = content.size();
  h.content_check = checksum(content);
  record.host.copy(h.host.data(), h.host.size() - 1);
  h.check = check_of(h);
  const Footer f{kEndMark, h.check};
  std::string bytes(sizeof h + content.size() + sizeof f, '\0');
  std::memcpy(bytes.data(), &h, sizeof h);
  content.copy(bytes.data() + sizeof h, content.size());
  std::memcpy(bytes.data() + sizeof h + content.size(), &f, sizeof f);
  const std::scoped_lock held{mutex};
  const bool written = write_at(descriptor, bytes.data(), bytes.size(), end) &&
                       (!durable || ::fdatasync(descriptor) == 0);
  if (!written) {
    const auto failure = cannot("cannot be written", name);
    [[maybe_unused]] const int ignored = ::ftruncate(descriptor, static_cast<off_t>(end));
    throw failure; // NOLINT(misc-throw-by-value-catch-by-reference): made before errno changes
  }
  end += bytes.size();
}

RunLogReader::RunLogReader(std::string path)
    : name(std::move(path)), descriptor(::open(name.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor < 0)
    throw Error{ErrorKind::input, std::string{"cannot be read: "} + std::strerror(errno), name};
}

RunLogReader::~RunLogReader() {
  if (descriptor >= 0) ::close(descriptor);
}

RunLogReader::RunLogReader(RunLogReader&& other) noexcept
    : name(std::move(other.name)), descriptor(std::exchange(other.descriptor, -1)) {}

std::uint64_t RunLogReader::scan(const std::function<void(const RunRecord&)>& take, bool contents) {
  std::array<char, kMagic.size()> magic{};
  if (!read_at(descriptor, magic.data(), magic.size(), 0)) return kMagic.size(); // just created
  if (magic != kMagic) throw Error{ErrorKind::input, "no file of a sweep's runs, or damaged", name};
  struct stat now {};
  if (::fstat(descriptor, &now) != 0 || !S_ISREG(now.st_mode))
    throw Error{ErrorKind::input, "no file of a sweep's runs", name};
  const auto bytes = static_cast<std::uint64_t>(now.st_size);
  std::uint64_t at = kMagic.size();
  while (true) {
    Header h;
    Footer f;
    if (!read_at(descriptor, &h, sizeof h, at) || h.mark != kRecordMark || h.check != check_of(h) ||
        h.size > bytes)
      return at;
    const auto after = at + sizeof h + h.size;
    if (!read_at(descriptor, &f, sizeof f, after) || f.mark != kEndMark || f.check != h.check)
      return at;
    const auto record = record_of(h, at);
    if (contents && checksum(content(record, 0, record.size)) != h.content_check) return at;
    take(record);
    at = after + sizeof f;
  }
}

std::string RunLogReader::content(const RunRecord& record, std::uint64_t from, std::uint64_t size) {
  std::string bytes; // as long as the record says only if it is as long
  if (from <= record.size && size <= record.size - from) {
    bytes.resize(size);
    if (read_at(descriptor, bytes.data(), size, record.offset + from)) return bytes;
  }
  throw Error{ErrorKind::input,
              "the results of run " + std::to_string(record.run) +
                  " cannot be read: the file has shrunk or is damaged",
              name};
}

std::string RunLogReader::content(const RunRecord& record) {
  auto bytes = content(record, 0, record.size);
  Header h;
  if (!read_at(descriptor, &h, sizeof h, record.offset - sizeof h) ||
      checksum(bytes) != h.content_check)
    throw Error{ErrorKind::input,
                "the results of run " + std::to_string(record.run) + " are damaged", name,
                "remove the file: its runs are then made again"};
  return bytes;
}

std::optional<bool> is_being_written(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {};
  const int code = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0 ? 0 : errno;
  ::close(descriptor);
  if (code == 0) return false;
  if (code == EWOULDBLOCK) return true;
  return {};
}

} // namespace nearshore
