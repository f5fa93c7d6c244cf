// Checkpoints: a run that goes on from one is the run that was never stopped; a damaged or foreign
// one is refused.
#include "agents/population_columns.hpp"
#include "sim/checkpoint/damaged.hpp"
#include "sim/checkpoint/keep.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

const std::string kProgram = "a program";

std::string bytes_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}
void write_bytes(const std::string& path, const std::string& text) {
  std::ofstream{path, std::ios::binary} << text;
}

std::string state_of(const Simulation& simulation, const std::string& path) {
  SectionWriter file{path};
  simulation.save(file);
  file.finish();
  return bytes_of(path);
}

Simulation restored(const Scenario& s, const std::string& path) {
  SectionReader file{path};
  return Simulation{s, true, file};
}

Scenario small(int spin_up = 3) {
  auto s = over(shipped(kHistory), {1200, {2025, 1}, {2025, 5}, spin_up});
  s.run.reference = {2025, 2};
  s.run.structure = true;
  return s;
}

/// Stops at a month as a signal would.
class StopsAt : public Collector {
public:
  StopsAt(Requests& r, Month m) : requests(r), when(m) {}
  void on_month(const MonthRecord& m) override {
    Collector::on_month(m);
    if (m.month == when) requests.stop = SIGTERM;
  }

private:
  Requests& requests;
  Month when;
};

struct Kept {
  const TemporaryFolder folder{"nearshore-checkpoints"};
  std::string stem{(folder.path / "run.h5").string()};
  CheckpointFiles files{stem};
  Requests requests;
  std::string said;
  std::vector<PastConfiguration> past; ///< of the run that ended last
  CheckpointPlan plan{.every = 0,
                      .resume = true,
                      .keep = false,
                      .mark_finished = false,
                      .from = {},
                      .program = kProgram,
                      .requests = &requests,
                      .say = [this](const std::string& s) { said += s + "\n"; }};

  /// The months of a run that is stopped after one, or not.
  std::vector<MonthRecord> run(const Scenario& s, Month stop = {}) {
    requests.stop = 0;
    StopsAt months{requests, stop};
    try {
      past = run_with_checkpoints(s, true, months, stem, plan).past;
      CHECK(stop == Month{});
    } catch (const Error& e) {
      if (e.kind != ErrorKind::stopped) throw;
      CHECK_THAT(e.what(), Contains("stopped by SIGTERM after " + stop.text()));
    }
    return months.months;
  }
  std::string refusal(const Scenario& s) {
    try {
      Collector months;
      run_with_checkpoints(s, true, months, stem, plan);
    } catch (const Error& e) {
      CHECK(e.kind == ErrorKind::input);
      return e.what();
    }
    return "accepted";
  }
};

/// Months of a run with the spin-up; those of its months that a log keeps short are left out.
std::vector<MonthRecord> whole(const Scenario& s) {
  Simulation simulation{s, true};
  Collector out;
  simulation.run(out, true);
  return out.months;
}

std::string difference_but_spin_up(std::vector<MonthRecord> a, std::vector<MonthRecord> b) {
  if (a.size() != b.size()) return "number of months";
  for (std::size_t t = 0; t < a.size(); ++t)
    if (a[t].month != b[t].month || a[t].firms != b[t].firms || a[t].spin_up != b[t].spin_up)
      return "month";
  const auto drop = [](auto& list) {
    std::erase_if(list, [](const MonthRecord& m) { return m.spin_up; });
  };
  drop(a);
  drop(b);
  return difference(a, b);
}

} // namespace

TEST_CASE(
    "after any month, of the spin-up too, a restored run goes on to the same bits, on another "
    "number of threads",
    "[checkpoint]") {
  const TemporaryFolder folder{"nearshore-checkpoints"};
  const auto path = (folder.path / "state").string();
  auto s = small(), other = s;
  other.run.threads = 3;
  Simulation simulation{s, true};
  for (int t = 0; !simulation.finished(); ++t) {
    const auto before = state_of(simulation, path);
    auto twin = restored(t % 2 == 0 ? other : s, path);
    INFO("after " << t << " months");
    CHECK(state_of(twin, path) == before);
    const auto now = simulation.advance();
    CHECK(difference(now, twin.advance()) == "");
    const auto after = state_of(simulation, path);
    CHECK(after == state_of(twin, path));
    CHECK(after != before);
  }
}

TEST_CASE("a checkpoint holds every column of the population", "[checkpoint]") {
  const Simulation simulation{small(0)};
  auto firms = simulation.firms();
  std::size_t bytes = 0, columns = 0;
  const auto count = [&](std::string_view, const auto& column) {
    bytes += column.size() * sizeof(column[0]);
    ++columns;
  };
  visit_columns(firms, count);
  CHECK(columns == firm_columns().size() + 4); // cards and contents
  visit_indices(firms, count);
  CHECK(bytes == firms.bytes() + firms.first_seller.size() * sizeof(firms.first_seller[0]));
}

TEST_CASE("a run that is stopped and resumed again and again is the run that was not",
          "[checkpoint]") {
  Kept kept;
  const auto s = small();
  const auto all = whole(s);
  kept.run(s, s.run.start + -2); // in the spin-up
  CHECK(exists(kept.files.present()));
  kept.run(s, s.run.start + -1);
  CHECK(exists(kept.files.previous()));
  kept.run(s, s.run.start + 1);
  kept.run(s, s.run.start + 3);
  CHECK(difference_but_spin_up(kept.run(s), all) == "");
  CHECK_THAT(kept.said, Contains("from the beginning") && Contains("going on after 2025-04"));
}

TEST_CASE("a damaged checkpoint is not believed: the previous one is taken", "[checkpoint]") {
  Kept kept;
  kept.plan.every = 2;
  const auto s = small();
  const auto all = whole(s);
  kept.run(s, s.run.start + 3);
  const auto present = bytes_of(kept.files.present());
  kept.said.clear();

  auto damaged = present;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  write_bytes(kept.files.present(), damaged);
  CHECK(difference_but_spin_up(kept.run(s), all) == "");
  CHECK_THAT(kept.said, Contains("checksum") && Contains("going on from the previous one"));

  for (const std::size_t length :
       {std::size_t{0}, std::size_t{7}, std::size_t{40}, present.size() / 3, present.size() - 1}) {
    write_bytes(kept.files.present(), present.substr(0, length));
    CHECK_THROWS_AS(SectionReader::verify(kept.files.present()), DamagedFile);
  }
  write_bytes(kept.files.previous(), "x");
  CHECK_THAT(kept.refusal(s), Contains("no checkpoint is whole"));
  write_bytes(kept.files.present(), present);
  std::filesystem::resize_file(kept.files.records(), 10);
  CHECK_THAT(kept.refusal(s), Contains("ends too early"));
}

TEST_CASE("the checkpoint that a run goes on from is not written over before the next one stands",
          "[checkpoint]") {
  Kept kept;
  kept.plan.every = 2;
  const auto s = small();
  kept.run(s, s.run.start + 3);
  write_bytes(kept.files.present(), "damaged");
  const auto previous = bytes_of(kept.files.previous());
  kept.run(s, s.run.start + 3); // writes one
  CHECK_THAT(kept.said, Contains("going on from the previous one"));
  CHECK(bytes_of(kept.files.previous()) == previous);
  // Stopped between the two names: the newest is there under none.
  std::filesystem::rename(kept.files.present(), kept.files.unfinished());
  kept.said.clear();
  CHECK(difference_but_spin_up(kept.run(s), whole(s)) == "");
  CHECK_THAT(kept.said, Contains("going on from " + kept.files.unfinished()));
}

TEST_CASE("every flipped byte of a checkpoint is found", "[checkpoint]") {
  const TemporaryFolder folder{"nearshore-checkpoints"};
  const auto path = (folder.path / "c").string();
  {
    SectionWriter file{path};
    write_header(file, header_of(small(), kProgram));
    const std::vector<float> values(50, 1.5F);
    file.values("values", std::span<const float>{values});
    file.finish();
  }
  const auto whole_file = bytes_of(path);
  CHECK_NOTHROW(SectionReader::verify(path));
  std::size_t missed = 0;
  for (std::size_t i = 0; i < whole_file.size(); i += 1 + whole_file.size() / 997) {
    auto damaged = whole_file;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    write_bytes(path, damaged);
    try {
      SectionReader::verify(path);
      ++missed;
    } catch (const DamagedFile&) {
    }
  }
  CHECK(missed == 0);
}

TEST_CASE(
    "a checkpoint of another version, population or configuration is refused, with the reason",
    "[checkpoint]") {
  Kept kept;
  const auto s = small();
  kept.run(s, s.run.start + 1);
  auto other = s;
  other.run.seed = 99;
  CHECK_THAT(kept.refusal(other), Contains("another population: seed: 1 there, 99 here"));
  other = s;
  other.run.firms = 1300;
  CHECK_THAT(kept.refusal(other), Contains("another population: firms: 1200 there, 1300 here"));
  other = s;
  other.resolved_outcome += "\n[parameters]\ncandidates = 3\n";
  CHECK_THAT(kept.refusal(other), Contains("another configuration, which differs in parameters."));
  other = s;
  other.data_sums += "tariff_schedule.csv 00000000\n";
  CHECK_THAT(kept.refusal(other),
             Contains("files of data have changed since the checkpoint: tariff_schedule.csv;"));
  kept.plan.program = "another program";
  CHECK_THAT(kept.refusal(s), Contains("of nearshore a program, and this is another program"));
  kept.plan.program = kProgram;
  kept.plan.resume = false;
  CHECK_THAT(kept.refusal(s), Contains("a run that is not finished left this checkpoint"));
  kept.plan.resume = true;
  kept.run(s);
}

TEST_CASE("a branch from a shared history is the run that had that policy all along",
          "[checkpoint]") {
  Kept history, branch;
  const auto span = [](Scenario s) { return over(std::move(s), {1200, {2024, 11}, {2025, 4}, 2}); };
  const auto with = span(shipped(kHistory)), without = span(shipped(kNoTariffs));
  history.run(with, {2024, 12});
  branch.plan.from = history.files.present();
  const auto months = branch.run(without);
  CHECK(difference_but_spin_up(months, whole(without)) == "");
  CHECK_THAT(branch.said, Contains("branching after 2024-12; the configuration differs in"));
  REQUIRE(branch.past.size() == 1);
  CHECK(branch.past[0].until == "2024-12");
  CHECK(branch.past[0].configuration == with.resolved_outcome);
  CHECK(difference_but_spin_up(months, whole(with)) != "");
  // And may be stopped itself.
  Kept again;
  again.plan.from = history.files.present();
  again.run(without, {2025, 2});
  CHECK(difference_but_spin_up(again.run(without), whole(without)) == "");
  CHECK(again.past.size() == 1);

  auto fewer = without;
  fewer.run.firms = 1300;
  Kept refused;
  refused.plan.from = history.files.present();
  CHECK_THAT(refused.refusal(fewer), Contains("another population: firms"));
  history.plan.from = history.files.present();
  history.plan.resume = false;
  CHECK_THAT(history.refusal(without), Contains("left this checkpoint"));
}

TEST_CASE("keys in which two configurations differ", "[checkpoint]") {
  CHECK(differing_keys("[run]\nseed = 1\nfirms = 3\n", "[run]\nseed = 2\nfirms = 3\n").empty());
  CHECK(differing_keys("a = 1\n[run]\nfirms = 3\n[[measure]]\nname = \"x\"\nrate = 1\n",
                       "a = 1\n[run]\nfirms = 4\n[[measure]]\nname = \"x\"\nrate = 2\n") ==
        std::vector<std::string>{"measure.x.rate", "run.firms"});
  CHECK(differing_keys("a = 1\n", "") == std::vector<std::string>{"a"});
}
