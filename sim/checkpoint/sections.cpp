#include "sim/checkpoint/sections.hpp"

#include "sim/checkpoint/damaged.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace nearshore {
namespace {

constexpr std::array<char, 8> kMagic{'N', 'S', 'C', 'H', 'K', 'P', 'T', '\n'};
constexpr std::uint32_t kLayout = 1;        // of this file; the state it holds has its own checks
constexpr std::uint32_t kMark = 0x54434553; // "SECT"
constexpr std::string_view kEnd = "end";
constexpr std::size_t kLongestName = 256;
constexpr std::size_t kPiece = std::size_t{1} << 20;

struct FileHead {
  std::array<char, 8> magic;
  std::uint32_t layout, sum;
};
static_assert(sizeof(FileHead) == 16);

std::uint32_t sum_of(const FileHead& head) {
  return checksum(&head, offsetof(FileHead, sum));
}

} // namespace

SectionWriter::SectionWriter(const std::string& path) : file(path, File::Mode::create) {
  FileHead head{kMagic, kLayout, 0};
  head.sum = sum_of(head);
  file.write(&head, sizeof head);
}

void SectionWriter::section(std::string_view name, std::uint16_t type, std::uint64_t n,
                            const void* data, std::size_t size) {
  SectionReader::Head head{kMark,
                           type,
                           static_cast<std::uint16_t>(name.size()),
                           n,
                           checksum(data, size),
                           checksum(name.data(), name.size()),
                           0,
                           0};
  head.head_sum = checksum(&head, offsetof(SectionReader::Head, head_sum));
  file.write(&head, sizeof head);
  file.write(name.data(), name.size());
  file.write(data, size);
  ++count;
  bytes += size;
}

void SectionWriter::finish() {
  const std::uint64_t before = count;
  values(kEnd, std::span<const std::uint64_t>{&before, 1});
  file.sync();
}

SectionReader::SectionReader(const std::string& path)
    : file(path, File::Mode::read), left(file.size()) {
  FileHead first{};
  if (left < sizeof first) throw DamagedFile{path, "it ends too early"};
  file.read(&first, sizeof first);
  left -= sizeof first;
  if (first.magic != kMagic) throw DamagedFile{path, "it is no checkpoint"};
  if (first.sum != sum_of(first)) throw DamagedFile{path, "its first bytes have another checksum"};
  if (first.layout != kLayout)
    throw DamagedFile{path, "it has layout " + std::to_string(first.layout) +
                                ", and this program " + "reads layout " + std::to_string(kLayout)};
}

/// Reads the head and name of the next section; its values must be in the file.
void SectionReader::next() {
  if (left < sizeof head) throw DamagedFile{path(), "it ends too early"};
  file.read(&head, sizeof head);
  left -= sizeof head;
  if (head.mark != kMark || head.head_sum != checksum(&head, offsetof(Head, head_sum)))
    throw DamagedFile{path(),
                      "the head of section " + std::to_string(read) + " has another checksum"};
  if (head.name_bytes > kLongestName || head.name_bytes > left)
    throw DamagedFile{path(), "the name of a section is too long"};
  called.resize(head.name_bytes);
  file.read(called.data(), called.size());
  left -= called.size();
  if (checksum(called.data(), called.size()) != head.name_sum)
    throw DamagedFile{path(),
                      "the name of section " + std::to_string(read) + " has another checksum"};
  const std::uint64_t size = head.type & 0xFFU;
  if (size == 0 || head.count > left / size)
    throw DamagedFile{path(), "section '" + called + "' is longer than the file"};
  ++read;
}

std::uint64_t SectionReader::open(std::string_view wanted, std::uint16_t type) {
  next();
  if (called != wanted)
    throw DamagedFile{path(),
                      "section '" + called + "' where '" + std::string{wanted} + "' is expected"};
  if (head.type != type) throw DamagedFile{path(), "section '" + called + "' has another type"};
  return head.count;
}

void SectionReader::take(void* into, std::size_t bytes) {
  file.read(into, bytes);
  left -= bytes;
  if (checksum(into, bytes) != head.values_sum)
    throw DamagedFile{path(), "section '" + called + "' has another checksum"};
}

void SectionReader::skip() {
  std::uint64_t rest = head.count * (head.type & 0xFFU);
  std::vector<char> piece(static_cast<std::size_t>(std::min<std::uint64_t>(rest, kPiece)));
  std::uint32_t sum = checksum(nullptr, 0);
  while (rest > 0) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(rest, piece.size()));
    file.read(piece.data(), n);
    sum = checksum(piece.data(), n, sum);
    left -= n;
    rest -= n;
  }
  if (sum != head.values_sum)
    throw DamagedFile{path(), "section '" + called + "' has another checksum"};
}

std::string SectionReader::text(std::string_view wanted, std::uint64_t most) {
  std::string value;
  values(wanted, value, most);
  return value;
}

void SectionReader::finish() {
  const auto before = read;
  std::vector<std::uint64_t> count(1);
  exactly(kEnd, count);
  if (count[0] != before || left != 0) throw DamagedFile{path(), "it does not end as it should"};
}

void SectionReader::verify(const std::string& path) {
  SectionReader reader{path};
  for (;;) {
    const auto before = reader.read;
    reader.next();
    if (reader.called != kEnd) {
      reader.skip();
      continue;
    }
    std::uint64_t count = 0;
    if (reader.head.type != element_type<std::uint64_t>() || reader.head.count != 1)
      throw DamagedFile{path, "it does not end as it should"};
    reader.take(&count, sizeof count);
    if (count != before || reader.left != 0)
      throw DamagedFile{path, "it does not end as it should"};
    return;
  }
}

void SectionReader::wrong_length(std::string_view section, std::uint64_t n, std::uint64_t wanted) {
  throw DamagedFile{path(), "section '" + std::string{section} + "' has " + std::to_string(n) +
                                " elements instead of " + std::to_string(wanted)};
}

} // namespace nearshore
