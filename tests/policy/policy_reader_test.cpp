// Bad policy files: one clear error, at its place.
#include "policy/error.hpp"
#include "tests/policy/history_fixture.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace nearshore;
using namespace nearshore::test;

namespace {

const std::string kBase = R"(
[[authority]]
name = "mfn"
title = "MFN"
[[authority]]
name = "extra"
title = "Extra"
[[group]]
name = "mfn"
meaning = "ordinary"
[[group]]
name = "extra"
meaning = "additional"
)";

Regime regime_of(const std::string& text) {
  const auto document = parse_document(kBase + text, "test.toml");
  auto out = read_regime(document.root(), world_names());
  document.finish();
  return out;
}

std::string fault(const std::string& text) {
  try {
    (void)regime_of(text);
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    CHECK(e.where.find("test.toml:") == 0);
    return e.what();
  }
  return "accepted";
}

std::string measure(const std::string& changed) {
  return "[[measure]]\nname = \"m\"\nauthority = \"extra\"\ngroup = \"extra\"\nsource = "
         "\"law\"\nconfidence = "
         "\"H\"\n" +
         changed;
}

} // namespace

TEST_CASE("a measure in a file is a measure in the regime", "[policy][reader]") {
  const auto regime =
      regime_of(measure("importers = [\"CA\"]\norigins = [\"US\"]\nfrom = 2025-03-04\nrate = 0.25\n"
                        "coverage = { metals = 0.5 }\nsteps = [{ from = 2025-09-01, originating = "
                        "\"exempt\" }]\n"));
  const Shipment steel{"US", "CA", "metals"};
  CHECK(duty_on(regime, steel, {2025, 3, 4}).at("total") == Approx(0.125));
  CHECK(duty_on(regime, steel, {2025, 3, 3}).at("total") == 0);
  CHECK(duty_on(regime, {"US", "CA", "agri_food"}, {2025, 3, 4}).at("total") == 0);
}

TEST_CASE("faults in measures are refused", "[policy][reader]") {
  const std::string dated = "from = 2025-03-04\n";
  CHECK_THAT(fault(measure(dated)), Catch::Contains("no rate"));
  CHECK_THAT(fault(measure(dated + "rate = -0.1\n")), Catch::Contains("0"));
  CHECK_THAT(fault(measure(dated + "rate = \"scedule\"\n")),
             Catch::Contains("did you mean 'schedule'"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\norigins = [\"MEX\"]\n")), Catch::Contains("'MEX'"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\nsectors = [\"metal\"]\n")),
             Catch::Contains("did you mean 'metals'"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\nsectors = [\"services\"]\n")),
             Catch::Contains("services"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\nuntil = 2025-03-04\n")),
             Catch::Contains("not after"));
  CHECK_THAT(fault(measure("from = 2025-02-30\nrate = 0.1\n")),
             Catch::Contains("between 1 and 28"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\noriginating = \"free\"\n")),
             Catch::Contains("exempt"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\nlist = [\"autos\"]\n")),
             Catch::Contains("unknown key 'list'"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\ncoverage = 1.5\n")), Catch::Contains("1.5"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\ncoverage = { metal = 0.5 }\n")),
             Catch::Contains("metal"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\nall_in_with = \"extra\"\n")),
             Catch::Contains("own group"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\nsteps = [{ from = 2025-03-01, rate = 0.2 }]\n")),
             Catch::Contains("out of order"));
  CHECK_THAT(fault(measure(dated + "rate = 0.1\nentry_min = 10\nentry_max = 5\n")),
             Catch::Contains("entry_max"));
  CHECK_THAT(fault("[[product_list]]\nname = \"x\"\nmeaning = \"x\"\n" +
                   measure(dated + "rate = 0.1\nlists = [\"x\"]\n")),
             Catch::Contains("tariff lines are not known"));
}

TEST_CASE("faults in stacking are refused", "[policy][reader]") {
  const auto rule = [](const std::string& name, const std::string& a, const std::string& b) {
    return "[[stacking]]\nname = \"" + name +
           "\"\nfrom = 2025-01-01\nsource = \"law\"\ngroups = [\"" + a + "\"]\ndisplace = [\"" + b +
           "\"]\n";
  };
  CHECK_THAT(fault(rule("r", "extra", "extra")), Catch::Contains("displaces itself"));
  CHECK_THAT(fault(rule("r", "extra", "mnf")), Catch::Contains("did you mean 'mfn'"));
  const std::string mfn = "[[measure]]\nname = \"n\"\nauthority = \"mfn\"\ngroup = \"mfn\"\nsource "
                          "= \"law\"\nconfidence = "
                          "\"H\"\nfrom = 2018-01-01\nrate = \"schedule\"\n";
  CHECK_THAT(fault(mfn + measure("from = 2025-01-01\nrate = 0.1\n") + rule("r", "extra", "mfn") +
                   rule("s", "mfn", "extra")),
             Catch::Contains("circle"));
}

TEST_CASE("faults in agreements are refused", "[policy][reader]") {
  const auto agreement = [](const std::string& rule, const std::string& more = "") {
    return "[[agreement]]\nname = \"A\"\nmembers = [\"US\", \"MX\"]\nfrom = 2020-01-01\nde_minimis "
           "= 0.1\nsource = "
           "\"law\"\n" +
           more +
           "[[agreement.rule]]\nname = \"r\"\nsectors = [\"metals\"]\nsource = \"law\"\nconfidence "
           "= \"H\"\n" +
           rule;
  };
  CHECK(fault(agreement("any_of = [{ tariff_shift = { metals = 0.4 } }]\n")) == "accepted");
  CHECK_THAT(fault(agreement("any_of = [{}]\n")), Catch::Contains("without a requirement"));
  CHECK_THAT(fault(agreement("any_of = [{ production_step = true, rvc_net_cost = 0.5 }]\n")),
             Catch::Contains("production step"));
  CHECK_THAT(fault(agreement("any_of = [{ tarif_shift = { metals = 0.4 } }]\n")),
             Catch::Contains("tariff_shift"));
  CHECK_THAT(fault(agreement("any_of = [{ rvc_net_cost = 75 }]\n")), Catch::Contains("75"));
  CHECK_THAT(fault(agreement("any_of = [{ high_wage_share = 0.4 }]\n")),
             Catch::Contains("high_wage_hourly"));
  CHECK_THAT(fault(agreement("share = 0.5\nany_of = [{ rvc_net_cost = 0.5 }]\n")),
             Catch::Contains("sum to"));
}

TEST_CASE("a change of an agreement raises value contents from its day to its end",
          "[policy][reader]") {
  const auto law = [](const std::string& change) {
    return "[[agreement]]\nname = \"A\"\nmembers = [\"US\", \"MX\"]\nfrom = 2020-01-01\nde_minimis "
           "= 0.1\nsource = \"law\"\n[[agreement.change]]\nname = \"c\"\nsource = \"assumed\"\n" +
           change +
           "[[agreement.rule]]\nname = \"r\"\nsectors = [\"metals\", \"machinery\"]\nsource = "
           "\"law\"\nconfidence = \"H\"\nany_of = [{ tariff_shift = { metals = "
           "0.4 } }, { rvc_transaction = 0.60, rvc_net_cost = 0.50 }]\n";
  };
  const auto regime = regime_of(law("sectors = [\"metals\"]\nfrom = 2026-01-01\nuntil = "
                                    "2027-01-01\nrvc_points = 10\n"));
  const auto& names = world_names();
  const auto ceiling = [&](const char* sector, Month month) {
    const auto now = regime.data().agreements.at(0).at(month, names.sectors.size());
    const auto* rule = now.rule(SectorId{index_of(names.sectors, sector)}, 0);
    REQUIRE(rule != nullptr);
    REQUIRE(rule->any_of.size() == 2);
    CHECK(rule->any_of[0].all_of[0].of_transaction_value == Approx(0.1)); // de minimis stays
    return rule->any_of[1].all_of[0];
  };
  CHECK(ceiling("metals", {2025, 12}).of_transaction_value == Approx(0.40));
  CHECK(ceiling("metals", {2026, 1}).of_transaction_value == Approx(0.30));
  CHECK(ceiling("metals", {2026, 12}).of_net_cost == Approx(0.40));
  CHECK(ceiling("metals", {2027, 1}).of_net_cost == Approx(0.50));
  CHECK(ceiling("machinery", {2026, 6}).of_net_cost == Approx(0.50));
  CHECK_THAT(fault(law("sectors = [\"metals\"]\nfrom = 2026-01-01\nrvc_points = 45\n")),
             Catch::Contains("105 %"));
  CHECK_THAT(fault(law("sectors = [\"metals\"]\nfrom = 2026-01-01\nrvc_point = 10\n")),
             Catch::Contains("rvc_points"));
  CHECK_THAT(fault(law("sectors = [\"metals\"]\nfrom = 2026-01-01\nuntil = 2025-01-01\nrvc_points "
                       "= 10\n")),
             Catch::Contains("not after from"));
}

TEST_CASE("faults in the agenda are refused", "[policy][reader]") {
  const auto lever = [](const std::string& text) {
    return "[[lever]]\nname = \"l\"\nsource = \"brief\"\nfrom = 2026-01-01\n" + text;
  };
  CHECK(fault(lever("kind = \"energy_cost\"\nregions = [\"MX\"]\nfactor = 0.9\n")) == "accepted");
  CHECK_THAT(fault(lever("kind = \"enery_cost\"\nfactor = 0.9\n")),
             Catch::Contains("did you mean 'energy_cost'"));
  CHECK_THAT(fault(lever("kind = \"energy_cost\"\nsectors = [\"metals\"]\nfactor = 0.9\n")),
             Catch::Contains("no meaning"));
  CHECK_THAT(fault(lever("kind = \"entrant_home\"\nfactor = 2\n")), Catch::Contains("homes"));
  CHECK_THAT(
      fault("[[belief]]\nname = \"b\"\nauthority = \"extra\"\nexpected = 2\nsource = \"x\"\n"),
      Catch::Contains("2"));
  CHECK_THAT(fault("[[relief]]\nname = \"r\"\nregions = [\"MX\"]\ntypes = "
                   "[\"processing\"]\nshare_of_exports = "
                   "0.8\nshare_of_all = 0.8\nsource = \"x\"\nconfidence = \"L\"\n"),
             Catch::Contains("more than the whole"));
}

TEST_CASE("levers are weighted by days and combine", "[policy][reader]") {
  const auto regime = regime_of(R"(
[[lever]]
name = "port closed"
kind = "capacity"
regions = ["CN"]
sectors = ["electronics"]
from = 2026-03-01
until = 2026-03-16
factor = 0
source = "exercise"
[[lever]]
name = "bridge"
kind = "border_cost"
origins = ["MX"]
regions = ["US"]
from = 2026-01-01
factor = 0.98
steps = [{ from = 2026-02-01, factor = 0.96 }]
source = "exercise"
[[lever]]
name = "checks"
kind = "border_cost"
origins = ["MX"]
regions = ["US"]
from = 2026-03-01
factor = 1.05
source = "exercise"
[[lever]]
name = "investors"
kind = "entrant_home"
regions = ["MX"]
sectors = ["electronics"]
homes = ["TW", "KR"]
from = 2026-01-01
factor = 2
source = "exercise"
)");
  const auto& names = world_names();
  const auto R = names.regions.size(), S = names.sectors.size();
  const auto us = index_of(names.regions, "US"), mx = index_of(names.regions, "MX"),
             cn = index_of(names.regions, "CN"), tw = index_of(names.regions, "TW"),
             electronics = index_of(names.sectors, "electronics");
  const auto march = regime.compile({2026, 3}).levers;
  CHECK(march.capacity[cn * S + electronics] == Approx(16.0 / 31));
  CHECK(march.capacity[mx * S + electronics] == 1);
  CHECK(march.border_cost[mx * R + us] == Approx(0.96 * 1.05));
  CHECK(march.border_cost[us * R + mx] == 1);
  CHECK(march.entrant_home[(mx * S + electronics) * R + tw] == 2);
  CHECK(march.entrant_home[(mx * S + electronics) * R + us] == 0);
  const auto before = regime.compile({2025, 12}).levers;
  CHECK(before.border_cost[mx * R + us] == 1);
  CHECK(before.entrant_home[(mx * S + electronics) * R + tw] == 0);
}
