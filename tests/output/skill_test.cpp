#include "fake_run.hpp"
#include "output/skill.hpp"
#include "policy/error.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

const std::string kHeader = "month,origin,sector,mfn_status,import_value_musd,usmca_claimed_musd\n";
// FEL 50 % before, then 70, 90 and 90 %; NEI 20 % before, then 60, 80 and 80 %.
const std::string kClaims = kHeader + "2025-01,FEL,ALL,all,100,40\n2025-02,FEL,ALL,all,100,60\n"
                                      "2025-03,FEL,ALL,all,100,70\n2025-04,FEL,ALL,all,100,90\n"
                                      "2025-05,FEL,ALL,all,300,270\n"
                                      "2025-01,NEI,ALL,all,10,2\n2025-02,NEI,ALL,all,10,2\n"
                                      "2025-03,NEI,ALL,all,10,6\n2025-04,NEI,ALL,all,10,8\n"
                                      "2025-05,NEI,ALL,all,10,8\n";
const std::string kSkill =
    "[[skill]]\nsays = 'FEL'\nvariable = 'claim_share'\nselect = { exporter = 'FEL', importer = "
    "'HOM' }\nmonths = ['2025-03', '2025-05']\nbefore = ['2025-01', '2025-02']\nclaims = { origin "
    "= 'FEL' }\nkind = 'predicted'\nsource = 'none'\n";

void write(const std::string& path, const std::string& text) {
  std::ofstream{path} << text;
}

/// The rows for a file of targets that reads `claims`, on a run whose FEL claims 88 % from March.
std::vector<TargetResult> rows(const TemporaryFolder& folder, const std::string& toml,
                               const std::string& claims = kClaims) {
  write(folder / "claims.csv", claims);
  write(folder / "targets.toml", "claims_data = '" + (folder / "claims.csv") +
                                     "'\n[groups.sector]\nhard = ['tools']\n" + toml);
  if (!std::ifstream{folder / "run.h5"}) write_fake_run(folder / "run.h5", 24);
  std::vector<TrajectoryReader> runs;
  runs.emplace_back(folder / "run.h5");
  return validate(read_validation(folder / "targets.toml"), runs);
}

} // namespace

TEST_CASE("skill is 1 - error / error of the naive forecast", "[output][validate][skill]") {
  const TemporaryFolder folder;
  const auto r = rows(folder, kSkill + "like = { origin = 'NEI' }\n");
  REQUIRE(r.size() == 3);
  // Errors weighted by value: model (18 + 2 + 6) / 500, no change (20 + 40 + 120) / 500; NEI's gap
  // of 0.8 closes by 1/2, 3/4, 3/4, so that FEL is forecast at 0.75, 0.875, 0.875.
  CHECK(r[0].median == Approx(5.2));
  CHECK(r[1].median == Approx(1 - 0.052 / 0.36));
  CHECK(r[1].verdict == Verdict::met);
  CHECK(r[2].median == Approx(1 - 0.052 / 0.03));
  CHECK(r[2].verdict == Verdict::missed);
}

TEST_CASE("a series may be forecast by what its gap did first", "[output][validate][skill]") {
  const TemporaryFolder folder;
  auto toml = kSkill + "like_months = '2025-03'\n";
  toml.replace(toml.find("['2025-03', '2025-05']"), 22, "['2025-04', '2025-05']");
  const auto r = rows(folder, toml); // gap of 0.5 closed by 0.4: 0.7 for ever; errors 0.2 and 0.02
  CHECK(r.at(2).median == Approx(1 - 0.02 / 0.2));
}

TEST_CASE("without data a skill shows the model's share and judges nothing",
          "[output][validate][skill]") {
  const TemporaryFolder folder;
  const auto without = kClaims.substr(0, kClaims.find("2025-05,FEL")); // and all of NEI
  const auto r = rows(folder, kSkill + "like_months = '2025-02'\n", without);
  REQUIRE(r.size() == 1);
  CHECK(r[0].verdict == Verdict::aside);
  CHECK(r[0].median == Approx(88));
  CHECK_THAT(validation_table(r),
             Contains("kept aside") && Contains("1 whose data are kept aside"));
}

TEST_CASE("skill by sector weighs each sector's error by its trade", "[output][validate][skill]") {
  const TemporaryFolder folder;
  std::string claims = kHeader;
  for (const auto* m : {"2025-01", "2025-02", "2025-03"})
    claims += std::string{m} + ",NEI,ALL,all,10," + (m[6] == '3' ? "6" : "2") + "\n";
  for (const auto* m : {"2025-01", "2025-02"})
    claims += std::string{m} + ",FEL,cars,all,100,50\n" + m + ",FEL,tools,all,100,0\n";
  claims += "2025-03,FEL,cars,all,100,98\n2025-03,FEL,tools,all,300,150\n";
  auto toml = kSkill + "by_sector = true\nlike = { origin = 'NEI' }\n";
  toml.replace(toml.find("'claim_share'"), 13, "'claim_share_by_sector'\nweight = 'goods_traded'");
  toml.replace(toml.find("['2025-03', '2025-05']"), 22, "'2025-03'");
  const auto r = rows(folder, toml, claims);
  REQUIRE(r.size() == 3);
  const double model = (0.10 * 100 + 0.38 * 300) / 400;
  CHECK(r[0].median == Approx(100 * model).epsilon(1e-5));
  CHECK(r[1].median == Approx(1 - model / ((0.48 * 100 + 0.5 * 300) / 400)).epsilon(1e-5));
  CHECK(r[2].median == Approx(1 - model / ((0.23 * 100 + 0.0 * 300) / 400)).epsilon(1e-5));
}

TEST_CASE("labels can be left out of a sum, and data come from the table of claims",
          "[output][validate]") {
  const TemporaryFolder folder;
  const std::string target =
      "[[target]]\nsays = 'it'\nvariable = 'goods_traded'\nselect = { exporter = 'FEL', importer = "
      "'HOM', sector = ['*', '!hard', '!services'] }\nmonths = '2025-01'\nkind = 'predicted'\n"
      "source = 'none'\nclaims = { origin = 'FEL' }\nkept_aside = true\n";
  double expected = 0;
  const auto m = fake_month(12);
  for (const std::size_t s : {0, 1, 3})
    expected += static_cast<double>(m.claims[(1 * 4 + 0) * 5 + s].trade) / 1e8;
  auto r = rows(folder, target);
  CHECK(r.at(0).median == Approx(expected).epsilon(1e-6));
  CHECK(r[0].target.data == Approx(0.4));
  CHECK(r[0].verdict == Verdict::report);
  r = rows(folder, target, kHeader + "2025-02,FEL,ALL,all,1,1\n");
  CHECK(r.at(0).verdict == Verdict::aside);
}

TEST_CASE("a figure may be a ratio or a difference of two weighted means", "[output][validate]") {
  const TemporaryFolder folder;
  const auto target = [](const std::string& kind, const std::string& other) {
    return "[[target]]\nsays = 'it'\nvariable = 'claim_share_by_sector'\nweight = "
           "'goods_traded'\nselect = { exporter = 'FEL', importer = 'HOM', sector = 'cars' }\n" +
           kind + " = 'claim_share_by_sector'\n" + kind + "_select = { exporter = '" + other +
           "', importer = 'HOM', sector = ['*', '!services'] }\nmonths = '2025-04'\nkind = "
           "'predicted'\nsource = 'none'\n";
  };
  CHECK(rows(folder, target("per", "NEI")).at(0).median == Approx(0.88 / 0.5).epsilon(1e-5));
  CHECK(rows(folder, target("less", "NEI")).at(0).median == Approx(0.38).epsilon(1e-5));
}

TEST_CASE("the headline is met only if all of its rows are", "[output][validate]") {
  const TemporaryFolder folder;
  const auto target = [](const std::string& months, const std::string& range) {
    return "[[target]]\nsays = 'it'\nvariable = 'claim_share'\nselect = { exporter = 'FEL', "
           "importer = 'HOM' }\nheadline = true\nkind = 'predicted'\nsource = 'none'\nmonths = '" +
           months + "'\n" + range + "\n";
  };
  const auto before = target("2025-01", "low = 0.45\nhigh = 0.54");
  auto r = rows(folder, before + target("2025-04", "low = 0.8"));
  CHECK(r.back().verdict == Verdict::met);
  CHECK(r.back().median == 2);
  CHECK(r.back().target.kind == TargetKind::predicted);
  r = rows(folder, before + target("2025-04", "low = 0.9"));
  CHECK(r.back().verdict == Verdict::missed);
  CHECK(r.back().median == 1);
  CHECK(rows(folder, before + target("2027-01", "low = 0")).back().verdict == Verdict::absent);
  // With one row that was fitted the whole is no prediction.
  auto fitted = target("2025-04", "low = 0.8");
  fitted.replace(fitted.find("predicted"), 9, "calibrated");
  CHECK(rows(folder, before + fitted).back().target.kind == TargetKind::calibrated);
}

TEST_CASE("a table of claims sums what is asked and lacks what is not there", "[claims]") {
  ClaimsTable t;
  const Month m{2025, 1};
  t.set({m, "CA", "ALL", MfnStatus::all}, {100, 40});
  t.set({m, "CA", "cars", MfnStatus::all}, {30, 27});
  t.set({m, "CA", "oil", MfnStatus::all}, {60, 12});
  const auto sum = [&](std::vector<std::string> of, std::vector<std::string> less = {}) {
    return t.sum(m, "CA", of, less, MfnStatus::all);
  };
  CHECK(sum({})->claimed == 40);
  CHECK(sum({}, {"oil"})->value == 30);
  CHECK(sum({"oil", "cars"})->claimed == 39);
  CHECK(!sum({}, {"tools"}));
  CHECK(!sum({"tools"}));
  CHECK(!t.sum(m + 1, "CA", {}, {}, MfnStatus::all));
  CHECK(!t.sum(m, "CA", {}, {}, MfnStatus::free));
  ClaimsTable newer;
  newer.set({m, "CA", "ALL", MfnStatus::all}, {200, 50});
  t.update(newer);
  CHECK(sum({})->value == 200);
}

TEST_CASE("wrong skills, selections and claims are refused at their place", "[output][validate]") {
  const TemporaryFolder folder;
  const auto fails = [&](const std::string& toml, const std::string& message,
                         const std::string& claims = kClaims) {
    CHECK_THROWS_WITH(rows(folder, toml, claims), Contains(message));
  };
  fails(kSkill, "a series whose gap closes like its own");
  fails(kSkill + "like_months = '2025-04'\n", "the months are among those forecast");
  fails(kSkill + "like = { origin = 'NEI' }\nlike_moths = '2025-01'\n", "did you mean");
  auto late = kSkill;
  late.replace(late.find("['2025-01', '2025-02']"), 22, "'2025-03'");
  fails(late, "no months before those forecast");
  fails("", "claims.csv:2:1: error: no month", kHeader + "2025-13,MX,ALL,all,1,1\n");
  fails("", "claims.csv:2:22: error: more is claimed", kHeader + "2025-12,MX,ALL,all,1,2\n");
  fails("", "claims.csv:3:1: error: the month, origin",
        kHeader + "2025-12,MX,ALL,all,1,1\n2025-12,MX,ALL,all,1,1\n");
  fails("", "did you mean 'dutiable'", kHeader + "2025-12,MX,ALL,dutyable,1,1\n");
  const std::string target = "[[target]]\nsays = 'it'\nvariable = 'claim_share'\nkind = "
                             "'predicted'\nsource = 'none'\nmonths = '2025-01'\n";
  fails(target + "select = { exporter = ['!FEL'], importer = 'HOM' }\n", "labels to leave out");
  fails(target + "select = { exporter = ['*', '!FLE'], importer = 'HOM' }\n", "did you mean 'FEL'");
  fails(target + "headline = true\n", "a target without a range");
}
