#include "fake_run.hpp"
#include "output/forecast_score.hpp"
#include "policy/error.hpp"
#include "sim/config/paths.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

const std::string kHead =
    "# made: then\n# scenario: s\nseries,month,unit,p05,p25,median,p75,p95,members\n";
// Bands of members 1..5: 5 % at 1.2, 95 % at 4.8; median 3.
const std::string kForecast = kHead + "claims,2026-03,%,1.2,2,3,4,4.8,5;1;2;3;4\n"
                                      "claims,2026-04,%,1.2,2,3,4,4.8,1;2;3;4;5\n"
                                      "trade,2026-03,million USD,10,10,10,10,10,10\n";

StoredForecast stored(const TemporaryFolder& folder, const std::string& text = kForecast) {
  std::ofstream{folder / "f.csv"} << text;
  return read_forecast(folder / "f.csv");
}
Published published(const TemporaryFolder& folder, const StoredForecast& f,
                    const std::string& rows) {
  std::ofstream{folder / "d.csv"} << "series,month,value\n" << rows;
  return read_published(folder / "d.csv", f);
}

} // namespace

TEST_CASE("scores by hand", "[forecast]") {
  // |x - 2| over 1..5: 1.4; mean |x - x'|: 1.6.
  CHECK(crps({1, 2, 3, 4, 5}, 2) == Approx(1.4 - 0.8));
  CHECK(crps({7}, 4) == 3);
  CHECK(interval_score(1.2, 4.8, 2) == Approx(3.6));
  CHECK(interval_score(1.2, 4.8, 5) == Approx(3.6 + 20 * 0.2));
  CHECK(interval_score(1.2, 4.8, 0.2) == Approx(3.6 + 20 * 1.0));
}

TEST_CASE("a forecast is scored by series", "[forecast]") {
  const TemporaryFolder folder;
  const auto f = stored(folder);
  CHECK(f.about == std::vector<std::string>{"made: then", "scenario: s"});
  const auto s = score(f, published(folder, f,
                                    "claims,2026-02,1\nclaims,2026-03,2\nclaims,2026-04,5\n"
                                    "claims,2030-01,9\n"));
  REQUIRE(s.size() == 2);
  CHECK(s[0].months == 2);
  CHECK(s[0].bias == Approx((1.0 - 2.0) / 2));
  CHECK(s[0].error == Approx(1.5));
  CHECK(s[0].inside == 1); // 5 is above 4.8
  CHECK(s[0].interval == Approx((3.6 + 7.6) / 2));
  CHECK(s[0].ranked == Approx((0.6 + 1.2) / 2)); // |x - 5|: 2; less 0.8
  CHECK(s[0].skill.value() == Approx(1 - 3.0 / (1 + 4)));
  CHECK(s[1].months == 0);
  CHECK(s[1].awaited == 1);
  CHECK_THAT(score_table(f, s),
             Contains("2 figures scored, 1 in their 5-95 % band (50 %), 1 not yet published"));
  CHECK_THAT(score_csv(s), Contains("trade,million USD,0,1,,,,,,\n"));
  const auto without = score(f, published(folder, f, "claims,2026-03,2\n"));
  CHECK(!without[0].skill);
}

TEST_CASE("wrong forecasts and data are refused at their place", "[forecast]") {
  const TemporaryFolder folder;
  const auto f = stored(folder);
  const auto data = [&](const std::string& rows, const std::string& message) {
    CHECK_THROWS_WITH(published(folder, f, rows), Contains(message));
  };
  data("claim,2026-03,2\n", "d.csv:2:1: error: ");
  data("claim,2026-03,2\n", "did you mean 'claims'");
  data("claims,2026-3,2\n", "no month");
  data("claims,2026-03,nan\n", "d.csv:2:16");
  data("claims,2026-03,1\nclaims,2026-03,1\n", "'claims' of 2026-03 is there twice");
  const auto forecast = [&](const std::string& rows, const std::string& message) {
    CHECK_THROWS_WITH(stored(folder, kHead + rows), Contains(message));
  };
  forecast("", "no forecast");
  forecast("claims,2026-03,%,1,2,3,4,5,1;x\n", "'x' is no number");
  forecast("claims,2026-03,%,1,2,3,4,5,1;;2\n", "'' is no number");
  forecast("claims,2026-03,%,1,2,3,4,5,1\nclaims,2026-03,%,1,2,3,4,5,1\n", "twice");
}

TEST_CASE("what is forecast is data", "[forecast]") {
  const TemporaryFolder folder;
  const auto plan = [&](const std::string& toml) {
    std::ofstream{folder / "p.toml"} << "from = '2026-03'\nuntil = '2026-04'\n" << toml;
    return read_forecast_plan(folder / "p.toml");
  };
  const std::string imports =
      "[[series]]\nname = 'imports from {}'\nvariable = 'us_imports'\nselect "
      "= { partner = '{}' }\nunit = 'million USD'\n";
  const auto p = plan(imports + "labels = ['MX', 'CA']\n");
  REQUIRE(p.series.size() == 2);
  CHECK(p.series[1].name == "imports from CA");
  CHECK(p.series[1].target.select[0].second == std::vector<std::string>{"CA"});
  CHECK_THROWS_WITH(plan(imports), Contains("no labels for {}"));
  CHECK_THROWS_WITH(plan(imports + "labels = ['MX', 'MX']\n"), Contains("twice"));
  CHECK_THROWS_WITH(plan(imports + "label = ['MX', 'MX']\n"), Contains("labels"));
  CHECK_THROWS_WITH(plan(""), Contains("no [[series]]"));
  CHECK(read_forecast_plan("configs/forecast.toml").series.size() > 20);
}

TEST_CASE("a forecast is made, written and read back", "[forecast][model]") {
  auto plan = read_forecast_plan("configs/forecast.toml");
  plan.from = {2024, 1};
  plan.until = {2024, 2};
  const auto scenario =
      load_scenario("configs/history.toml",
                    std::vector<std::string>{"run.firms=1500", "run.spin_up=2", "run.end=2024-02"});
  const auto cells = make_forecast(plan, scenario, {3, 4}, {1, 1}, {});
  REQUIRE(cells.size() == 2 * plan.series.size());
  const TemporaryFolder folder;
  const auto text = forecast_text(cells, scenario, {3, 4}, "2026-03-01T00:00:00Z");
  CHECK_THAT(text, Contains("# seeds: 3-4\n") && Contains("# law known until: 2026-07-25\n") &&
                       Contains("# made: 2026-03-01T00:00:00Z\n"));
  const auto back = stored(folder, text);
  REQUIRE(back.cells.size() == cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    CHECK(back.cells[i].series == cells[i].series);
    CHECK(back.cells[i].month == cells[i].month);
    for (std::size_t k = 0; k < 2; ++k)
      CHECK(back.cells[i].members[k] == Approx(cells[i].members[k]).epsilon(1e-5));
  }
  plan.until = {2024, 3};
  CHECK_THROWS_WITH(make_forecast(plan, scenario, {3, 4}, {1, 1}, {}),
                    Contains("the scenario runs from 2024-01 to 2024-02"));
}
