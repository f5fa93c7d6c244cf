// Effects of one policy against another, and their errors.
#include "fake_run.hpp"
#include "output/effects.hpp"
#include "output/fill.hpp"
#include "policy/error.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;
using Catch::Contains;

namespace {

using Runs = std::vector<std::vector<double>>;

const std::vector<Headline> kNames{{"one", "row 0", 0}, {"two", "row 1", 0}};

const Headline& find(const std::vector<Headline>& rows, const std::string& section,
                     const std::string& label) {
  for (const auto& row : rows)
    if (row.section.find(section) == 0 && row.label == label) return row;
  FAIL("no " + section + ": " + label);
  throw;
}

} // namespace

TEST_CASE("an effect's errors are those of the differences and of two samples", "[ensemble]") {
  // Differences 1, 2, 3; baselines 10, 20, 30 (variance 100); reforms 11, 22, 33 (variance 121).
  const auto effects =
      effects_of(kNames, Runs{{10, 5}, {20, 5}, {30, 5}}, Runs{{11, 5}, {22, 5}, {33, 5}});
  REQUIRE(effects.size() == 2);
  const auto& e = effects[0];
  CHECK(e.baseline == 20);
  CHECK(e.reform == 22);
  CHECK(e.effect == 2);
  CHECK(e.paired_error == Approx(1 / std::sqrt(3.0)));
  CHECK(e.unpaired_error == Approx(std::sqrt(221.0 / 3)));
  CHECK(e.ratio() == Approx(std::sqrt(221.0)));
  CHECK(std::isnan(effects[1].ratio()));
  const auto text = effects_text(effects, "heading");
  CHECK_THAT(text, Contains("heading") && Contains("row 0") && Contains("14.9") &&
                       Contains("at least 5 times smaller than the unpaired one for 1 of 1"));
  CHECK_THROWS_AS(effects_of(kNames, Runs{{1, 2}}, Runs{{2, 2}}), Error);
}

TEST_CASE("headlines are the figures of the variables", "[ensemble][summary]") {
  const auto m = fake_month(20);
  const auto r = fake_reporting();
  std::vector<double> wages(r.R() * r.S(), 1);
  wages[1] = 5; // parts in HOM
  auto record = m;
  record.employment.assign(r.R() * r.S(), 1.0);
  record.employment[1] = 1.09;
  const auto rows = headlines(record, r, wages);
  CHECK(find(rows, "Claimed, % of trade", "FEL to HOM").value == Approx(88));
  CHECK(find(rows, "Employment", "HOM").value == Approx(100 + 9 * 5.0 / 9));
  CHECK(find(rows, "Employment", "FEL").value == Approx(100));
  std::vector<double> imports(3);
  fill::us_imports(m, r, imports);
  CHECK(find(rows, "Goods imports of HOM", "from FEL").value == Approx(imports[0] * 0.012));
  double duty = 0, all = 0;
  for (std::size_t o = 0; o < 4; ++o)
    for (std::size_t i = 0; i < 15; ++i) {
      const auto cents = static_cast<double>(m.duty[o * 4 * 15 + i]);
      all += cents;
      if (o == 1) duty += cents;
    }
  CHECK(find(rows, "Duties collected by HOM", "on goods of FEL").value == Approx(duty / 1e11 * 12));
  CHECK(find(rows, "Duties collected by HOM", "total").value == Approx(all / 1e11 * 12));
}

TEST_CASE("headlines are means of the last twelve months", "[ensemble][summary]") {
  HeadlineMeans means{std::make_shared<const Reporting>(fake_reporting()),
                      std::make_shared<const std::vector<double>>(20, 1.0)};
  CHECK(means.means().empty());
  for (int t = 0; t < 20; ++t) // claims of FEL are 50 % until month 13, 88 % after
    means.on_month(fake_month(t));
  CHECK(find(means.means(), "Claimed, % of trade", "FEL to HOM").value ==
        Approx((6 * 50 + 6 * 88) / 12.0));
}
