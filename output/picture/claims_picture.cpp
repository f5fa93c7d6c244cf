// Claimed share of imports: recorded, on dutiable lines, and as firms do, with published points.
#include "output/picture/picture_data.hpp"
#include "sim/claims_table.hpp"
#include "sim/config/paths.hpp"

#include <fmt/format.h>

#include <array>

namespace nearshore {
namespace {

struct Basis {
  const char *variable, *name, *colour, *dash;
};
// Colours of Okabe and Ito (2008); dashes tell the lines apart in grey.
constexpr std::array<Basis, 3> kBases{{
    {"claim_share_recorded", "recorded by statistics", "#0072b2", "1"},
    {"claim_share_dutiable", "on MFN-dutiable lines", "#d55e00", "'-'"},
    {"claim_share", "what firms do", "#000000", "'.'"},
}};

std::string block(const PictureData& d, const Basis& basis) {
  const auto bands = d.figures.bands(std::string{basis.variable} + "/" + d.exporter);
  auto out = fmt::format("${} << EOD\n", basis.variable);
  for (std::size_t m = 0; m < d.months().size(); ++m)
    out += fmt::format("{} {} {} {}\n", d.months()[m].text(), plot_number(100 * bands.p05[m]),
                       plot_number(100 * bands.median[m]), plot_number(100 * bands.p95[m]));
  return out + "EOD\n";
}

/// Published shares of all sectors; the number of points.
std::size_t published(const PictureData& d, MfnStatus status, const char* name, std::string& out) {
  const auto table = read_claims_table(find_input("configs/data/claims/usmca_claims.csv"));
  std::size_t points = 0;
  out += fmt::format("${} << EOD\n", name);
  for (const auto month : d.months())
    if (const auto cell = table.sum(month, d.exporter, {}, {}, status); cell && cell->value > 0) {
      out += fmt::format("{} {}\n", month.text(), plot_number(100 * cell->claimed / cell->value));
      ++points;
    }
  out += "EOD\n";
  return points;
}

std::string change(double from, double to) {
  if (std::abs(to - from) < 0.01) return fmt::format("stayed at {:.0f} %", 100 * to);
  return fmt::format("{} from {:.0f} to {:.0f} %", to > from ? "rose" : "fell", 100 * from,
                     100 * to);
}

} // namespace

Picture claims_picture(const PictureData& d) {
  const auto moved = [&](const char* variable) {
    const auto median = d.figures.bands(variable + ("/" + d.exporter)).median;
    return change(first_year_mean(d.months(), median), median[d.month]);
  };
  Picture out;
  out.frame.title =
      fmt::format("{}: claims of origin as recorded {} in the model, what firms do {} ({} to {})",
                  d.region(d.exporter), moved("claim_share_recorded"), moved("claim_share"),
                  d.months().front().year(), month_name(d.months()[d.month]));
  out.frame.subtitle = fmt::format(
      "Share of the value of imports of the {} from {} for which origin is claimed, %, by month{}",
      d.region(d.scope.home), d.region(d.exporter),
      d.of_runs(". Lines: median over seeds; bands: 5 to 95 %"));
  out.frame.key_lines = 2;
  auto& body = out.body;
  for (const auto& basis : kBases)
    body += block(d, basis);
  const bool recorded = published(d, MfnStatus::all, "published", body) > 0;
  const bool dutiable = published(d, MfnStatus::dutiable, "published_dutiable", body) > 0;
  out.frame.source = "Source: model, " + d.runs_text() +
                     (recorded || dutiable ? ". Published points: USITC DataWeb by HTS10, through "
                                             "Budget-Lab-Yale/tariff-rate-tracker"
                                           : "");
  body += "set xdata time\nset timefmt '%Y-%m'\nset format x \"%b\\n%Y\"\nset yrange [0:100]\n"
          "set format y '%.0f %%'\nset xtics 7889400\n";
  body += month_range(d.months());
  body += "plot ";
  for (const auto& b : kBases)
    body += fmt::format(
        "${} using 1:2:4 with filledcurves fc rgb '{}' fs transparent solid 0.18 notitle, ",
        b.variable, b.colour);
  for (const auto& b : kBases)
    body += fmt::format("${} using 1:3 with lines lc rgb '{}' lw 2 dt {} title {}, ", b.variable,
                        b.colour, b.dash, gnuplot_text(b.name));
  if (recorded)
    body += "$published using 1:2 with points pt 7 ps 1.0*dot lc rgb '#0072b2' title 'published, "
            "recorded', ";
  if (dutiable)
    body +=
        "$published_dutiable using 1:2 with points pt 12 ps 1.4*dot lw 1.5 lc rgb '#d55e00' title "
        "'published, dutiable lines'";
  return out;
}

} // namespace nearshore
