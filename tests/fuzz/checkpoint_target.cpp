// A checkpoint, from its first bytes to a simulation that could go on; and the months beside it.
// What a month makes of a state of absurd numbers with right checksums is not asked.
#include "sim/checkpoint/header.hpp"
#include "sim/checkpoint/records.hpp"
#include "sim/simulation.hpp"
#include "tests/fuzz/small_scenario.hpp"

#include <cstring>
#include <limits>
#include <vector>

namespace nearshore::fuzz {
namespace {

struct Fixture {
  Scratch folder{"checkpoint"};
  Scenario scenario = small_scenario(folder);
  CheckpointHeader header = header_of(scenario, "fuzz");
  MonthRecord like = record_like(scenario);
};

const Fixture& fixture() {
  static const Fixture one;
  return one;
}

template <class T> T value_at(const std::vector<std::uint8_t>& bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

void put_sum(std::vector<std::uint8_t>& bytes, std::size_t at, std::size_t from, std::size_t size) {
  const std::uint32_t sum = checksum(bytes.data() + from, size);
  std::memcpy(bytes.data() + at, &sum, sizeof sum);
}

/// Makes every checksum right, as far as sections can be told (sim/checkpoint/sections.hpp).
std::vector<std::uint8_t> sealed(Bytes input) {
  constexpr std::size_t kFileHead = 16, kHead = 32;
  std::vector<std::uint8_t> bytes(input.begin(), input.end());
  if (bytes.size() < kFileHead) return bytes;
  put_sum(bytes, 12, 0, 12);
  for (std::size_t at = kFileHead; bytes.size() - at >= kHead;) {
    const std::size_t width = bytes[at + 4], name = value_at<std::uint16_t>(bytes, at + 6),
                      left = bytes.size() - at - kHead;
    const auto count = value_at<std::uint64_t>(bytes, at + 8);
    const bool fits = name <= left && width > 0 && count <= (left - name) / width;
    if (fits) {
      put_sum(bytes, at + 20, at + kHead, name);
      put_sum(bytes, at + 16, at + kHead + name, count * width);
    }
    put_sum(bytes, at + 28, at, 28);
    if (!fits) break;
    at += kHead + name + count * width;
  }
  return bytes;
}

} // namespace

void read_checkpoint(Bytes input) {
  const auto& f = fixture();
  if (input.empty()) return;
  const auto content = input.subspan(1);
  const auto path =
      f.folder.write("fuzz.checkpoint", input[0] % 2 == 1 ? Bytes{sealed(content)} : content);
  expect_only_errors([&] { SectionReader::verify(path); });
  expect_only_errors([&] {
    SectionReader file{path};
    const auto header = read_header(file);
    expect_only_errors([&] { require_same_run(path, header, f.header); });
    expect_only_errors([&] { (void)require_same_history(path, header, f.header); });
    if (!header.has_state) return;
    // Whoever it says it is of: the state must stand for itself.
    const Simulation simulation{f.scenario, false, file};
    file.finish();
  });
}

void read_records(Bytes input) {
  const auto& f = fixture();
  const auto path = f.folder.write("fuzz.records", input);
  const LogEnd end{input.size(), std::numeric_limits<std::uint32_t>::max(),
                   checksum(input.data(), input.size())};
  expect_only_errors([&] {
    verify_records(path, end);
    replay_records(path, end, f.like, [](const MonthRecord&) {});
  });
}

} // namespace nearshore::fuzz
