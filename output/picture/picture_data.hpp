#pragma once
// What a picture is drawn from, and the charts, one file each.
#include "output/picture/gnuplot.hpp"
#include "output/report/sections.hpp"

#include <string>
#include <vector>

namespace nearshore {

struct PictureData {
  const ReportScenario& scenario;
  const ReportScope& scope;
  const OverRuns& figures;
  const std::vector<PublishedContent>& contents;
  std::string exporter, sector;
  std::size_t month{0}; ///< into the file's months

  [[nodiscard]] const std::vector<Month>& months() const { return scenario.file->months(); }
  /// "Mexico" for "MX", "East and South-East Asia" for a group.
  [[nodiscard]] std::string region(const std::string& key) const;
  [[nodiscard]] std::string sector_name(const std::string& key) const;
  /// Scenario, runs, firms, version and commit.
  [[nodiscard]] std::string runs_text() const;
  /// What is drawn of several runs, nothing of one: "; means over seeds".
  [[nodiscard]] std::string of_runs(const char* words) const {
    return scenario.runs() == 1 ? std::string{} : words;
  }
};

/// Frame and body of a chart.
struct Picture {
  Frame frame;
  std::string body; ///< gnuplot, after frame_script()
};

Picture claims_picture(const PictureData& data);
Picture decomposition_picture(const PictureData& data);
Picture content_picture(const PictureData& data);
Picture flows_picture(const PictureData& data);

/// "December 2025"
std::string month_name(Month month);
/// Half a month more than the months on either side, as the range of the x axis.
std::string month_range(const std::vector<Month>& months);
/// A number for gnuplot; "NaN" where there is none.
std::string plot_number(double value);
/// Mean of the first calendar year that the run holds whole, or of all months.
double first_year_mean(const std::vector<Month>& months, const std::vector<double>& values);

} // namespace nearshore
