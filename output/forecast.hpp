#pragma once
// Forecasts written down before the data are published: dated figures with bands, in a text file
// that says what they rest on, meant to be scored later (output/forecast_score.hpp).
#include "output/validation.hpp"
#include "sim/config/load_scenario.hpp"
#include "sim/ensemble.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// A figure that is published month by month. Its target has no window.
struct ForecastSeries {
  std::string name; ///< e.g. "imports from MX"; what a file of data calls it
  Target target;
};

struct ForecastPlan {
  std::vector<ForecastSeries> series;
  Month from, until; ///< both included
};

/// Reads the series of a file (configs/forecast.toml): [[series]] with `name`, what makes the
/// figure of a target, and `labels`, whose members take the place of {}. Throws Error (kind input).
ForecastPlan read_forecast_plan(const std::string& path);

/// One figure of one month, all seeds.
struct ForecastCell {
  std::string series, unit;
  Month month;
  std::vector<double> members; ///< ascending
};

/// Runs the seeds and gives every series and month. Throws Error (kind input) where the scenario
/// does not have the months.
std::vector<ForecastCell> make_forecast(const ForecastPlan& plan, const Scenario& scenario,
                                        const std::vector<std::uint64_t>& seeds,
                                        const EnsemblePlan& machine,
                                        const std::function<void(std::size_t)>& run_done);

/// The file: what it rests on as comments, then a table. `made`: date and time, UTC.
std::string forecast_text(const std::vector<ForecastCell>& cells, const Scenario& scenario,
                          const std::vector<std::uint64_t>& seeds, const std::string& made);

/// What reads it back. `about`: the lines of the head, without their "# ".
struct StoredForecast {
  std::vector<std::string> about;
  std::vector<ForecastCell> cells;
};
StoredForecast read_forecast(const std::string& path);

} // namespace nearshore
