// HDF5: a run's file as validate, compare and compare --exact read it, and a calibration's log.
// The other file of comparisons is the whole one of the corpus.
#include "output/comparison/compare_runs.hpp"
#include "output/comparison/same_bits.hpp"
#include "output/hdf5_seal.hpp"
#include "output/validation.hpp"
#include "sim/config/paths.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/output/fake_run.hpp"

#include <filesystem>
#include <numeric>

namespace nearshore::fuzz {
namespace {

constexpr std::string_view kFigures = R"(
[[target]]
says = "claims"
kind = "predicted"
source = "none"
variable = "claim_share"
select = { exporter = "FEL", importer = "HOM" }
months = ["2024-01", "2024-02"]
low = 0
[[target]]
says = "content"
kind = "predicted"
source = "none"
variable = "value_added_content"
weight = "exports"
select = { exporter = "FEL", export_sector = "cars", source = "HOM" }
[[target]]
says = "all shares"
kind = "identity"
source = "none"
variable = "value_added_content"
statistic = "sum_error"
over = "source"
)";

struct Fixture {
  Scratch folder{"run_file"};
  std::vector<Target> targets = read_targets(folder.write("targets.toml", kFigures));
  std::string whole = folder / "whole.h5";
  ComparedWorld world;
  Fixture() {
    std::filesystem::copy_file(
        std::filesystem::path{project_root()} / "tests/fuzz/corpus/run_file/whole_ensemble", whole);
    hdf5::seal(whole); // read as what it is, without a trial
    const auto r = test::fake_reporting();
    world.regions = r.regions;
    world.sectors = r.sectors;
    world.authorities = r.authorities;
    world.is_goods = r.is_goods;
    world.sector_groups = {{"making", {0, 1, 2}}};
    world.home = r.home;
    world.fellows = r.fellow_members;
    world.bloc = {"west", {0, 1, 2}};
    world.distant = {{"east", {2, 3}}};
    world.wage_bill.assign(r.R() * r.S(), 1);
  }
};

/// As compare does once it has seen that both files are of one world.
void compare_with_whole(const TrajectoryReader& file, const Fixture& f) {
  const TrajectoryReader whole{f.whole};
  Comparison c;
  c.policies.resize(2);
  c.seeds = whole.seeds();
  c.closures = {"fixed_wage"};
  c.months = whole.months();
  c.periods = {{"all", c.months.front(), c.months.back()}};
  if (file.seeds() != c.seeds || file.months() != c.months) return; // refused with words
  const auto run_of = [](const TrajectoryReader& reader) -> RunOfSeed {
    return [&reader](std::size_t seed) { return reader.run(seed); };
  };
  const std::set<std::string> topics(comparison_topics().begin(), comparison_topics().end());
  compare_runs({{run_of(whole)}, {run_of(file)}}, f.world, {}, topics, c);
}

void read_trajectory(const std::string& path, const Fixture& f) {
  std::vector<TrajectoryReader> files;
  files.emplace_back(path);
  expect_only_errors([&] { (void)files[0].text_attribute("configuration"); });
  expect_only_errors([&] { (void)files[0].text_attribute("program_version"); });
  expect_only_errors([&] { (void)files[0].integer_attribute("firms"); });
  expect_only_errors([&] { (void)validation_csv(validate(f.targets, files)); });
  expect_only_errors([&] { compare_with_whole(files[0], f); });
}

} // namespace

void read_run_file(Bytes input) {
  static const Fixture fixture;
  const auto path = fixture.folder.write("fuzz.h5", input);
  if (text(input).find("nearshore calibrate") != std::string_view::npos) {
    read_calibration_log(path);
    return;
  }
  // One or the other: each has the file read by a child process, which is what takes the time.
  const auto sum = std::accumulate(input.begin(), input.end(), 0U);
  if (sum % 2 == 0) {
    expect_only_errors([&] { read_trajectory(path, fixture); });
  } else {
    expect_only_errors([&] { (void)bit_differences(fixture.whole, path, 10); });
  }
}

} // namespace nearshore::fuzz
