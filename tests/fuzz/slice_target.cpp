// The file of a sweep's slice, as status, merge and a process that goes on read it.
#include "output/sweep/run_result.hpp"
#include "tests/fuzz/targets.hpp"

#include <cstring>
#include <filesystem>
#include <vector>

namespace nearshore::fuzz {
namespace {

/// Makes the checksums of records right, as far as they can be told (output/sweep/run_log.cpp).
std::string sealed(Bytes input) {
  constexpr std::size_t kMagic = 8, kHead = 96, kFoot = 8;
  std::string bytes{text(input)};
  const auto sum = [&](std::size_t from, std::size_t size) {
    return checksum(bytes.substr(from, size));
  };
  const auto put = [&](std::size_t at, std::uint32_t value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
  };
  for (std::size_t at = kMagic; at + kHead <= bytes.size();) {
    std::uint64_t size = 0;
    std::memcpy(&size, bytes.data() + at + 32, sizeof size);
    const bool fits =
        bytes.size() - at - kHead >= kFoot && size <= bytes.size() - at - kHead - kFoot;
    if (fits) put(at + 12, sum(at + kHead, size));
    const auto check = sum(at, kHead - 4);
    put(at + kHead - 4, check);
    if (!fits) break;
    put(at + kHead + size + 4, check);
    at += kHead + size + kFoot;
  }
  return bytes;
}

} // namespace

void read_slice(Bytes input) {
  static const Scratch folder{"slice"};
  if (input.empty()) return;
  const auto path = input[0] % 2 == 1
                        ? folder.write("fuzz.runs", std::string_view{sealed(input.subspan(1))})
                        : folder.write("fuzz.runs", input.subspan(1));
  expect_only_errors([&] {
    RunLogReader log{path};
    std::vector<RunRecord> records;
    log.scan([&](const RunRecord& r) { records.push_back(r); });
    for (const auto& record : records)
      expect_only_errors([&] {
        if (record.kind == RecordKind::failed) (void)failure_of(log.content(record));
        if (record.kind != RecordKind::done) return;
        (void)log.content(record);
        RunResult result{log, record};
        for (std::size_t s = 0; s < result.series(); ++s)
          (void)result.values(s);
      });
  });
  expect_only_errors([&] { // cuts off what is half-written and goes on
    RunLog log{path};
    log.append({.kind = RecordKind::session, .host = "here"}, "again", false);
  });
}

} // namespace nearshore::fuzz
