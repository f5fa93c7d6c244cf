// A world from an OECD Inter-Country Input-Output table.
#include "cli/command.hpp"
#include "cli/import_progress.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/config/paths.hpp"
#include "sim/import/write_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

namespace nearshore {
namespace {

using namespace importing;

struct Arguments {
  std::string file, output, lists{"configs/data/world"};
  std::string countries{"configs/data/concordance_icio_regions.csv"};
  std::string industries{"configs/data/concordance_icio_industries.csv"};
  std::optional<std::int64_t> year;
  std::optional<std::string> rest;
  std::optional<double> tolerance, smallest;
  std::vector<std::string> may_be_negative;
  bool empty_as_zero{false};
};

constexpr double kSmallest = 10; // million USD of output: a firm or two

int checked_year(const Arguments& a, bool& by_name) {
  if (!a.year)
    throw Error(ErrorKind::input, "which year the table is of must be said", "--year",
                "the year of the table, e.g. 2022");
  if (*a.year < 1990 || *a.year > 2100)
    throw Error(ErrorKind::input, fmt::format("a year of {}", *a.year), "--year",
                "the year of the table, e.g. 2022");
  const int year = static_cast<int>(*a.year);
  const auto named = year_of_file_name(a.file);
  by_name = named.has_value();
  if (named && *named != year)
    throw Error(ErrorKind::input,
                fmt::format("the table is of {} by its name, not of {}", *named, year), a.file,
                fmt::format("--year {}, or the file of {}", *named, year));
  return year;
}

std::optional<RegionId> region_for_rest(const Arguments& a, const WorldLists& lists) {
  if (!a.rest) return {};
  const auto codes = codes_of(lists.regions);
  const auto found = std::find(codes.begin(), codes.end(), *a.rest);
  if (found == codes.end())
    throw Error(ErrorKind::input, fmt::format("unknown region '{}'", *a.rest), "--rest",
                join(codes), nearest(*a.rest, std::span<const std::string>(codes)));
  return RegionId{static_cast<std::size_t>(found - codes.begin())};
}

double not_negative(const std::optional<double>& value, double otherwise, const char* option) {
  if (value && !(*value >= 0))
    throw Error(ErrorKind::input, fmt::format("{} of {}", option, *value), option, "0 or more");
  return value.value_or(otherwise);
}

std::vector<std::string> negative_categories(const Arguments& a) {
  std::vector<std::string> out{std::string{kInventories}};
  for (const auto& category : a.may_be_negative) {
    if (std::find(std::begin(kFinalCategories), std::end(kFinalCategories), category) ==
        std::end(kFinalCategories))
      throw Error(ErrorKind::input, fmt::format("unknown category '{}'", category),
                  "--allow-negative", join(std::span<const std::string_view>(kFinalCategories)),
                  nearest(category, std::span<const std::string_view>(kFinalCategories)));
    if (std::find(out.begin(), out.end(), category) == out.end()) out.push_back(category);
  }
  return out;
}

int run(const Arguments& a) {
  Origin origin;
  origin.file = a.file;
  origin.year = checked_year(a, origin.year_checked);
  origin.lists = find_input(a.lists);
  origin.countries = find_input(a.countries);
  origin.industries = find_input(a.industries);
  origin.rest = a.rest.value_or("");
  origin.smallest = not_negative(a.smallest, kSmallest, "--smallest");
  std::error_code ignored;
  if (std::filesystem::equivalent(a.output, origin.lists, ignored))
    throw Error(ErrorKind::input, "the world would replace the one whose lists it takes",
                "--output", "another folder");

  const auto lists = read_world_lists(origin.lists);
  const auto countries = read_country_concordance(origin.countries, lists.regions);
  const auto industries = read_industry_concordance(origin.industries, lists.sectors);
  const IcioRules rules{lists.regions,
                        lists.sectors,
                        countries,
                        industries,
                        origin.countries,
                        origin.industries,
                        region_for_rest(a, lists),
                        negative_categories(a)};
  IcioChecks checks;
  checks.relative_tolerance =
      not_negative(a.tolerance, 100 * checks.relative_tolerance, "--tolerance") / 100;
  checks.empty_is_zero = a.empty_as_zero;
  ImportProgress progress{"import-icio"};
  const auto sums =
      read_icio(a.file, rules, checks, [&](const StreamPosition& p) { progress.show(p); });
  progress.finish();
  const auto world = build_world(sums, lists, a.file, origin.smallest);
  write_world_folder(render_import(origin, sums, world), a.output);
  std::cout << import_report(origin, sums, world)
            << fmt::format("\nwritten: {0}; try: nearshore run --set run.world={0}\n", a.output);
  return 0;
}

} // namespace

Command import_icio_command() {
  return {"import-icio", "Make a world from an OECD Inter-Country Input-Output table",
          "  nearshore import-icio 2022_SML.csv --year 2022 -o my_world\n"
          "  nearshore import-icio 2022_SML.csv --year 2022 --rest RW -o my_world\n"
          "  nearshore run --set run.world=my_world\n"
          "The extended edition (codes MX1, MX2, CN1, CN2) gives export-processing producers, the\n"
          "regular one none. docs/import.md says what is done with taxes, inventories and shares.",
          [](OptionSet& options) {
            const auto a = std::make_shared<Arguments>();
            options.positional("FILE", a->file, "the table as published (CSV, million USD)");
            options.option("--year", "YEAR", a->year, "year of the table");
            options.option("-o,--output", "DIR", a->output, "folder of the world to write", true);
            options.option("--countries", "FILE", a->countries,
                           "concordance of countries and regions");
            options.option("--industries", "FILE", a->industries,
                           "concordance of industries and sectors");
            options.option("--lists", "DIR", a->lists,
                           "world whose lists of regions, sectors and groups are taken");
            options.option("--rest", "REGION", a->rest,
                           "region of countries that the concordance does not list [an error]");
            options.option("--tolerance", "PERCENT", a->tolerance,
                           "rows and columns may miss gross output by this much and 1 million USD "
                           "[0.1]");
            options.option("--allow-negative", "CATEGORY", a->may_be_negative,
                           "final demand that may hold negative cells beside INVNT; may be given "
                           "several times");
            options.flag("--empty-as-zero", a->empty_as_zero, "read empty cells as zero");
            options.option("--smallest", "MUSD", a->smallest,
                           "export-processing producers with less output join the domestic ones "
                           "[10]");
            return [a] { return run(*a); };
          }};
}

} // namespace nearshore
