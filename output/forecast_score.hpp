#pragma once
// How good a stored forecast was, once data are published.
#include "output/forecast.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// Published figures by series and month, in the units of the forecast.
using Published = std::map<std::pair<std::string, Month>, double>;

/// Reads columns series, month, value; source may be there. A series that is not forecast, a month
/// twice and what is no number are errors (kind input). Months before the forecast serve the naive
/// forecast "no change"; months after it are not used.
Published read_published(const std::string& path, const StoredForecast& forecast);

/// Continuous ranked probability score of an ensemble: mean |x - y| - mean |x - x'| / 2; for one
/// member the absolute error (Gneiting and Raftery 2007).
double crps(const std::vector<double>& members, double y);
/// Score of a central 90 % interval: its width, plus 20 times the distance by which it was missed.
double interval_score(double low, double high, double y);

struct SeriesScore {
  std::string series, unit;
  std::size_t months{0}, awaited{0}; ///< scored; forecast, but not yet published
  double bias{0}, error{0};          ///< mean of median - data; mean of its absolute value
  std::size_t inside{0};             ///< months in the 5-95 % band
  double interval{0}, ranked{0};     ///< means of interval_score and crps
  /// 1 - error / error of "no change", which takes the last month before the forecast; nothing
  /// where that month is not in the data, or no change makes no error.
  std::optional<double> skill;
};
std::vector<SeriesScore> score(const StoredForecast& forecast, const Published& data);

std::string score_table(const StoredForecast& forecast, const std::vector<SeriesScore>& scores);
std::string score_csv(const std::vector<SeriesScore>& scores);

} // namespace nearshore
