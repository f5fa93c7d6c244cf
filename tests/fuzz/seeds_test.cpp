// Writes the binary inputs of the corpus anew, after a change of their layout:
//   build/nearshore_tests '[.fuzz-seeds]'
#include "output/calibration/log_file.hpp"
#include "output/sweep/run_log.hpp"
#include "sim/checkpoint/records.hpp"
#include "sim/config/paths.hpp"
#include "sim/simulation.hpp"
#include "tests/fuzz/small_scenario.hpp"
#include "tests/output/fake_run.hpp"

#include <catch2/catch.hpp>
#include <zlib.h>

#include <filesystem>
#include <fstream>

using namespace nearshore;
using namespace nearshore::fuzz;

namespace {

namespace fs = std::filesystem;

std::string bytes_of(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void keep(const std::string& input, const std::string& bytes) {
  const auto path = fs::path{project_root()} / "tests/fuzz/corpus" / input;
  fs::create_directories(path.parent_path());
  std::ofstream{path, std::ios::binary} << bytes;
}

/// Without its seal (output/hdf5_seal.hpp), with which every changed copy would end at once.
std::string unsealed(const std::string& path) {
  constexpr std::size_t kSeal = 32;
  auto bytes = bytes_of(path);
  bytes.resize(bytes.size() - kSeal);
  return bytes;
}

/// As RunKeeper::content lays it out.
std::string content_of_a_run() {
  std::string out, packed(256, '\0');
  const auto put = [&](const auto& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  const std::vector<float> series(24, 0.5F);
  uLongf size = packed.size();
  REQUIRE(::compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                      reinterpret_cast<const Bytef*>(series.data()), series.size() * sizeof(float),
                      1) == Z_OK);
  packed.resize(size);
  for (const std::uint64_t word :
       {std::uint64_t{2}, std::uint64_t{1}, std::uint64_t{1}, std::uint64_t{packed.size()},
        std::uint64_t{series.size()}, std::uint64_t{sizeof(float)}})
    put(word);
  for (const double number : {0.25, 0.5, 42.0})
    put(number);
  return out + packed;
}

RunRecord record(RecordKind kind, std::uint32_t run) {
  RunRecord r;
  r.kind = kind;
  r.run = run;
  r.host = "host";
  return r;
}

RunDescription ensemble_description() {
  auto d = test::fake_description();
  d.ensemble = EnsembleAxes{{}, {1, 2}, {2024, 1}, 2};
  return d;
}

} // namespace

TEST_CASE("seeds of checkpoints and their months", "[.fuzz-seeds]") {
  const Scratch folder{"seeds"};
  const auto s = small_scenario(folder);
  Simulation simulation{s};
  RecordLog log{folder / "new.records", {}};
  simulation.spin_up();
  log.append(simulation.step());
  log.append(simulation.step());
  auto header = header_of(s, "fuzz");
  header.log = log.sync();
  header.last_month = "2025-02";
  {
    SectionWriter file{folder / "new.checkpoint"};
    write_header(file, header);
    simulation.save(file);
    file.finish();
  }
  keep("checkpoint/whole_as_it_is", '\0' + bytes_of(folder / "new.checkpoint"));
  keep("checkpoint/whole_sealed", '\1' + bytes_of(folder / "new.checkpoint"));
  keep("records/months", bytes_of(folder / "new.records"));
}

TEST_CASE("seeds of slices", "[.fuzz-seeds]") {
  const Scratch folder{"seeds"};
  {
    RunLog log{folder / "new.runs"};
    log.append(record(RecordKind::session, 0), "a host", false);
    log.append(record(RecordKind::begun, 0), "", false);
    log.append(record(RecordKind::done, 0), content_of_a_run(), false);
    log.append(record(RecordKind::failed, 1), failure_content({2, "message", "command"}), false);
    log.append(record(RecordKind::stopped, 2), "", false);
  }
  keep("slice/whole_as_it_is", '\0' + bytes_of(folder / "new.runs"));
  keep("slice/whole_sealed", '\1' + bytes_of(folder / "new.runs"));
}

TEST_CASE("seeds of run files", "[.fuzz-seeds]") {
  const Scratch folder{"seeds"};
  test::write_fake_run(folder / "run.h5", 2);
  keep("run_file/run", unsealed(folder / "run.h5"));
  const auto description = ensemble_description();
  {
    EnsembleWriter writer{folder / "ensemble.h5", description, 1};
    for (std::size_t run = 0; run < 2; ++run) {
      const auto observer = writer.observer_of(run);
      for (int t = 0; t < 2; ++t)
        observer->on_month(test::fake_month(t, run + 1));
    }
    writer.finish({});
  }
  keep("run_file/whole_ensemble", unsealed(folder / "ensemble.h5"));
  CalibrationProblem problem;
  problem.parameters.resize(2);
  problem.targets.resize(2);
  problem.seeds = {1, 2};
  Evaluation e;
  e.values = {0.5, 1};
  e.figures = Figures{2, 2};
  e.stage = "global";
  write_log(folder / "log.h5", problem, "identity", {e}, {}, {});
  keep("run_file/whole_log", unsealed(folder / "log.h5"));
}
