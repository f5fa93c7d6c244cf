// Dated predictions with bands, written down before the data are published; and their score.
#include "cli/command.hpp"
#include "cli/scenario_options.hpp"
#include "output/forecast_score.hpp"
#include "output/run_output.hpp"
#include "output/tell.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/checkpoint/written_file.hpp"
#include "sim/seed_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>

namespace nearshore {
namespace {

struct ForecastArguments {
  ScenarioOptions scenario;
  std::optional<std::string> firms, from, until;
  std::string seeds{"101-120"}, series{"configs/forecast.toml"}, output{"forecast.csv"};
  std::optional<std::int64_t> jobs;
  bool quiet{false};
};

Month month_of(const std::optional<std::string>& text, Month otherwise, const char* option) {
  if (!text) return otherwise;
  const auto month = parse_month(*text);
  if (!month) throw Error{ErrorKind::input, "'" + *text + "'", option, "a month, e.g. 2026-03"};
  return *month;
}

/// A forecast is written once: the file must not exist, and appears when it is complete.
void refuse_existing(const std::string& path) {
  if (std::filesystem::exists(path))
    throw Error{ErrorKind::input, "a forecast is not written over", path,
                "another name (--output), or remove the file"};
}

int forecast(const ForecastArguments& a) {
  refuse_existing(a.output);
  const OutputPlace place{a.output, {"forecast to write over", [](auto) { return false; }}};
  check_place(place);
  auto plan = read_forecast_plan(a.series);
  plan.from = month_of(a.from, plan.from, "--from");
  plan.until = month_of(a.until, plan.until, "--until");
  if (plan.until < plan.from)
    throw Error{ErrorKind::input, "the forecast ends before it begins", "--until",
                "a month from --from on"};
  const auto seeds = parse_seeds(a.seeds, "--seeds");
  if (seeds.size() < 2)
    throw Error{ErrorKind::input, "a single seed", "--seeds", "at least two: bands are over seeds"};
  if (a.jobs && (*a.jobs < 1 || *a.jobs > 1024))
    throw Error{ErrorKind::input, fmt::format("'{}'", *a.jobs), "--jobs",
                "a whole number from 1 to 1024"};
  refuse_set(a.scenario.sets, "run.seed", "a forecast runs the seeds of --seeds",
             "--seeds LIST without it");
  auto asked = a.scenario;
  asked.firms = a.firms;
  asked.seed = std::to_string(seeds.front());
  const auto scenario = asked.load();
  std::size_t done = 0;
  const auto cells = make_forecast(
      plan, scenario, seeds,
      plan_ensemble(seeds.size(), scenario.run.firms, static_cast<int>(a.jobs.value_or(0))),
      [&](std::size_t) {
        if (!a.quiet) tell(stderr, "{} of {} runs done\n", ++done, seeds.size());
      });
  refuse_existing(a.output);
  write_output(place, forecast_text(cells, scenario, seeds, utc_now()));
  std::cout << fmt::format("{} series, {} to {}, {} seeds\nwritten: {}\n", plan.series.size(),
                           plan.from.text(), plan.until.text(), seeds.size(), a.output);
  return 0;
}

} // namespace

Command forecast_command() {
  return {"forecast", "Write down dated predictions with bands, to be scored later",
          "  nearshore forecast\n"
          "  nearshore forecast configs/scenarios/no_2025_tariffs.toml -o without.csv\n"
          "  nearshore forecast --from 2026-03 --until 2026-08 --seeds 101-110 --firms 20000\n"
          "  nearshore score forecast.csv published.csv\n"
          "The file says what it rests on: version, scenario, seeds, law known and assumed\n"
          "(docs/forecasts.md). It is never written over.",
          [](OptionSet& options) {
            const auto a = std::make_shared<ForecastArguments>();
            a->scenario.declare(options);
            options.option("--seeds", "LIST", a->seeds, "seeds, at least two");
            options.option("--firms", "N", a->firms, "number of firms, about (run.firms)");
            options.option("--from", "MONTH", a->from,
                           "first month forecast [of the series' file]");
            options.option("--until", "MONTH", a->until, "last month forecast [of the same]");
            options.option("--series", "FILE", a->series, "what is forecast");
            options.option("-o,--output", "FILE", a->output, "where the forecast goes");
            options.option("--jobs", "N", a->jobs,
                           "runs at a time; by default what processors and memory allow");
            options.flag("--quiet", a->quiet, "no progress");
            return [a] { return forecast(*a); };
          }};
}

Command score_command() {
  return {
      "score", "Score a stored forecast against published data",
      "  nearshore score forecast.csv published.csv\n"
      "  nearshore score forecast.csv published.csv --csv > scores.csv\n"
      "Data: columns series, month, value (and source), in the names and units of the forecast.\n"
      "The month before the forecast, if given, is the naive forecast that nothing changes.",
      [](OptionSet& options) {
        struct Arguments {
          std::string forecast, data;
          bool csv{false};
        };
        const auto a = std::make_shared<Arguments>();
        options.positional("FORECAST", a->forecast, "a file that nearshore forecast wrote");
        options.positional("DATA", a->data, "published figures (CSV)");
        options.flag("--csv", a->csv, "print comma-separated values");
        return [a] {
          const auto stored = read_forecast(a->forecast);
          const auto scores = score(stored, read_published(a->data, stored));
          if (std::none_of(scores.begin(), scores.end(),
                           [](const SeriesScore& s) { return s.months > 0; }))
            throw Error{ErrorKind::input, "no figure of a month that was forecast", a->data,
                        "figures of " + stored.cells.front().month.text() + " to " +
                            stored.cells.back().month.text()};
          std::cout << (a->csv ? score_csv(scores) : score_table(stored, scores));
          return 0;
        };
      }};
}

} // namespace nearshore
