// Files of slices: what was not written to its end, or has changed since, does not count.
#include "output/sweep/run_log.hpp"

#include "../output/fake_run.hpp"
#include "policy/error.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

using namespace nearshore;
using Catch::Contains;
using nearshore::test::TemporaryFolder;

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream{path, std::ios::binary} << bytes;
}

RunRecord done(std::uint32_t run) {
  RunRecord r;
  r.run = run;
  r.seconds = 0.5 * run;
  r.host = "a-host";
  return r;
}

/// Run numbers of the records that count.
std::vector<std::uint32_t> runs_in(const std::string& path, bool contents = false) {
  std::vector<std::uint32_t> out;
  RunLogReader{path}.scan([&](const RunRecord& r) { out.push_back(r.run); }, contents);
  return out;
}

} // namespace

TEST_CASE("a log gives back what was appended", "[sweep][run_log]") {
  const TemporaryFolder folder;
  {
    RunLog log{folder / "a.runs"};
    log.append(done(7), "seven", true);
    log.append(done(3), "", false);
  }
  {
    RunLog log{folder / "a.runs"};
    log.append(done(9), std::string(10'000, 'x'), true);
  }
  RunLogReader log{folder / "a.runs"};
  std::vector<RunRecord> records;
  log.scan([&](const RunRecord& r) { records.push_back(r); }, true);
  REQUIRE(records.size() == 3);
  CHECK(records[0].run == 7);
  CHECK(records[0].seconds == 3.5);
  CHECK(records[0].host == "a-host");
  CHECK(log.content(records[0]) == "seven");
  CHECK(log.content(records[0], 1, 3) == "eve");
  CHECK(log.content(records[1]).empty());
  CHECK(log.content(records[2]).size() == 10'000);
  CHECK_THROWS_WITH(log.content(records[0], 3, 3), Contains("cannot be read"));
}

TEST_CASE("wherever a log is cut off, the whole records before count", "[sweep][run_log]") {
  const TemporaryFolder folder;
  const auto path = folder / "a.runs";
  std::vector<std::size_t> ends{bytes_of((RunLog{path}, path)).size()};
  for (const std::uint32_t run : {1U, 2U, 3U}) {
    RunLog{path}.append(done(run), std::string(run * 5, 'c'), true);
    ends.push_back(bytes_of(path).size());
  }
  const auto whole = bytes_of(path);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    write_bytes(path, whole.substr(0, size));
    std::size_t wanted = 0;
    while (wanted + 1 < ends.size() && ends[wanted + 1] <= size)
      ++wanted;
    INFO("cut at " << size);
    CHECK(runs_in(path).size() == wanted);
    // The next process goes on after the last whole one.
    RunLog{path}.append(done(8), "more", true);
    const auto now = runs_in(path, true);
    REQUIRE(now.size() == wanted + 1);
    CHECK(now.back() == 8);
  }
}

TEST_CASE("a changed byte ends what counts", "[sweep][run_log]") {
  const TemporaryFolder folder;
  const auto path = folder / "a.runs";
  {
    RunLog log{path};
    for (const std::uint32_t run : {1U, 2U, 3U})
      log.append(done(run), "content", true);
  }
  const auto whole = bytes_of(path);
  const std::size_t one = (whole.size() - 8) / 3; // after the magic
  for (std::size_t at = 8 + one; at < 8 + 2 * one; ++at) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    write_bytes(path, bytes);
    INFO("changed at " << at);
    CHECK(runs_in(path, true) == std::vector<std::uint32_t>{1});
  }
  auto bytes = whole;
  bytes[2] = '?';
  write_bytes(path, bytes);
  CHECK_THROWS_WITH(runs_in(path), Contains("no file of a sweep's runs"));
}

TEST_CASE("one process at a time writes a log", "[sweep][run_log]") {
  const TemporaryFolder folder;
  const auto path = folder / "a.runs";
  {
    const RunLog log{path};
    CHECK(is_being_written(path) == std::optional{true});
    CHECK_THROWS_WITH(RunLog{path}, Contains("another process is running this slice"));
  }
  CHECK(is_being_written(path) == std::optional{false});
  CHECK_THROWS_WITH(RunLog{folder / "none/a.runs"}, Contains("cannot be written"));
  CHECK_THROWS_WITH(RunLogReader{folder / "none"}, Contains("cannot be read"));
}

TEST_CASE("failures keep code, message and command", "[sweep][run_log]") {
  const auto f = failure_of(failure_content({3, "no\nspace", "./nearshore run a --set b=c"}));
  CHECK(f.code == 3);
  CHECK(f.message == "no\nspace");
  CHECK(f.command == "./nearshore run a --set b=c");
}
