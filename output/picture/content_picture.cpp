// Value added of the home region in exports, beside the table of the policy brief.
#include "output/picture/picture_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {

Picture content_picture(const PictureData& d) {
  Picture out;
  auto& body = out.body;
  const auto& exporters = d.scope.content_exporters;
  const auto published = [&](const std::string& exporter) {
    const auto at = std::find_if(d.contents.begin(), d.contents.end(), [&](const auto& c) {
      return c.exporter == exporter && c.sector == d.sector && c.source == d.scope.home;
    });
    return at == d.contents.end() ? std::nan("") : at->value;
  };
  std::string tics;
  bool any = false;
  double main = std::nan(""), largest = 0;
  body += "$content << EOD\n";
  for (std::size_t i = 0; i < exporters.size(); ++i) {
    const auto b = d.figures.bands("content/" + exporters[i] + "/" + d.sector + "/" + d.scope.home);
    const double now = 100 * b.median[d.month], fact = published(exporters[i]);
    const double row = static_cast<double>(exporters.size() - i);
    body +=
        fmt::format("{} {} {} {} {} {}\n", row, plot_number(100 * b.p05[d.month]), plot_number(now),
                    plot_number(100 * b.p95[d.month]),
                    plot_number(100 * first_year_mean(d.months(), b.median)), plot_number(fact));
    tics +=
        fmt::format("{}{} {}", tics.empty() ? "" : ", ", gnuplot_text(d.region(exporters[i])), row);
    if (exporters[i] == d.exporter) main = now;
    any = any || std::isfinite(fact);
    for (const double v : {now, fact})
      if (std::isfinite(v)) largest = std::max(largest, v);
  }
  body += "EOD\n";
  const auto home = d.region(d.scope.home), year = std::to_string(d.months().front().year());
  const double fact = published(d.exporter);
  out.frame.title =
      fmt::format("{} value added is {:.1f} % of {}'s exports of {} in {}{}",
                  d.scope.home == "US" ? "U.S." : home + "'s", main, d.region(d.exporter),
                  d.sector_name(d.sector), month_name(d.months()[d.month]),
                  std::isfinite(fact) ? fmt::format(" (published for 2022: {:.1f} %)", fact) : "");
  out.frame.subtitle =
      fmt::format("Value added of the {} in gross exports of {}, % of their value{}", home,
                  d.sector_name(d.sector), d.of_runs("; bars: 5 to 95 % over seeds"));
  out.frame.source = "Source: model, " + d.runs_text() +
                     (any ? ". Published: OECD TiVA, 2022, Table 1 of the policy brief" : "");
  out.frame.left = 0.25;
  out.frame.key_lines = 1;
  body +=
      fmt::format("set ytics ({})\nset yrange [0.4:{}]\nset xrange [0:{}]\nset format x '%g %%'\n"
                  "unset grid\nset grid xtics lc rgb '#d8d8d8' lt 1 lw 0.5\n",
                  tics, static_cast<double>(exporters.size()) + 0.6, 1.12 * largest);
  body += "plot $content using 2:1:2:4 with xerrorbars pt -1 lw 4 lc rgb '#80b8d8' notitle, "
          "$content using 5:1 with points pt 6 ps 1.4*dot lw 1.5 lc rgb '#666666' title " +
          gnuplot_text("mean of " + year) + ", ";
  if (any)
    body += "$content using 6:1 with points pt 12 ps 1.5*dot lw 1.5 lc rgb '#d55e00' title "
            "'published, 2022', ";
  body += "$content using 3:1 with points pt 7 ps 0.9*dot lc rgb '#0072b2' title " +
          gnuplot_text(month_name(d.months()[d.month])) + ", ";
  body += "$content using 3:1:(sprintf('%.1f', $3)) with labels offset 3.2,0 left notitle";
  return out;
}

} // namespace nearshore
