#include "output/forecast_score.hpp"

#include "output/quantile.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

constexpr double kOutside = 0.10; // of a central 90 % interval

std::vector<std::string> names_of(const StoredForecast& forecast) {
  std::vector<std::string> names;
  for (const auto& c : forecast.cells)
    if (std::find(names.begin(), names.end(), c.series) == names.end()) names.push_back(c.series);
  return names;
}

} // namespace

Published read_published(const std::string& path, const StoredForecast& forecast) {
  const auto names = names_of(forecast);
  Published out;
  for (const auto row : read_csv(path, {"series", "month", "value"}, {"source"})) {
    const auto& name = names[row.choice("series", names, "series")];
    const auto month = parse_month(row.required_text("month"));
    if (!month) throw row.error("month", "no month", "YYYY-MM, e.g. 2026-03");
    if (!out.emplace(std::pair{name, *month}, row.number("value")).second)
      throw row.error("month", fmt::format("'{}' of {} is there twice", name, month->text()));
  }
  return out;
}

double crps(const std::vector<double>& members, double y) {
  double error = 0, apart = 0;
  for (const double x : members) {
    error += std::abs(x - y);
    for (const double other : members)
      apart += std::abs(x - other);
  }
  const auto n = static_cast<double>(members.size());
  return error / n - apart / (2 * n * n);
}

double interval_score(double low, double high, double y) {
  return high - low + 2 / kOutside * (std::max(0.0, low - y) + std::max(0.0, y - high));
}

std::vector<SeriesScore> score(const StoredForecast& forecast, const Published& data) {
  std::vector<SeriesScore> out;
  for (const auto& name : names_of(forecast)) {
    SeriesScore s;
    s.series = name;
    std::optional<double> last; // published before the forecast begins
    double unchanged = 0;
    for (const auto& c : forecast.cells) {
      if (c.series != name) continue;
      if (s.months + s.awaited == 0)
        if (const auto before = data.find({name, c.month + -1}); before != data.end())
          last = before->second;
      s.unit = c.unit;
      const auto at = data.find({name, c.month});
      if (at == data.end()) {
        ++s.awaited;
        continue;
      }
      const double y = at->second, median = quantile(c.members, 0.5);
      const double low = quantile(c.members, 0.05), high = quantile(c.members, 0.95);
      ++s.months;
      s.bias += median - y;
      s.error += std::abs(median - y);
      s.inside += low <= y && y <= high;
      s.interval += interval_score(low, high, y);
      s.ranked += crps(c.members, y);
      if (last) unchanged += std::abs(*last - y);
    }
    if (s.months > 0) {
      if (last && unchanged > 0) s.skill = 1 - s.error / unchanged;
      const auto n = static_cast<double>(s.months);
      for (double* mean : {&s.bias, &s.error, &s.interval, &s.ranked})
        *mean /= n;
    }
    out.push_back(std::move(s));
  }
  return out;
}

std::string score_table(const StoredForecast& forecast, const std::vector<SeriesScore>& scores) {
  std::string text;
  for (const auto& line : forecast.about)
    text += line + "\n";
  std::size_t wide = 6, months = 0, inside = 0, awaited = 0;
  for (const auto& s : scores)
    wide = std::max(wide, s.series.size());
  text +=
      fmt::format("\n{:<{}}  {:<12} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>7}\n", "series", wide,
                  "unit", "months", "bias", "error", "CRPS", "interval", "in band", "skill");
  for (const auto& s : scores) {
    months += s.months;
    inside += s.inside;
    awaited += s.awaited;
    if (s.months == 0) continue;
    text += fmt::format("{:<{}}  {:<12} {:>6} {:>9.4g} {:>9.4g} {:>9.4g} {:>9.4g} {:>9} {:>7}\n",
                        s.series, wide, s.unit, s.months, s.bias, s.error, s.ranked, s.interval,
                        fmt::format("{}/{}", s.inside, s.months),
                        s.skill ? fmt::format("{:.2f}", *s.skill) : "-");
  }
  text += fmt::format("\n{} figures scored, {} in their 5-95 % band ({}), {} not yet published\n",
                      months, inside,
                      months > 0 ? fmt::format("{:.0f} %", 100.0 * static_cast<double>(inside) /
                                                               static_cast<double>(months))
                                 : "-",
                      awaited);
  return text + "bias: median less data; error: its absolute value; skill: 1 - error / error of no "
                "change since the month before the forecast\n";
}

std::string score_csv(const std::vector<SeriesScore>& scores) {
  std::string text =
      "series,unit,months,awaited,bias,mean_absolute_error,crps,interval_score,in_band,skill\n";
  for (const auto& s : scores) {
    text += fmt::format("{},{},{},{},", s.series, s.unit, s.months, s.awaited);
    if (s.months > 0)
      text += fmt::format("{},{},{},{},{},{}\n", s.bias, s.error, s.ranked, s.interval, s.inside,
                          s.skill ? fmt::format("{}", *s.skill) : "");
    else
      text += ",,,,,\n";
  }
  return text;
}

} // namespace nearshore
