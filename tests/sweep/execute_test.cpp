// Making runs: what fails, what is tried again, what a log says afterwards.
#include "output/sweep/execute.hpp"

#include "../output/fake_run.hpp"
#include "output/sweep/ledger.hpp"
#include "output/sweep/slices.hpp"
#include "policy/error.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <new>

using namespace nearshore;
using Catch::Contains;
using nearshore::test::TemporaryFolder;

namespace {

/// A sweep of so many runs: seeds of one policy.
Sweep sweep_of(std::size_t runs) {
  Sweep s;
  s.policies = {{"base", "none", {}, {}}};
  for (std::size_t i = 0; i < runs; ++i)
    s.seeds.push_back(i + 1);
  return s;
}

struct Place {
  TemporaryFolder folder;
  SweepFolder sweep;
  Place() : sweep(folder / "s") { std::filesystem::create_directories(folder / "s/slices"); }
  [[nodiscard]] std::string slice(std::size_t i = 1) const { return sweep.slice_file({i, 9}); }
};

std::vector<std::size_t> first_runs(std::size_t n) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < n; ++i)
    out.push_back(i);
  return out;
}

} // namespace

TEST_CASE("failed runs are written down, the others go on", "[sweep][execute]") {
  const Place place;
  std::atomic<bool> stop{false};
  const MakeRun make = [](std::size_t run, const std::atomic<bool>&) -> std::string {
    if (run == 2) throw Error{ErrorKind::invariant, "does not balance"};
    if (run == 4) throw std::bad_alloc{};
    if (run == 5) throw std::runtime_error{"what"};
    return "result " + std::to_string(run);
  };
  ExecuteResult result;
  {
    RunLog log{place.slice()};
    result = execute_runs(
        first_runs(8), make, log,
        {.jobs = 3,
         .command = [](std::size_t run) { return "./nearshore run " + std::to_string(run); }},
        stop);
  }
  CHECK(result.done == 5);
  CHECK(result.failed == 3);
  CHECK(!result.stopped);
  const Ledger ledger{place.sweep, sweep_of(8)};
  CHECK(ledger.with(RunStatus::failed) == std::vector<std::size_t>{2, 4, 5});
  CHECK(ledger.failure(2).code == 4);
  CHECK(ledger.failure(2).command == "./nearshore run 2");
  CHECK_THAT(ledger.failure(2).message, Contains("does not balance"));
  CHECK_THAT(ledger.failure(4).message, Contains("not enough memory"));
  CHECK(ledger.failure(4).code == 6);
  CHECK(ledger.failure(5).code == 1);
  const auto& state = ledger.runs()[7];
  CHECK(ledger.log(state.log).content(state.record) == "result 7");
}

TEST_CASE("retry N tries N times more", "[sweep][execute]") {
  const Place place;
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::map<std::size_t, int> tries;
  const MakeRun make = [&](std::size_t run, const std::atomic<bool>&) -> std::string {
    const std::scoped_lock held{mutex};
    if (++tries[run] <= (run == 0 ? 2 : 9)) throw Error{ErrorKind::resource, "busy"};
    return "";
  };
  RunLog log{place.slice()};
  const auto result =
      execute_runs(first_runs(2), make, log, {.on_failure = failure_policy("retry 2", "")}, stop);
  CHECK(tries[0] == 3);
  CHECK(tries[1] == 3);
  CHECK(result.done == 1);
  CHECK(result.failed == 1);
  CHECK(result.first_code == 3);
}

TEST_CASE("stop ends at the first failure; the rest is left", "[sweep][execute]") {
  const Place place;
  std::atomic<bool> stop{false};
  const MakeRun make = [](std::size_t run, const std::atomic<bool>&) -> std::string {
    if (run == 1) throw Error{ErrorKind::input, "no"};
    return "";
  };
  {
    RunLog log{place.slice()};
    const auto result =
        execute_runs(first_runs(9), make, log, {.on_failure = failure_policy("stop", "")}, stop);
    CHECK(result.first_code == 2);
    CHECK(result.stopped);
  }
  const Ledger ledger{place.sweep, sweep_of(9)};
  CHECK(ledger.count(RunStatus::done) == 1);
  CHECK(ledger.count(RunStatus::left) == 7);
}

TEST_CASE("a run that is stopped is left, and not held against it", "[sweep][execute]") {
  const Place place;
  std::atomic<bool> stop{false};
  const MakeRun make = [&](std::size_t run, const std::atomic<bool>& flag) -> std::string {
    if (run == 1) stop = true;
    if (flag) throw RunStopped{};
    return "";
  };
  {
    RunLog log{place.slice()};
    const auto result = execute_runs(first_runs(4), make, log, {}, stop);
    CHECK(result.done == 1);
    CHECK(result.stopped);
  }
  const Ledger ledger{place.sweep, sweep_of(4)};
  CHECK(ledger.count(RunStatus::left) == 3);
  CHECK(ledger.runs()[1].ended_silently == 0);
}

TEST_CASE("the ledger knows running, silently ended and twice finished runs", "[sweep][ledger]") {
  const Place place;
  const auto record = [](RecordKind kind, std::uint32_t run) {
    RunRecord r;
    r.kind = kind, r.run = run;
    return r;
  };
  {
    RunLog first{place.slice(1)};
    for (int session = 0; session < 2; ++session) {
      first.append(record(RecordKind::session, 0), "version", false);
      first.append(record(RecordKind::begun, 0), "", false);
    }
    first.append(record(RecordKind::done, 3), "first", false);
    first.append(record(RecordKind::failed, 4), failure_content({3, "m", "c"}), false);
  }
  RunLog second{place.slice(2)};
  second.append(record(RecordKind::session, 0), "version", false);
  second.append(record(RecordKind::begun, 5), "", false);
  second.append(record(RecordKind::done, 3), "second", false);
  second.append(record(RecordKind::done, 4), "at last", false);
  const Ledger ledger{place.sweep, sweep_of(7)};
  CHECK(ledger.runs()[0].status == RunStatus::left);
  CHECK(ledger.runs()[0].ended_silently == 2);
  CHECK(ledger.runs()[5].status == RunStatus::running);
  CHECK(ledger.processes() == 1);
  CHECK(ledger.log(ledger.runs()[3].log).content(ledger.runs()[3].record) == "first");
  CHECK(ledger.runs()[4].status == RunStatus::done);
  second.append(record(RecordKind::done, 7), "", false);
  CHECK_THROWS_WITH((Ledger{place.sweep, sweep_of(7)}),
                    Contains("holds run 7, and the sweep has 7"));
}

TEST_CASE("slices hold every run once and weigh about the same", "[sweep][slices]") {
  std::vector<double> weights;
  for (std::size_t i = 0; i < 97; ++i)
    weights.push_back(1 + static_cast<double>(i * i % 13));
  for (const std::size_t n : {1U, 2U, 7U, 96U, 200U}) {
    const auto slices = slices_of(weights, n);
    REQUIRE(slices.size() == n);
    std::vector<std::size_t> all;
    double least = 1e300, most = 0;
    for (const auto& slice : slices) {
      CHECK(std::is_sorted(slice.begin(), slice.end()));
      double load = 0;
      for (const auto run : slice)
        all.push_back(run), load += weights[run];
      least = std::min(least, load), most = std::max(most, load);
    }
    std::sort(all.begin(), all.end());
    CHECK(all == first_runs(97));
    CHECK(most - least <= 14); // the heaviest run: no slice was given one more than another needed
  }
  CHECK(slices_of(std::vector<double>{5, 4, 3, 3, 3}, 2) ==
        std::vector<std::vector<std::size_t>>{{0, 3}, {1, 2, 4}}); // 5; 4; 3 to 4, 3 to 5, 3 to 7
  CHECK(parse_shard("3/24", "").i == 3);
  for (const auto* wrong : {"", "3", "0/2", "3/2", "1/x", "1/2/3", "-1/2"})
    CHECK_THROWS_WITH(parse_shard(wrong, "--shard"), Contains("i/n, with i from 1 to n"));
}
