#include "sim/checkpoint/records.hpp"

#include "sim/checkpoint/damaged.hpp"

#include <algorithm>
#include <cstring>

namespace nearshore {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;
constexpr std::uint32_t kMark = 0x544E4F4D; // "MONT"

/// Before each month.
struct Head {
  std::uint32_t mark;
  std::int32_t month; ///< Month::count
  std::uint32_t spin_up, unused;
  std::int64_t firms;
  std::uint64_t bytes; ///< of arrays that follow; 0 of a spin-up
};
static_assert(sizeof(Head) == 32);

/// Puts arrays behind one another, each after its length.
struct Packer {
  std::vector<char>& out;
  template <class V> void operator()(const V& list) {
    using T = typename V::value_type;
    static_assert(std::is_trivially_copyable_v<T>);
    const std::uint64_t n = list.size();
    put(&n, sizeof n);
    put(list.data(), n * sizeof(T));
  }
  template <class V> void optional(const V& list, std::size_t) { (*this)(list); }

private:
  void put(const void* data, std::size_t bytes) {
    const auto* from = static_cast<const char*>(data);
    out.insert(out.end(), from, from + bytes);
  }
};

/// Takes them apart; an array has the length it had, or may be empty where it is optional.
struct Unpacker {
  const std::string& path;
  const char* at;
  std::size_t left;
  template <class V> void operator()(V& list) { fill(list, length(list.size(), false)); }
  template <class V> void optional(V& list, std::size_t wanted) {
    list.resize(length(wanted, true));
    fill(list, list.size());
  }

private:
  std::size_t length(std::size_t wanted, bool may_be_empty) {
    std::uint64_t n = 0;
    take(&n, sizeof n);
    if (n != wanted && !(may_be_empty && n == 0))
      throw DamagedFile{path, "an array of a month has " + std::to_string(n) +
                                  " elements instead of " + std::to_string(wanted)};
    return static_cast<std::size_t>(n);
  }
  template <class V> void fill(V& list, std::size_t n) {
    take(list.data(), n * sizeof(typename V::value_type));
  }
  void take(void* into, std::size_t bytes) {
    if (bytes > left) throw DamagedFile{path, "a month ends too early"};
    if (bytes > 0) std::memcpy(into, at, bytes);
    at += bytes;
    left -= bytes;
  }
};

} // namespace

RecordLog::RecordLog(const std::string& path, const LogEnd& from)
    : file(path, File::Mode::append), end(from) {
  if (file.size() < end.bytes) throw DamagedFile{path, "it ends too early"};
  file.truncate(end.bytes);
  file.seek(end.bytes);
}

void RecordLog::append(const MonthRecord& record) {
  month.assign(sizeof(Head), 0);
  if (!record.spin_up) visit_record(record, Packer{month});
  const Head head{kMark,
                  static_cast<std::int32_t>(record.month.count),
                  record.spin_up ? 1U : 0U,
                  0,
                  record.firms,
                  month.size() - sizeof(Head)};
  std::memcpy(month.data(), &head, sizeof head);
  file.write(month.data(), month.size());
  end.bytes += month.size();
  ++end.records;
  end.sum = checksum(month.data(), month.size(), end.sum);
}

LogEnd RecordLog::sync() {
  file.sync();
  return end;
}

void verify_records(const std::string& path, const LogEnd& end) {
  if (!exists(path))
    throw DamagedFile{path,
                      "there is no such file, and the checkpoint is worth nothing without it"};
  File file{path, File::Mode::read};
  if (file.size() < end.bytes) throw DamagedFile{path, "it ends too early"};
  std::vector<char> piece(static_cast<std::size_t>(std::min<std::uint64_t>(end.bytes, kPiece)));
  std::uint32_t sum = 0;
  for (std::uint64_t left = end.bytes; left > 0;) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size()));
    file.read(piece.data(), n);
    sum = checksum(piece.data(), n, sum);
    left -= n;
  }
  if (sum != end.sum) throw DamagedFile{path, "the months have another checksum"};
}

void replay_records(const std::string& path, const LogEnd& end, const MonthRecord& like,
                    const std::function<void(const MonthRecord&)>& visit) {
  File file{path, File::Mode::read};
  std::uint64_t left = std::min(end.bytes, file.size());
  std::vector<char> arrays;
  for (std::uint64_t k = 0; k < end.records; ++k) {
    Head head{};
    if (left < sizeof head) throw DamagedFile{path, "it ends too early"};
    file.read(&head, sizeof head);
    left -= sizeof head;
    if (head.mark != kMark || head.spin_up > 1 || head.bytes > left ||
        (head.spin_up == 1) != (head.bytes == 0))
      throw DamagedFile{path, "month " + std::to_string(k) + " makes no sense"};
    arrays.resize(static_cast<std::size_t>(head.bytes));
    file.read(arrays.data(), arrays.size());
    left -= head.bytes;
    MonthRecord record = like;
    record.month.count = head.month;
    record.spin_up = head.spin_up == 1;
    record.firms = head.firms;
    if (!record.spin_up) {
      Unpacker unpack{path, arrays.data(), arrays.size()};
      visit_record(record, unpack);
      if (unpack.left != 0) throw DamagedFile{path, "a month is longer than it should be"};
    }
    visit(record);
  }
}

MonthRecord record_like(const Scenario& s) {
  return empty_record(s.world->R(), s.world->S(), s.regime->programmes(),
                      s.regime->data().authorities.size());
}

} // namespace nearshore
