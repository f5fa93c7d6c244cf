// CSV files of other people's tables, the concordances beside them, and the CSV files that studies
// and forecasts name. The first byte says which.
#include "output/calibration/problem.hpp"
#include "output/forecast_score.hpp"
#include "output/validation.hpp"
#include "sim/import/claims.hpp"
#include "sim/import/write_world.hpp"
#include "tests/fuzz/targets.hpp"

namespace nearshore::fuzz {
namespace {

using namespace importing;

struct Fixture {
  Scratch folder{"import"};
  WorldLists lists = read_world_lists(folder.folder());
  CountryConcordance countries = read_country_concordance(folder / "countries.csv", lists.regions);
  IndustryConcordance industries =
      read_industry_concordance(folder / "industries.csv", lists.sectors);
  CountryNames names{folder / "country_names.csv", lists.regions};
  TariffConcordance prefixes{folder / "prefixes.csv", lists.sectors};
  MfnRates rates{folder / "rates.csv"};
  IcioRules icio{lists.regions,
                 lists.sectors,
                 countries,
                 industries,
                 folder / "countries.csv",
                 folder / "industries.csv",
                 RegionId{1},
                 {"INVNT"}};
  ClaimsRules claims;
  Fixture() {
    claims.regions = codes_of(lists.regions);
    claims.sectors = codes_of(lists.sectors);
    claims.countries = &names;
    claims.lines = &prefixes;
    claims.rest = RegionId{0};
    claims.year = 2025;
    claims.skip_other_years = true;
    folder.write(
        "fit.toml",
        std::string_view{"[[parameter]]\nkey = 'parameters.theta_factor'\n[[scenario]]\nname = "
                         "'it'\nfile = 'x.toml'\n[[target_table]]\nscenario = 'it'\naxis = "
                         "'time'\nsays = 'it'\nsource = 'none'\nvariable = "
                         "'claim_share'\nfile = '" +
                         (folder / "any.csv") + "'\n"});
    folder.write("contents.toml",
                 std::string_view{"[[content]]\nfile = '" + (folder / "any.csv") + "'\n"});
  }
};

void import_icio(const Fixture& f, const std::string& path, bool lenient) {
  IcioChecks checks;
  if (lenient) checks = {1e9, 1e12, true};
  const auto sums = read_icio(path, f.icio, checks);
  const auto world = build_world(sums, f.lists, path, 10);
  Origin origin;
  origin.file = path;
  origin.year = year_of_file_name(path).value_or(2022);
  origin.lists = f.folder.folder();
  origin.countries = f.folder / "countries.csv";
  origin.industries = f.folder / "industries.csv";
  (void)render_import(origin, sums, world);
}

void read(int which, const Fixture& f, const std::string& path) {
  switch (which) {
  case 0:
  case 1:
    return import_icio(f, path, which == 1);
  case 2:
    (void)claims_table_text(read_claims_statistics(path, {}, f.claims).table, {});
    return;
  case 3: {
    auto rules = f.claims;
    rules.rates = &f.rates;
    rules.rest.reset();
    (void)read_claims_statistics(path, {}, rules);
    return;
  }
  case 4:
    (void)read_country_concordance(path, f.lists.regions);
    return;
  case 5:
    (void)read_industry_concordance(path, f.lists.sectors);
    return;
  case 6:
    (void)TariffConcordance{path, f.lists.sectors}.find("870323");
    return;
  case 7:
    (void)CountryNames{path, f.lists.regions}.find("beta");
    return;
  case 8:
    (void)MfnRates{path}.is_free("870323");
    return;
  case 9: {
    const auto stored = read_forecast(path);
    (void)score_table(stored, score(stored, read_published(f.folder / "published.csv", stored)));
    return;
  }
  case 10: {
    const auto stored = read_forecast(f.folder / "forecast.csv");
    (void)score_csv(score(stored, read_published(path, stored)));
    return;
  }
  case 11:
    (void)read_calibration(f.folder / "fit.toml");
    return;
  case 12:
    (void)read_targets(f.folder / "contents.toml");
    return;
  default: // whose lists a world is imported to
    Origin origin;
    origin.lists = f.folder.folder();
    origin.countries = f.folder / "countries.csv";
    origin.industries = f.folder / "industries.csv";
    static const auto sums = read_icio(f.folder / "icio_2022.csv", f.icio, {});
    static const auto world = build_world(sums, f.lists, "icio", 10);
    (void)render_import(origin, sums, world);
  }
}

} // namespace

void read_import(Bytes input) {
  static const Fixture fixture;
  if (input.empty()) return;
  constexpr int kReaders = 14;
  const int which = input[0] % kReaders;
  const auto path = fixture.folder.write(which == 13 ? "sources.csv" : "any.csv", input.subspan(1));
  expect_only_errors([&] { read(which, fixture, path); });
}

} // namespace nearshore::fuzz
