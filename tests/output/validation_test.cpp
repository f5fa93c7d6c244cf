#include "fake_run.hpp"
#include "output/calibration/problem.hpp"
#include "output/skill.hpp"
#include "output/validation.hpp"
#include "policy/error.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/settings.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <set>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

const std::string kClaims =
    "variable = 'claim_share'\nselect = { exporter = 'FEL', importer = 'HOM' }\n";

/// One target from its lines; `says`, kind and source are filled in.
Target target(const TemporaryFolder& folder, const std::string& lines) {
  std::ofstream{folder / "targets.toml"}
      << "[groups.exporter]\nmembers = ['FEL', 'NEI']\n[[target]]\nsays = 'it'\nkind = "
         "'predicted'\nsource = 'none'\n"
      << lines;
  return read_targets(folder / "targets.toml").at(0);
}

TargetResult result(const TemporaryFolder& folder, const std::string& lines,
                    std::vector<std::string> files = {"run.h5"}) {
  std::vector<TrajectoryReader> runs;
  for (const auto& f : files)
    runs.emplace_back(folder / f);
  return validate({target(folder, lines)}, runs).at(0);
}

} // namespace

TEST_CASE("a target is met, missed, reported or absent", "[output][validate]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 24); // claims 50 % until 2025-02, then 88 %
  const auto year = kClaims + "months = ['2024-01', '2024-12']\nscale = 100\n";
  const auto met = result(folder, year + "low = 40\nhigh = 60\n");
  CHECK(met.verdict == Verdict::met);
  CHECK(met.median == Approx(50).epsilon(1e-6));
  CHECK(result(folder, year + "low = 51\n").verdict == Verdict::missed);
  CHECK(result(folder, year + "high = 49\n").verdict == Verdict::missed);
  CHECK(result(folder, year).verdict == Verdict::report);
  const auto absent = result(folder, kClaims + "months = ['2025-12', '2026-01']\nlow = 0\n");
  CHECK(absent.verdict == Verdict::absent);
  CHECK(std::isnan(absent.median));
}

TEST_CASE("a bound has a range and no data", "[output][validate]") {
  const TemporaryFolder folder;
  const auto bound = [&](const std::string& lines) {
    std::ofstream{folder / "bound.toml"} << "by_hand = 'odds'\n[[target]]\nsays = 'it'\nkind = "
                                            "'bound'\nsource = 'none'\n"
                                         << kClaims << lines;
    return read_validation(folder / "bound.toml");
  };
  CHECK(bound("low = 4\n").targets.at(0).kind == TargetKind::bound);
  CHECK(bound("low = 4\n").by_hand == "odds");
  CHECK_THROWS_WITH(bound("low = 4\ndata = 5\n"), Contains("a bound has a range and no data"));
  CHECK_THROWS_WITH(bound(""), Contains("a bound has a range and no data"));
}

TEST_CASE("the shipped fit's parameters are those whose source says calibrated",
          "[output][validate]") {
  std::set<std::string> fitted, said;
  for (const auto& p : read_calibration(find_input("configs/calibration/baseline.toml")).parameters)
    if (p.key.path.starts_with("parameters.")) fitted.insert(p.name());
  for (const auto& p : parameter_table())
    if (p.source.starts_with("calibrated")) said.insert(std::string{p.key});
  CHECK(fitted == said);
}

TEST_CASE("each statistic gives what its definition says", "[output][validate]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 24);
  const auto value = [&](const std::string& lines) { return result(folder, lines).median; };
  CHECK(value(kClaims + "months = ['2025-02', '2025-03']\n") == Approx(0.69));
  CHECK(value(kClaims + "statistic = 'minimum'\n") == Approx(0.5));
  CHECK(value(kClaims + "statistic = 'maximum'\n") == Approx(0.88));
  CHECK(value(kClaims + "statistic = 'change'\nmonths = '2025-06'\nagainst = '2025-01'\n") ==
        Approx(0.38));
  CHECK(value(kClaims + "statistic = 'deviation'\nagainst = ['2025-02', '2025-03']\n") ==
        Approx(0.19));
  CHECK(value("variable = 'employment'\nstatistic = 'drift'\nmonths = '2025-12'\nagainst = "
              "'2024-01'\n") == Approx(0.023).epsilon(1e-4));
  CHECK(value("variable = 'duty_collected'\nstatistic = 'minimum'\n") == 0);

  // Sums and ratios against the records themselves.
  double duty = 0, imports = 0, home_content = 0, exports = 0;
  for (int t = 0; t < 24; ++t) {
    const auto m = fake_month(t);
    for (std::size_t s = 0; s < 5; ++s)
      for (std::size_t a = 0; a < 3; ++a)
        duty += static_cast<double>(m.duty[((1 * 4 + 0) * 5 + s) * 3 + a]);
    for (std::size_t s = 0; s < 4; ++s)
      imports += static_cast<double>(m.claims[(1 * 4 + 0) * 5 + s].trade);
    for (const std::size_t x : {1, 2}) {
      for (std::size_t s = 0; s < 3; ++s) {
        for (std::size_t k = 0; k < 4; ++k)
          exports += static_cast<double>(m.exports_content[(x * 5 + s) * 4 + k]);
        home_content += static_cast<double>(m.exports_content[(x * 5 + s) * 4]);
      }
    }
  }
  CHECK(value("variable = 'duty_collected'\nselect = { origin = 'FEL', destination = 'HOM', sector "
              "= '*', authority = "
              "'*' }\nper = 'us_imports'\nper_select = { partner = 'FEL' }\n") ==
        Approx(duty / imports).epsilon(1e-5));
  CHECK(value("variable = 'value_added_content'\nweight = 'exports'\nselect = { exporter = "
              "'members', export_sector = "
              "'making', source = 'HOM' }\n") == Approx(home_content / exports).epsilon(1e-5));
}

TEST_CASE("decompositions and shares that do not sum are found", "[output][validate]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 24);
  const std::string causes =
      "variable = 'claim_change'\nstatistic = 'sum_error'\nover = 'cause'\nhigh = 1e-12\nof = ";
  CHECK(result(folder, causes + "'claim_share'\n").verdict == Verdict::met);
  CHECK(result(folder, causes + "'claim_share_recorded'\n").verdict == Verdict::missed);
  CHECK(result(folder, "variable = 'value_added_content'\nstatistic = 'sum_error'\nover = "
                       "'source'\nhigh = 1e-6\n")
            .verdict == Verdict::met);
  CHECK(result(folder,
               "variable = 'exports'\nstatistic = 'sum_error'\nover = 'exporter'\nhigh = 1e-6\n")
            .verdict == Verdict::missed);
}

TEST_CASE("several runs are judged by their median", "[output][validate]") {
  const TemporaryFolder folder;
  for (const int seed : {1, 2, 3})
    write_fake_run(folder / ("run" + std::to_string(seed) + ".h5"), 2,
                   static_cast<std::uint64_t>(seed));
  const std::string output =
      "variable = 'gross_output'\nselect = { region = 'HOM', sector = 'cars' }\n";
  const auto all = result(folder, output, {"run1.h5", "run2.h5", "run3.h5"});
  REQUIRE(all.values.size() == 3);
  CHECK(all.low == *std::min_element(all.values.begin(), all.values.end()));
  CHECK(all.high == *std::max_element(all.values.begin(), all.values.end()));
  CHECK(all.low < all.median);
  CHECK(all.median < all.high);
  CHECK_THAT(validation_table({all}), Contains("[") && Contains("report") && Contains("predicted"));
  CHECK_THAT(validation_csv({all}), Contains(",3,report,predicted,\"none\""));
  CHECK_THROWS_WITH(result(folder, output, {"run1.h5", "run2.h5", "run1.h5"}),
                    Contains("the same seed as") && Contains("one file a seed"));
}

TEST_CASE("targets that make no sense are refused at their place", "[output][validate]") {
  const TemporaryFolder folder;
  write_fake_run(folder / "run.h5", 2);
  const auto refuse = [&](const std::string& lines, const std::string& where,
                          const std::string& what) {
    CHECK_THROWS_WITH(result(folder, lines), Contains("targets.toml:" + where) && Contains(what));
  };
  refuse("variable = 'claim_shore'\n", "3:", "claim_share");
  refuse("variable = 'claim_share'\nselect = { exporter = 'FOL', importer = 'HOM' }\n",
         "3:", "did you mean 'FEL'");
  refuse("variable = 'claim_share'\nselect = { sector = 'cars' }\n", "3:", "exporter");
  refuse("variable = 'claim_share'\n", "3:", "16 cells");
  refuse(kClaims + "statistic = 'median'\n", "9:", "minimum");
  refuse(kClaims + "statistic = 'change'\n", "3:", "window to compare with");
  refuse(kClaims + "months = ['2024-12', '2024-01']\n", "9:", "no window");
  refuse(kClaims + "low = 2\nhigh = 1\n", "9:", "range is empty");
  refuse(kClaims + "lows = 2\n", "9:", "lows");
  CHECK_THROWS_WITH(read_targets(folder / "none.toml"), Contains("none.toml"));
}

TEST_CASE("the project's targets fit the project's world", "[output][validate]") {
  const TemporaryFolder folder;
  const auto world = read_world_table(project_root() + "/configs/data/world");
  const auto document = load_document(project_root() + "/configs/reporting.toml");
  const std::vector<std::string> agreements{"pact"}, authorities{"MFN"};
  auto description = fake_description();
  description.reporting =
      read_reporting(document.root().table("reporting"), world,
                     project_root() + "/configs/data/world", agreements, authorities);
  TrajectoryWriter writer{folder / "run.h5", description};
  const std::size_t R = world.R(), S = world.S();
  MonthRecord m; // every flow 100 million, half of it claimed
  m.claims.assign(R * R * S, {10'000'000'000, 5'000'000'000, 5'000'000'000, 5'000'000'000,
                              10'000'000'000, 5'000'000'000});
  m.claim_change.resize(R * R);
  m.claim_change_recorded.resize(R * R);
  m.trade.assign(R * R * S * 4, 2'500'000'000);
  m.duty.assign(R * R * S, 100'000'000);
  m.exports_content.assign(R * S * R, 10'000'000'000);
  m.rvc_exports.assign(R * S * kRvcBins, 1);
  m.gross_output.assign(R * S, 1);
  m.employment = m.price_index = m.capacity_utilisation = std::vector<double>(R * S, 1);
  m.active_firms.assign(R * S, 1);
  m.final_spending.assign(R, 1);
  for (int t = 0; t < 36; ++t) {
    m.month = Month{2024, 1} + t;
    writer.on_month(m);
  }
  writer.finish({});

  std::vector<TrajectoryReader> runs;
  runs.emplace_back(folder / "run.h5");
  const auto find = [](const std::vector<TargetResult>& results, const std::string& section,
                       const std::string& says) {
    for (const auto& r : results)
      if (r.target.section.find(section) != std::string::npos && r.target.says == says) return r;
    FAIL("no target '" + says + "'");
    throw;
  };
  for (const char* file :
       {"validation_targets", "validation_no_2025_tariffs", "validation_frozen"}) {
    const auto results =
        validate(read_targets(project_root() + "/configs/" + file + ".toml"), runs);
    CHECK(results.size() >= 3);
    for (const auto& r : results) {
      INFO(r.target.where << " " << r.target.says);
      CHECK(r.verdict != Verdict::absent);
      CHECK((!r.target.data || !r.target.low || *r.target.data >= *r.target.low));
      CHECK((!r.target.data || !r.target.high || *r.target.data <= *r.target.high));
    }
  }
  const auto results =
      validate(read_targets(project_root() + "/configs/validation_targets.toml"), runs);
  CHECK(find(results, "Mexico", "recorded, mean of 2024").verdict == Verdict::met);
  CHECK(find(results, "Mexico", "recorded, mean of July to December 2025").verdict ==
        Verdict::missed);
  CHECK(find(results, "Mexico", "on MFN-dutiable lines, rise between the two").verdict ==
        Verdict::missed);
  CHECK(find(results, "Mexico", "duty collected over imports, March to October 2025").median ==
        Approx(100.0 * static_cast<double>(S) / 100 / static_cast<double>(S - 1)));
  CHECK(find(results, "table basis", "Mexico").median == Approx(0).margin(1e-6));
  CHECK(
      find(results, "Accounts", "causes sum to the change of claim_share, largest error").verdict ==
      Verdict::met);
}
