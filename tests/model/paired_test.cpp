// Two policies with the same luck: the file of both, and how much the pairing gains.
#include "output/effects.hpp"
#include "output/ensemble_output.hpp"
#include "output/moments.hpp"
#include "output/trajectory_reader.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

/// Small paired ensemble of shipped scenarios.
std::vector<Scenario> pair_of(const std::string& reform, const std::string& output) {
  std::vector<Scenario> list{over(shipped(kNoTariffs), {1500, {2025, 2}, {2025, 4}, 2}),
                             over(shipped(reform), {1500, {2025, 2}, {2025, 4}, 2})};
  list.back().run.output = output;
  return list;
}

std::string run_pair(const std::vector<Scenario>& policies, const std::vector<std::uint64_t>& seeds,
                     const EnsemblePlan& plan) {
  EnsembleOutput output{policies, seeds, plan, {.write = true, .progress = false}};
  run_ensemble(
      output.runs(), [&](std::size_t run) { return output.scenario_of(run); }, plan,
      [&](std::size_t run, const Scenario&) { return output.observer_of(run); },
      [&](std::size_t run, Observer& o) { output.finished(run, o); });
  return output.finish();
}

} // namespace

TEST_CASE("two policies with the same luck: a file with both, and the effect",
          "[ensemble][model]") {
  const TemporaryFolder folder{"nearshore-pair"};
  const auto path = (folder.path / "pair.h5").string();
  const std::vector<std::uint64_t> seeds{4, 9};
  const auto policies = pair_of(kHistory, path);
  const auto text = run_pair(policies, seeds, {2, 1});
  CHECK_THAT(text, Contains("mean of 2025-02 to 2025-04, 2 seeds (4,9)") &&
                       Contains("Duties collected by US") && Contains("paired"));
  const TrajectoryReader file{path};
  CHECK(file.policies() == std::vector<std::string>{"baseline", "reform"});
  CHECK(file.text_attribute("title_baseline") == policies[0].title);
  for (std::size_t policy = 0; policy < 2; ++policy) { // each run is what it is alone
    const auto alone = run_months(with_seed(policies[policy], 9));
    const auto share = file.run(policy * 2 + 1)->read("claim_share");
    const auto& world = *policies[0].world;
    const auto mx = region_index(world, "MX"), us = region_index(world, "US");
    CHECK(share.values[(2 * world.R() + mx) * world.R() + us] ==
          claim_share(alone[2], world, mx, us));
  }
  CHECK_THAT(run_pair(pair_of(kNoTariffs, path), seeds, {2, 1}),
             Contains("the two policies give the same outcomes"));
}

TEST_CASE("pairing pays at least five times where one measure changes", "[ensemble][model]") {
  const TemporaryFolder folder{"nearshore-pair"};
  auto policies = pair_of(kHistory, (folder.path / "pair.h5").string());
  policies[0] = over(extended("[[measure]]\nname = \"autos_232_north_america\"\nrate = 0.15\n"),
                     {1500, {2025, 2}, {2025, 8}, 2});
  policies[1].run.end = {2025, 8};
  std::vector<std::vector<double>> outcomes(12);
  std::vector<Headline> names;
  const auto wages = std::make_shared<const std::vector<double>>(wage_bills(*policies[0].world));
  run_ensemble(
      12, [&](std::size_t run) { return with_seed(policies[run / 6], run % 6); }, {2, 1},
      [&](std::size_t, const Scenario& s) {
        return std::make_unique<HeadlineMeans>(s.reporting, wages);
      },
      [&](std::size_t run, Observer& o) {
        names = static_cast<HeadlineMeans&>(o).means();
        for (const auto& h : names)
          outcomes[run].push_back(h.value);
      });
  const auto effects = effects_of(names, {outcomes.begin(), outcomes.begin() + 6},
                                  {outcomes.begin() + 6, outcomes.end()});
  std::size_t headline = 0;
  for (const auto& e : effects) {
    if (e.section.find("Claimed") != 0 && e.section.find("Duties") != 0 &&
        e.section.find("Employment") != 0)
      continue;
    INFO(e.section << ": " << e.label);
    if (e.effect == 0) continue;
    CHECK(e.paired_error * 5 < e.unpaired_error);
    ++headline;
  }
  CHECK(headline > 20);
}

TEST_CASE("moments of runs in memory are those of their file", "[ensemble][model]") {
  const TemporaryFolder folder{"nearshore-moments"};
  auto scenario = over(shipped(kHistory), {1500, {2025, 1}, {2025, 3}, 2});
  scenario.run.output = (folder.path / "e.h5").string();
  run_pair({scenario}, {5, 8}, {2, 1});
  std::vector<TrajectoryReader> files;
  files.emplace_back(scenario.run.output);
  const auto targets = read_targets(committed("configs/validation_targets.toml"));
  const auto on_disk = validate(targets, files);
  std::vector<std::size_t> done;
  const std::array<std::uint64_t, 2> seeds{5, 8};
  const auto moments = moments_of(
      targets, 2, [&](std::size_t run) { return with_seed(scenario, seeds[run]); }, {2, 1},
      [&](std::size_t run) { done.push_back(run); });
  CHECK(done.size() == 2);
  std::size_t figures = 0;
  for (std::size_t t = 0; t < targets.size(); ++t)
    for (std::size_t run = 0; run < 2; ++run) {
      INFO(targets[t].says);
      CHECK(same_bits(std::span<const double>(&moments[run][t], 1),
                      std::span<const double>(&on_disk[t].values[run], 1)));
      if (!std::isnan(moments[run][t])) ++figures;
    }
  CHECK(figures > 10);
  scenario.reporting = nullptr;
  CHECK_THROWS_WITH(moments_of(targets, 1, [&](std::size_t) { return scenario; }, {1, 1}),
                    Contains("[reporting]"));
}

TEST_CASE("policies over other grids are not compared", "[ensemble]") {
  const auto base = over(shipped(kNoTariffs), {1500, {2025, 2}, {2025, 4}, 2});
  const auto refused = [&](auto change) {
    auto other = base;
    change(other);
    try {
      check_same_grid(other, base, "--paired " + base.file);
    } catch (const Error& e) {
      CHECK(e.kind == ErrorKind::input);
      CHECK_THAT(e.where, Contains("--paired ") && Contains("no_2025_tariffs.toml"));
      return e.what_is_wrong;
    }
    return std::string{"accepted"};
  };
  CHECK(refused([](Scenario&) {}) == "accepted");
  CHECK_THAT(refused([](Scenario& s) { s.run.firms = 2000; }),
             Contains("run.firms is 1500, and 2000 in "));
  CHECK_THAT(refused([](Scenario& s) { s.run.end = {2025, 5}; }), Contains("run.end is 2025-04"));
  CHECK_THAT(refused([](Scenario& s) { s.run.start = {2025, 1}; }), Contains("run.start"));
  CHECK_THAT(refused([](Scenario& s) { s.run.spin_up = 3; }), Contains("run.spin_up"));
  CHECK_THAT(refused([](Scenario& s) { s.run.world = "elsewhere"; }), Contains("run.world"));
  CHECK_THAT(refused([](Scenario& s) {
               auto labels = *s.reporting;
               labels.sectors[0] = "other";
               s.reporting = std::make_shared<const Reporting>(labels);
             }),
             Contains("the axis sector is "));
}
