// Why the claimed share changed since the reference month, by month.
#include "output/picture/picture_data.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace nearshore {
namespace {

struct Cause {
  const char *key, *name, *colour;
  int pattern;
};
// Colours of Okabe and Ito (2008), light and dark in turn so that neighbours differ in grey.
constexpr std::array<Cause, 5> kCauses{{
    {"paperwork", "paperwork", "#0072b2", 3},
    {"inherited", "inherited from suppliers", "#f0e442", 3},
    {"resourcing", "changed suppliers", "#009e73", 3},
    {"entry_exit", "entry and exit", "#cc79a7", 3},
    {"composition", "composition of trade", "#e69f00", 3},
}};

} // namespace

Picture decomposition_picture(const PictureData& d) {
  Picture out;
  auto& body = out.body;
  std::vector<std::vector<double>> causes;
  for (const auto& cause : kCauses)
    causes.push_back(d.figures.means(fmt::format("claim_change/{}/{}", d.exporter, cause.key)));
  // Bars stand on each other by sign: each cause has a lower and an upper end a month.
  body += "$causes << EOD\n";
  for (std::size_t m = 0; m < d.months().size(); ++m) {
    if (!std::isfinite(causes[0][m])) continue;
    body += d.months()[m].text();
    double above = 0, below = 0, total = 0;
    for (const auto& cause : causes) {
      const double value = 100 * cause[m];
      auto& end = value >= 0 ? above : below;
      body += fmt::format(" {} {}", plot_number(end), plot_number(end + value));
      end += value;
      total += value;
    }
    body += fmt::format(" {}\n", plot_number(total));
  }
  body += "EOD\n";
  double total = 0;
  for (const auto& cause : causes)
    total += 100 * cause[d.month];
  const auto at = [&](std::size_t cause) { return 100 * causes[cause][d.month]; };
  const auto reference = d.scenario.file->text_attribute("reference_month");
  const auto since = month_name(*parse_month(reference)), now = month_name(d.months()[d.month]);
  out.frame.title =
      std::isfinite(total)
          ? fmt::format(
                "{}: the claimed share changed by {:+.1f} points to {}; paperwork is {:+.1f}, "
                "changed suppliers {:+.1f}",
                d.region(d.exporter), total, now, at(0), at(2))
          : fmt::format("{}: no change is counted before {}", d.region(d.exporter), since);
  out.frame.subtitle = fmt::format(
      "Change since {} of the share of imports from {} for which firms claim origin, percentage "
      "points, by cause{}",
      since, d.region(d.exporter), d.of_runs("; means over seeds"));
  out.frame.source = "Source: model, " + d.runs_text() + ". The causes sum to the change.";
  out.frame.key_lines = 2;
  body += "set xdata time\nset timefmt '%Y-%m'\nset format x \"%b\\n%Y\"\nset xtics 7889400\n"
          "set format y '%+.0f'\nset xzeroaxis lt 1 lc rgb '#000000'\nset style fill solid 1.0 "
          "border rgb '#ffffff'\nhalf = 13 * 86400.0\n";
  body += month_range({std::max(*parse_month(reference), d.months().front()), d.months().back()});
  body += "plot ";
  for (std::size_t c = 0; c < kCauses.size(); ++c)
    body += fmt::format("$causes using 1:{}:(timecolumn(1)-half):(timecolumn(1)+half):{}:{} with "
                        "boxxyerror fc rgb '{}' title {}, ",
                        2 * c + 3, 2 * c + 2, 2 * c + 3, kCauses[c].colour,
                        gnuplot_text(kCauses[c].name));
  body += fmt::format("$causes using 1:{} with lines lc rgb '#000000' lw 2 title 'whole change'",
                      2 * kCauses.size() + 2);
  return out;
}

} // namespace nearshore
