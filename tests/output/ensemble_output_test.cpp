// Ensembles on disk: axes, the values of the single files, bands.
#include "fake_run.hpp"
#include "output/ensemble_progress.hpp"
#include "output/memory_run.hpp"
#include "output/summary_table.hpp"
#include "output/trajectory_reader.hpp"
#include "output/validation.hpp"
#include "output/variable.hpp"
#include "policy/error.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

RunDescription ensemble_of(std::vector<std::int64_t> seeds, int months,
                           std::vector<std::string> policies = {}) {
  auto d = fake_description();
  d.ensemble = EnsembleAxes{
      std::move(policies), std::move(seeds), {2024, 1}, static_cast<std::size_t>(months)};
  return d;
}

/// Run i is fake run i + 1; months of the runs come in turns, as they do from parallel runs.
void write_fake_ensemble(const std::string& path, const RunDescription& d) {
  EnsembleWriter writer{path, d, 3};
  std::vector<std::unique_ptr<Observer>> observers;
  for (std::size_t run = 0; run < d.ensemble->runs(); ++run)
    observers.push_back(writer.observer_of(run));
  for (int t = 0; t < static_cast<int>(d.ensemble->months); ++t)
    for (std::size_t run = observers.size(); run-- > 0;)
      observers[run]->on_month(fake_month(t, run + 1));
  writer.finish({});
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

} // namespace

TEST_CASE("an ensemble's file holds what the files of its runs hold", "[output][ensemble]") {
  const TemporaryFolder folder;
  write_fake_ensemble(folder / "e.h5", ensemble_of({3, 1, 9}, 14));
  const TrajectoryReader ensemble{folder / "e.h5"};
  CHECK(ensemble.seeds() == std::vector<std::int64_t>{3, 1, 9});
  CHECK(ensemble.policies().empty());
  REQUIRE(ensemble.runs() == 3);
  CHECK(ensemble.months().size() == 14);
  CHECK_THROWS_WITH(ensemble.integer_attribute("seed"), Contains("no attribute"));
  for (std::size_t run = 0; run < 3; ++run) {
    write_fake_run(folder / "one.h5", 14, run + 1);
    const TrajectoryReader one{folder / "one.h5"};
    for (const auto& v : variables()) {
      INFO(v.name << ", run " << run);
      const std::string name{v.name};
      const auto whole = ensemble.read(name), part = ensemble.read(name, run),
                 wanted = one.read(name);
      CHECK(whole.dims.at(0) == "seed");
      CHECK(whole.labels.at(0) == std::vector<std::string>{"3", "1", "9"});
      CHECK(part.dims == wanted.dims);
      CHECK(part.labels == wanted.labels);
      CHECK(same(part.values, wanted.values));
      const std::size_t n = wanted.values.size();
      CHECK(same({whole.values.begin() + static_cast<std::ptrdiff_t>(run * n),
                  whole.values.begin() + static_cast<std::ptrdiff_t>((run + 1) * n)},
                 wanted.values));
    }
  }
  CHECK(ensemble.run(2)->name() == (folder / "e.h5") + ", seed 9");
}

TEST_CASE("policies are an axis before the seeds", "[output][ensemble]") {
  const TemporaryFolder folder;
  write_fake_ensemble(folder / "p.h5", ensemble_of({1, 2}, 3, {"baseline", "reform"}));
  const TrajectoryReader paired{folder / "p.h5"};
  CHECK(paired.policies() == std::vector<std::string>{"baseline", "reform"});
  REQUIRE(paired.runs() == 4);
  CHECK(paired.read("trade_value").dims.at(0) == "policy");
  write_fake_run(folder / "one.h5", 3, 4);
  CHECK(same(paired.read("trade_value", 3).values,
             TrajectoryReader{folder / "one.h5"}.read("trade_value").values));
  CHECK(paired.run(3)->name() == (folder / "p.h5") + ", reform, seed 2");
  std::vector<TrajectoryReader> files;
  files.emplace_back(folder / "p.h5");
  CHECK_THROWS_WITH(validate(std::vector<Target>{}, files),
                    Contains("several policies: baseline, reform"));
}

TEST_CASE("an ensemble that is not complete leaves no file", "[output][ensemble]") {
  const TemporaryFolder folder;
  {
    EnsembleWriter writer{folder / "e.h5", ensemble_of({1, 2}, 2), 2};
    const auto first = writer.observer_of(0), second = writer.observer_of(1);
    first->on_month(fake_month(0));
    CHECK_THROWS_WITH(first->on_month(fake_month(2)), Contains("2024-03 follows 2024-01"));
    first->on_month(fake_month(1));
    CHECK_THROWS_WITH(second->on_month(fake_month(1)), Contains("begins in 2024-02"));
    CHECK_THROWS_WITH(writer.finish({}), Contains("1 runs of 2"));
  }
  CHECK(folder.files() == 0);
}

TEST_CASE("validation takes ensembles and single files, with the same bands",
          "[output][ensemble][validation]") {
  const TemporaryFolder folder;
  std::ofstream{folder / "targets.toml"} << R"(
[[target]]
says = "trade"
source = "none"
kind = "predicted"
variable = "us_imports"
select = {partner = "FEL"}
months = ["2024-01", "2024-12"]
unit = "m"
)";
  const auto targets = read_targets(folder / "targets.toml");
  CHECK(variables_of(targets) == std::vector<std::string>{"us_imports"});
  write_fake_ensemble(folder / "e.h5", ensemble_of({1, 2, 3, 4}, 12));
  std::vector<TrajectoryReader> one, many;
  one.emplace_back(folder / "e.h5");
  std::vector<std::unique_ptr<RunView>> in_memory;
  const auto reporting = std::make_shared<const Reporting>(fake_reporting());
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const auto file = folder / ("s" + std::to_string(seed) + ".h5");
    write_fake_run(file, 12, seed);
    many.emplace_back(file);
    auto run =
        std::make_unique<MemoryRun>(reporting, Month{2024, 12}, "memory", variables_of(targets));
    for (int t = 0; t < 12; ++t)
      run->on_month(fake_month(t, seed));
    in_memory.push_back(std::move(run));
  }
  const auto a = validate(targets, one).at(0), b = validate(targets, many).at(0),
             c = validate(targets, in_memory).at(0);
  CHECK(a.values.size() == 4);
  CHECK(a.values == b.values);
  CHECK(a.values == c.values);
  auto sorted = a.values;
  std::sort(sorted.begin(), sorted.end());
  CHECK(a.median == Approx((sorted[1] + sorted[2]) / 2));
  CHECK(a.p05 == Approx(sorted[0] + 0.15 * (sorted[1] - sorted[0])));
  CHECK(a.p95 == Approx(sorted[3] - 0.15 * (sorted[3] - sorted[2])));
  CHECK_THAT(validation_table({a}), Contains("[5th to 95th percentile] of 4 runs"));
  CHECK_THAT(validation_csv({a}), Contains("median,p05,p95,minimum,maximum,runs"));
}

TEST_CASE("tables of several runs become one with bands", "[output][ensemble][summary]") {
  const auto table = [](double x, const std::string& label) {
    return SummaryTable{
        "title", 10, 6, 1, {"a", "b"}, {{"section", label, {x, 10}}, {"section", "none", {0, 0}}},
        true};
  };
  TableOfRuns runs;
  CHECK(runs.text().empty());
  runs.add(table(1, "row"));
  CHECK(runs.text() == table_text(table(1, "row")));
  CHECK_THAT(runs.text(), Contains("  row        1.0  10.0\n"));
  for (const double x : {5.0, 3.0, 2.0, 4.0})
    runs.add(table(x, "row"));
  CHECK_THAT(runs.text(), Contains("3.0 [1.2 4.8]") && Contains("10.0 [10.0 10.0]") &&
                              Contains("section") && !Contains("none"));
  CHECK_THROWS_AS(runs.add(table(1, "other")), Error);
}

TEST_CASE("an ensemble's progress counts over its runs", "[output][ensemble]") {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  {
    EnsembleProgress progress{10, 60, Progress::Style::lines, file};
    for (int run = 0; run < 10; ++run) {
      for (int t = 0; t < 60; ++t)
        progress.month_done();
      progress.run_done();
    }
  }
  std::rewind(file);
  std::string text;
  for (int c; (c = std::fgetc(file)) != EOF;)
    text += static_cast<char>(c);
  std::fclose(file);
  CHECK(std::count(text.begin(), text.end(), '\n') == 13);
  CHECK_THAT(text, Contains("10 of 10 runs done, month 600 of 600") && Contains(" months/s, ") &&
                       !Contains("\x1b"));
}
