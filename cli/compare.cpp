// Policies against a base: paired effects with intervals, as a table, CSV or report.
#include "cli/command.hpp"
#include "cli/compare/compared_runs.hpp"
#include "output/comparison/compare_files.hpp"
#include "output/comparison/comparison_text.hpp"
#include "output/comparison/same_bits.hpp"
#include "output/report/report.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::vector<std::string> what_to_compare, over;
  RunsAsked runs;
  std::optional<std::string> months, what, output;
  bool all{false}, exact{false}, other_versions{false};
};

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= list.size();) {
    const auto comma = std::min(list.find(',', at), list.size());
    out.push_back(list.substr(at, comma - at));
    at = comma + 1;
  }
  return out;
}

std::set<std::string> topics_of(const Arguments& a) {
  std::set<std::string> out;
  if (!a.what) return out;
  auto known = comparison_topics();
  known.emplace_back("exemption");
  for (const auto& topic : split(*a.what)) {
    if (std::find(known.begin(), known.end(), topic) == known.end())
      throw Error{ErrorKind::input, "unknown topic '" + topic + "'", "--what", join(known),
                  nearest(topic, std::span<const std::string>(known))};
    out.insert(topic);
  }
  return out;
}

std::vector<ComparedPeriod> periods_of(const Arguments& a) {
  std::vector<ComparedPeriod> out;
  if (a.months)
    for (const auto& month : split(*a.months))
      out.push_back(parse_period(month, "--months"));
  for (const auto& period : a.over)
    out.push_back(parse_period(period, "--over"));
  return out;
}

/// Nothing but two files is looked at.
void refuse_beside_exact(const Arguments& a) {
  auto ignored = a.runs.given();
  for (const auto& [name, given] : {std::pair{"--months", a.months.has_value()},
                                    {"--over", !a.over.empty()},
                                    {"--what", a.what.has_value()},
                                    {"--output", a.output.has_value()},
                                    {"--all", a.all},
                                    {"--other-versions", a.other_versions}})
    if (given) ignored.emplace_back(name);
  if (!ignored.empty())
    throw Error{ErrorKind::input, "would be ignored beside --exact", join(ignored),
                "compare --exact A.h5 B.h5 alone"};
}

/// Exit status 0: the same bits; 4: not, as of `reproduce`.
int compare_exactly(const Arguments& a) {
  refuse_beside_exact(a);
  if (a.what_to_compare.size() != 2)
    throw Error{ErrorKind::input, fmt::format("--exact and {} arguments", a.what_to_compare.size()),
                "compare", "two files: compare --exact A.h5 B.h5"};
  const auto &first = a.what_to_compare[0], &second = a.what_to_compare[1];
  const auto result = bit_differences(first, second);
  if (result.found.empty()) {
    std::cout << fmt::format("the same bits: {} objects, {} values, all but /run\n", result.objects,
                             result.values);
    return 0;
  }
  for (const auto& difference : result.found)
    std::cout << difference << '\n';
  return static_cast<int>(ErrorKind::invariant);
}

enum class Format { csv, html };

Format format_of(const std::string& path) {
  const auto ending = fs::path(path).extension();
  if (ending == ".csv") return Format::csv;
  if (ending == ".html") return Format::html;
  throw Error{ErrorKind::input, "'" + path + "'", "-o", "a name that ends in .csv or .html"};
}

std::string comparison_page(const Comparison& comparison) {
  ReportRequest request;
  request.files = report_files(comparison);
  request.comparison = &comparison;
  return report_html(request);
}

OutputPlace place_of(const Arguments& a) {
  const auto& inputs = a.what_to_compare;
  if (format_of(*a.output) == Format::html) return report_place(*a.output, inputs);
  return {*a.output, table_like(comparison_csv({}, {})), "--output", inputs};
}

int run(const Arguments& a) {
  if (a.exact) return compare_exactly(a);
  if (a.what_to_compare.size() < 2)
    throw Error{ErrorKind::input, "nothing to compare with " + a.what_to_compare.front(), "compare",
                "a base and at least one other: compare BASE OTHER..."};
  CompareOptions options;
  options.periods = periods_of(a);
  options.topics = topics_of(a);
  options.other_versions = a.other_versions;
  const bool page = a.output && format_of(*a.output) == Format::html;
  if (page) require_report_page(); // before anything is run
  if (a.output) check_place(place_of(a));
  const ComparedRuns runs{a.what_to_compare, a.runs, options};
  options.names = runs.names();
  const auto comparison = compare_files(runs.paths(), options);
  if (!a.output) {
    std::cout << comparison_text(comparison, {a.all, options.topics});
    return 0;
  }
  write_output(place_of(a),
               page ? comparison_page(comparison) : comparison_csv(comparison, options.topics));
  if (!a.runs.quiet) {
    std::cout << comparison_text(comparison, {a.all, options.topics});
    std::cout << "written: " << *a.output << '\n';
  }
  return 0;
}

} // namespace

Command compare_command() {
  return {
      "compare", "Compare policies with a base: paired effects with 90 % intervals",
      "  nearshore compare configs/history.toml configs/scenarios/exempt_232.toml --seeds 1-20 \\\n"
      "      --over 2028-01:2029-12 --runs runs -o effects.csv\n"
      "  nearshore compare configs/history.toml configs/scenarios/exempt_232.toml -o report.html\n"
      "  nearshore compare base.h5 reform.h5 other.h5 --months 2025-12,2026-06\n"
      "  nearshore compare base.h5 reform.h5 --what claims,exemption --all\n"
      "  nearshore compare configs/history.toml configs/scenarios/no_2025_tariffs.toml \\\n"
      "      --firms 3000 --seeds 1-8 --closures labour_supply\n"
      "  nearshore compare --exact a.h5 b.h5\n"
      "Each argument is a configuration (TOML), which is run as an ensemble, once for each "
      "closure,\n"
      "or a finished file of `run --seeds`. Configurations run to the latest end among them. With\n"
      "--runs what is finished is kept, and found the next time. Formulas: docs/comparison.md.",
      [](OptionSet& options) {
        const auto a = std::make_shared<Arguments>();
        options.positional("BASE OTHER", a->what_to_compare,
                           "configurations or trajectory files, the base first");
        a->runs.declare(options);
        options.option("--months", "LIST", a->months, "months to compare, e.g. 2025-12,2026-06");
        options.option("--over", "FIRST:LAST", a->over,
                       "a period to average over; may be repeated [the last twelve months]");
        options.option("--what", "LIST", a->what,
                       "topics: " + join(comparison_topics()) + ", exemption [all]");
        options.flag("--all", a->all, "print every effect, not the headlines only");
        options.option(
            "-o,--output", "FILE", a->output,
            "also write every effect of the topics: a table (.csv) or a page with charts (.html)");
        options.flag("--other-versions", a->other_versions,
                     "compare files of different versions of the program all the same");
        options.flag("--exact", a->exact,
                     "say whether two files hold the same bits outside /run: status 0, else 4");
        return [a] { return run(*a); };
      }};
}

} // namespace nearshore
