// The table of runs, and what is kept of one.
#include "output/sweep/folder.hpp"
#include "output/sweep/run_result.hpp"
#include "output/sweep/shell_text.hpp"

#include "../output/fake_run.hpp"
#include "output/variable.hpp"
#include "policy/error.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <set>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

Sweep read_text(const TemporaryFolder& folder, const std::string& text) {
  std::ofstream{folder / "s.toml"} << text;
  return read_sweep(folder / "s.toml");
}

constexpr const char* kTwoParameters = R"(
seeds = "3,1"
firms = 2000
[design]
method = "list"
[[parameter]]
key = "claim_setup_cost"
values = [8, 24.5, 100000]
[[parameter]]
key = "run.firms"
low = 1000
high = 3000
step = 1000
[[policy]]
name = "a"
[[policy]]
name = "b"
set = ["run.closure=fixed_wage"]
)";

} // namespace

TEST_CASE("run numbers go through policies, points and seeds", "[sweep]") {
  const TemporaryFolder folder;
  const auto s = read_text(folder, kTwoParameters);
  CHECK(s.runs() == 12);
  CHECK(s.name == "s");
  CHECK(s.parameters[0].key == "parameters.claim_setup_cost");
  CHECK(s.parameters[1].name == "run_firms");
  CHECK(s.policies[1].sets == std::vector<std::string>{"run.firms=2000", "run.closure=fixed_wage"});
  std::set<std::vector<std::size_t>> seen;
  for (std::size_t run = 0; run < 12; ++run) {
    const auto [policy, point, seed] = s.place(run);
    CHECK((policy * 3 + point) * 2 + seed == run);
    seen.insert({policy, point, seed});
  }
  CHECK(seen.size() == 12);
  CHECK(s.sets(2) ==
        std::vector<std::string>{"parameters.claim_setup_cost=100000", "run.firms=3000"});
  CHECK(s.sets(1).front() == "parameters.claim_setup_cost=24.5");
  const SweepFolder place{"f"};
  CHECK(command_of(place, s, 11) ==
        "./nearshore run f/policies/b.toml --set parameters.claim_setup_cost=100000 --set "
        "run.firms=3000 --seed 1 --threads 1 -o run_11.h5");
}

TEST_CASE("a resolved sweep reads back to the same", "[sweep]") {
  const TemporaryFolder folder;
  const auto s = read_text(folder, kTwoParameters);
  const auto again = read_text(folder, s.resolved);
  CHECK(again.resolved == s.resolved);
  CHECK(again.points.cells == s.points.cells);
  for (const auto* shipped : {"paperwork", "sobol", "morris", "thousand"}) {
    const auto one = read_sweep("configs/sweeps/" + std::string{shipped} + ".toml");
    CHECK(read_text(folder, one.resolved).resolved == one.resolved);
  }
}

TEST_CASE("wrong sweeps are refused where they are wrong", "[sweep]") {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& text) -> std::string {
    try {
      read_text(folder, text);
    } catch (const Error& e) {
      CHECK(e.kind == ErrorKind::input);
      return e.what();
    }
    return "accepted";
  };
  const std::string two =
      "[[parameter]]\nkey = \"claim_setup_cost\"\nvalues = [1, 2]\n[[parameter]]\n"
      "key = \"markup\"\nvalues = [1.1]\n";
  CHECK(refused(two) == "accepted");
  CHECK_THAT(refused(two + "[design]\nmethod = \"list\"\n"),
             Contains("s.toml:5:7: error: markup has 1 values, and claim_setup_cost 2"));
  CHECK_THAT(refused(two + "[design]\nmethod = \"sobol\"\npoints = 3\n"),
             Contains("s.toml:3:10: error: values, and the design takes them from a range"));
  CHECK_THAT(refused("[[parameter]]\nkey = \"markup\"\n[design]\nmethod = \"morris\"\npoints = 2\n"
                     "levels = 3\n"),
             Contains("s.toml:6:10: error: an odd number of levels"));
  CHECK_THAT(refused("[[parameter]]\nkey = \"markup\"\nlow = 1.3\nhigh = 1.2\ncount = 2\n"),
             Contains("the range is empty"));
  CHECK_THAT(refused(two + "[[parameter]]\nkey = \"parameters.markup\"\nvalues = [1.2]\n"),
             Contains("is taken") || Contains("given twice"));
  CHECK_THAT(refused("[design]\nmethod = \"sobol\"\npoints = 3\n"),
             Contains("s.toml:2:10: error: a design without a [[parameter]]"));
  CHECK_THAT(refused("on_failure = \"retry many\"\n"), Contains("is no failure policy"));
  CHECK_THAT(refused("seeds = \"1-100000\"\n" + two +
                     "[[parameter]]\nkey = \"break_age\"\nlow=12\nhigh=24\ncount=10\n"),
             Contains("runs; allowed: at most 1000000"));
  CHECK_THAT(refused("[keep]\nwhat = \"variables\"\n"), Contains("no variables to keep"));
  CHECK_THAT(refused("[desing]\nmethod = \"grid\"\n"), Contains("did you mean 'design'"));
}

TEST_CASE("what is kept of a run comes back", "[sweep][run_result]") {
  const TemporaryFolder folder;
  auto s = read_text(folder, R"(
[keep]
what = "variables"
variables = ["trade_value", "claim_share"]
[[outcome]]
name = "x"
says = "imports"
variable = "us_imports"
select = {partner = "FEL"}
)");
  Scenario scenario;
  scenario.reporting = std::make_shared<const Reporting>(fake_reporting());
  scenario.run.reference = {2024, 12};
  const auto wages = std::make_shared<const std::vector<double>>(20, 1.0);
  MemoryRun memory{scenario.reporting, scenario.run.reference, "memory", s.variables};
  HeadlineMeans headlines{scenario.reporting, wages};
  RunKeeper keeper{s, scenario, wages};
  for (int t = 0; t < 15; ++t) {
    keeper.on_month(fake_month(t));
    memory.on_month(fake_month(t));
    headlines.on_month(fake_month(t));
  }
  {
    RunLog log{folder / "a.runs"};
    log.append({}, keeper.content(), true);
  }
  RunLogReader log{folder / "a.runs"};
  RunRecord record;
  log.scan([&](const RunRecord& r) { record = r; });
  RunResult result{log, record};
  REQUIRE(result.series() == 2);
  CHECK(s.variables == std::vector<std::string>{"claim_share", "trade_value"}); // as in the docs
  for (std::size_t v = 0; v < 2; ++v) {
    const auto values = result.values(v), wanted = memory.read(s.variables[v]).values;
    REQUIRE(values.size() == wanted.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      CHECK((values[i] == wanted[i] || (std::isnan(values[i]) && std::isnan(wanted[i]))));
  }
  REQUIRE(result.numbers().outcomes.size() == 1);
  CHECK(result.numbers().outcomes[0] > 0);
  const auto means = headlines.means();
  REQUIRE(result.numbers().headlines.size() == means.size());
  CHECK(result.numbers().headlines[3] == means[3].value);
}

TEST_CASE("words for a shell", "[sweep]") {
  CHECK(shell_word("a/b-1.toml") == "a/b-1.toml");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("$x`y`") == "'$x`y`'");
}
