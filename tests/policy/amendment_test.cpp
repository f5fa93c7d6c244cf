// [[amendment]]: many measures changed at once, checked on made-up measures and on the history.
#include "policy/error.hpp"
#include "sim/config/load_scenario.hpp"
#include "tests/model/model_fixture.hpp"
#include "tests/policy/history_fixture.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace nearshore;
using namespace nearshore::test;

namespace {

const std::string kLaw = R"(
[[authority]]
name = "mfn"
title = "MFN"
[[authority]]
name = "extra"
title = "Extra"
[[group]]
name = "extra"
meaning = "additional"
[[measure]]
name = "old"
authority = "extra"
group = "extra"
importers = ["US", "CA"]
origins = ["MX", "CN"]
from = 2024-01-01
rate = 0.2
steps = [{ from = 2025-06-01, rate = 0.4, originating = "content" }]
source = "law"
confidence = "H"
[[measure]]
name = "new"
authority = "extra"
group = "extra"
importers = ["US"]
from = 2026-01-01
rate = 0.1
source = "law"
confidence = "H"
)";

RegimeData law_with(const std::string& amendment) {
  const auto document = parse_document(kLaw + amendment, "test.toml");
  auto out = read_regime(document.root(), world_names()).data();
  document.finish();
  return out;
}

std::string amendment(const std::string& keys) {
  return "[[amendment]]\nname = \"a\"\nsource = \"assumed\"\n" + keys;
}

const Measure& measure(const RegimeData& law, const std::string& name) {
  for (const auto& m : law.measures)
    if (m.name == name) return m;
  FAIL("no measure " << name);
  throw 0;
}

std::string fault(const std::string& keys) {
  try {
    (void)law_with(amendment(keys));
  } catch (const Error& e) {
    return e.what();
  }
  return "accepted";
}

} // namespace

TEST_CASE("an amendment changes terms from its day on, of present and later measures",
          "[policy][amendment]") {
  const auto law = law_with(amendment("authorities = [\"extra\"]\nimporters = [\"US\"]\n"
                                      "from = 2025-03-01\noriginating = \"exempt\"\n"));
  const auto& old = measure(law, "old");
  CHECK(old.terms({2025, 2, 28}).originating == Originating::none);
  CHECK(old.terms({2025, 3, 1}).originating == Originating::exempt);
  CHECK(old.terms({2025, 7, 1}).originating == Originating::exempt);
  CHECK(old.terms({2025, 7, 1}).rate == Approx(0.4));
  CHECK(measure(law, "new").terms({2026, 2, 1}).originating == Originating::exempt);
  // Canada's part of the measure is not the United States'.
  const auto& rest = measure(law, "old (other importers: a)");
  CHECK(rest.terms({2025, 3, 1}).originating == Originating::none);
  CHECK((rest.importers & old.importers) == 0);
}

TEST_CASE("an amendment that ends gives back the terms of the law", "[policy][amendment]") {
  const auto law =
      law_with(amendment("from = 2025-03-01\nuntil = 2025-09-01\nrate_factor = 0.5\n"));
  const auto& old = measure(law, "old");
  CHECK(old.terms({2025, 2, 1}).rate == Approx(0.2));
  CHECK(old.terms({2025, 3, 1}).rate == Approx(0.1));
  CHECK(old.terms({2025, 6, 1}).rate == Approx(0.2));
  CHECK(old.terms({2025, 9, 1}).rate == Approx(0.4));
  CHECK(measure(law, "new").terms({2026, 1, 1}).rate == Approx(0.1));
}

TEST_CASE("a repeal ends measures, for a time or for good, and spares those it excepts",
          "[policy][amendment]") {
  const auto for_good = law_with(amendment("from = 2025-03-01\nrepeal = true\n"));
  CHECK(for_good.measures.size() == 1);
  CHECK(*measure(for_good, "old").end == Date{2025, 3, 1});
  const auto spared = law_with(amendment("from = 2025-03-01\nrepeal = true\nexcept = [\"new\"]\n"));
  CHECK_FALSE(measure(spared, "new").end);
  const auto a_while =
      law_with(amendment("from = 2025-03-01\nuntil = 2025-08-01\nrepeal = true\n"));
  const auto& again = measure(a_while, "old (from 2025-08-01)");
  CHECK(again.start == Date{2025, 8, 1});
  CHECK(again.terms({2025, 8, 1}).rate == Approx(0.4));
  CHECK(measure(a_while, "new").start == Date{2026, 1, 1});
}

TEST_CASE("faults of amendments are said at their place", "[policy][amendment]") {
  CHECK(fault("from = 2025-03-01\n").find("changes nothing") != std::string::npos);
  CHECK(fault("from = 2025-03-01\nrepeal = true\nrate_factor = 2\n").find("no terms to change") !=
        std::string::npos);
  CHECK(fault("from = 2025-03-01\nuntil = 2025-01-01\nrepeal = true\n").find("not after from") !=
        std::string::npos);
  CHECK(fault("from = 2025-03-01\nauthorities = [\"mfn\"]\nrepeal = true\n")
            .find("reaches no measure") != std::string::npos);
  CHECK(fault("from = 2025-03-01\nrepeal = true\nexcept = [\"od\"]\n").find("did you mean 'old'") !=
        std::string::npos);
}

TEST_CASE("a measure that one amendment cut is still spared by its name in another",
          "[policy][amendment]") {
  const auto law =
      law_with(amendment("importers = [\"US\"]\norigins = [\"MX\"]\nfrom = 2025-03-01\n"
                         "originating = \"exempt\"\n") +
               "[[amendment]]\nname = \"b\"\nsource = \"assumed\"\nfrom = 2025-04-01\n"
               "repeal = true\nexcept = [\"old\"]\n");
  for (const auto& m : law.measures)
    if (m.name.rfind("old", 0) == 0) CHECK_FALSE(m.end);
  std::set<std::string> names;
  for (const auto& m : law.measures)
    CHECK(names.insert(m.name).second);
}

TEST_CASE("all exempt: no claim from Mexico or Canada pays any U.S. duty but softwood's",
          "[policy][amendment]") {
  const auto regime = extended("[[amendment]]\nname = \"exempt\"\nimporters = [\"US\"]\n"
                               "origins = [\"MX\", \"CA\"]\nexcept = [\"softwood_ad_cvd\"]\n"
                               "from = 2026-08-01\noriginating = \"exempt\"\nsource = \"test\"\n")
                          .regime;
  const auto policy = regime->compile({2026, 9});
  const auto& duties = policy.duties;
  const auto& law = regime->data();
  for (std::size_t l = 0; l < law.lines.size(); ++l) {
    const auto& line = law.lines[l];
    const auto& origin = law.regions[line.origin.index()];
    if (origin != "MX" && origin != "CA") continue;
    const auto us = RegionId{0};
    REQUIRE(law.regions[0] == "US");
    const auto row = duties.row(us, line.origin, line.sector, LineId{l});
    const auto rates = duties.by_authority(row, ProgrammeId{1});
    for (std::size_t a = 0; a < rates.size(); ++a) {
      if (law.authorities[a].key == "ad_cvd") continue;
      CHECK(rates[a].full == 0);
      CHECK(rates[a].content == 0);
    }
  }
}
