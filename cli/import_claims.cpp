// Published claims from a Census or DataWeb table, for `validate --data`.
#include "cli/command.hpp"
#include "cli/import_progress.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/checkpoint/written_file.hpp"
#include "sim/config/paths.hpp"
#include "sim/import/claims.hpp"
#include "sim/world_lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>

namespace nearshore {
namespace {

using namespace importing;

struct Arguments {
  std::string file, output{"claims.csv"}, lists{"configs/data/world"}, unit{"usd"};
  std::string countries{"configs/data/concordance_census_countries.csv"};
  std::string lines{"configs/data/concordance_hs_sectors.csv"};
  std::optional<std::int64_t> year;
  std::optional<std::string> rest, rates;
  std::vector<std::string> origins, claiming;
  ClaimsColumns columns;
  bool skip_other_years{false};
};

std::string one_of(const std::string& value, const std::vector<std::string>& allowed,
                   const char* what, const char* option) {
  if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
    throw Error(ErrorKind::input, fmt::format("unknown {} '{}'", what, value), option,
                join(allowed), nearest(value, std::span<const std::string>(allowed)));
  return value;
}

double unit_of(const std::string& name) {
  const auto known = one_of(name, {"usd", "thousand", "million"}, "unit", "--unit");
  return known == "usd" ? 1 : known == "thousand" ? 1e3 : 1e6;
}

std::string report(const ClaimsImport& in, const Arguments& a) {
  const auto& c = in.columns;
  std::string text = fmt::format(
      "{} rows of {}, {} months ({} to {})\ncolumns: line {}, country {}, month {}, value {}, {} "
      "{}{}\n",
      in.rows, *a.year, in.months.size(), in.months.begin()->text(), in.months.rbegin()->text(),
      c.line, c.country, c.month, c.value, c.claimed.empty() ? "programme" : "claimed",
      c.claimed.empty() ? c.program : c.claimed, c.mfn.empty() ? "" : ", MFN rate " + c.mfn);
  if (c.mfn.empty() && !a.rates)
    text += "no MFN rates: rows of the status `all` only (--mfn or --mfn-file adds the others)\n";
  if (in.other_years > 0)
    text += fmt::format("rows of other years, left out: {}\n", in.other_years);
  if (in.other_origins > 0)
    text += fmt::format("rows of other origins, left out: {}\n", in.other_origins);
  if (!in.put_in_rest.empty())
    text +=
        fmt::format("countries not in the concordance, put into {}: {}\n", *a.rest,
                    join(std::vector<std::string>(in.put_in_rest.begin(), in.put_in_rest.end())));
  if (in.outside > 0)
    text += fmt::format("on lines of no sector, in totals only: {:.3f} million USD\n", in.outside);
  return text;
}

std::vector<std::string> inputs_of(const Arguments& a) {
  std::vector<std::string> files{a.file, find_input(a.countries), find_input(a.lines)};
  if (a.rates) files.push_back(*a.rates);
  return files;
}

int run(const Arguments& a) {
  if (!a.year || *a.year < 1990 || *a.year > 2100)
    throw Error(ErrorKind::input,
                a.year ? fmt::format("a year of {}", *a.year)
                       : std::string{"which year the table is of must be said"},
                "--year", "the year of the table, e.g. 2025");
  const auto lists = find_input(a.lists);
  const auto regions = read_regions(lists + "/regions.csv");
  const auto sectors = read_sectors(lists + "/sectors.csv");
  ClaimsRules rules;
  rules.regions = codes_of(regions);
  rules.sectors = codes_of(sectors);
  const CountryNames countries{find_input(a.countries), regions};
  const TariffConcordance lines{find_input(a.lines), sectors};
  std::optional<MfnRates> rates;
  if (a.rates) rates.emplace(*a.rates);
  if (a.rates && !a.columns.mfn.empty())
    throw Error(ErrorKind::input, "--mfn and --mfn-file are both given", "import-claims",
                "a column of the table, or a file of rates");
  rules.countries = &countries;
  rules.lines = &lines;
  rules.rates = rates ? &*rates : nullptr;
  if (a.rest) {
    const auto code = one_of(*a.rest, rules.regions, "region", "--rest");
    rules.rest = RegionId{static_cast<std::size_t>(
        std::find(rules.regions.begin(), rules.regions.end(), code) - rules.regions.begin())};
  }
  for (const auto& o : a.origins)
    rules.origins.insert(one_of(o, rules.regions, "region", "--origin"));
  if (!a.claiming.empty()) rules.claiming = {a.claiming.begin(), a.claiming.end()};
  rules.year = static_cast<int>(*a.year);
  rules.skip_other_years = a.skip_other_years;
  rules.unit = unit_of(a.unit);
  const OutputPlace place{a.output, table_like(claims_table_text({}, {})), "--output",
                          inputs_of(a)};
  check_place(place);

  ImportProgress progress{"import-claims"};
  const auto in = read_claims_statistics(a.file, a.columns, rules,
                                         [&](const StreamPosition& p) { progress.show(p); });
  progress.finish();
  write_output(
      place, claims_table_text(in.table, {"U.S. imports and the value claimed under USMCA, million "
                                          "USD, made by nearshore import-claims from " +
                                              a.file + " for " + std::to_string(rules.year),
                                          "sectors: " + a.lines + "; regions: " + a.countries}));
  std::cout << report(in, a)
            << fmt::format("written: {0}; try: nearshore validate history.h5 --data {0}\n",
                           a.output);
  return 0;
}

} // namespace

Command import_claims_command() {
  return {
      "import-claims", "Make a table of claims from import statistics by tariff line and country",
      "  nearshore import-claims dataweb_2025.csv --year 2025 -o claims.csv\n"
      "  nearshore import-claims table.csv --year 2025 --value con_val_mo --claimed usmca_val\n"
      "  nearshore import-claims table.csv --year 2025 --mfn-file mfn_2025.csv --origin CA\n"
      "  nearshore validate history.h5 --data claims.csv\n"
      "Columns are found by the names that such tables use, or named; docs/import.md gives the "
      "layout.",
      [](OptionSet& options) {
        const auto a = std::make_shared<Arguments>();
        options.positional("FILE", a->file, "imports by tariff line, country and month (CSV)");
        options.option("--year", "YEAR", a->year, "year of the table");
        options.option("-o,--output", "FILE", a->output, "table of claims to write");
        options.option("--unit", "UNIT", a->unit, "of values: usd, thousand, million");
        options.option("--line", "COLUMN", a->columns.line, "column of the tariff line");
        options.option("--country", "COLUMN", a->columns.country, "column of the country");
        options.option("--month", "COLUMN", a->columns.month, "column of the month");
        options.option("--year-column", "COLUMN", a->columns.year, "column of the year");
        options.option("--value", "COLUMN", a->columns.value, "column of the value imported");
        options.option("--claimed", "COLUMN", a->columns.claimed, "column of the value claimed");
        options.option("--program", "COLUMN", a->columns.program,
                       "column of import programmes, where each has a row");
        options.option("--claims-as", "PROGRAM", a->claiming,
                       "programme that is a claim; may be given several times [S, S+]");
        options.option("--mfn", "COLUMN", a->columns.mfn, "column of the MFN rate");
        options.option("--mfn-file", "FILE", a->rates, "MFN rates by line: columns line, rate");
        options.option("--countries", "FILE", a->countries, "concordance of countries and regions");
        options.option("--lines", "FILE", a->lines, "concordance of tariff lines and sectors");
        options.option("--lists", "DIR", a->lists, "world whose regions and sectors are meant");
        options.option("--origin", "REGION", a->origins,
                       "regions to write; may be given several times [all]");
        options.option("--rest", "REGION", a->rest,
                       "region of countries that the concordance does not list [an error]");
        options.flag("--skip-other-years", a->skip_other_years, "leave rows of other years out");
        return [a] { return run(*a); };
      }};
}

} // namespace nearshore
