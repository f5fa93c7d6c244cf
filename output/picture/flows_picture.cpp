// Who delivers intermediate goods to whom: a matrix, which a printed page holds better than bands
// that cross.
#include "output/picture/picture_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace nearshore {
namespace {

struct Place {
  std::string name;
  std::vector<std::string> members;
};

/// Groups of regions, that of the home region first.
std::vector<std::string> blocs(const PictureData& d) {
  std::vector<std::string> out;
  for (const auto& [name, members] : d.scope.region_groups) {
    const bool home = std::find(members.begin(), members.end(), d.scope.home) != members.end();
    out.insert(home ? out.begin() : out.end(), name);
  }
  return out;
}

/// The home region's bloc one by one, other blocs as one, all others one by one.
std::vector<Place> places(const PictureData& d) {
  std::vector<Place> out;
  std::set<std::string> taken;
  const auto add = [&](const std::string& name, const std::vector<std::string>& members) {
    out.push_back({name, members});
    taken.insert(members.begin(), members.end());
  };
  const auto groups = blocs(d);
  for (const auto& name : groups) {
    const auto& members = d.scope.region_groups.at(name);
    if (name != groups.front())
      add(d.region(name), members);
    else
      for (const auto& r : members)
        add(d.region(r), {r});
  }
  for (const auto& r : d.scope.regions)
    if (!taken.contains(r)) add(d.region(r), {r});
  return out;
}

double between(const PictureData& d, const Place& from, const Place& to) {
  double sum = 0;
  for (const auto& a : from.members)
    for (const auto& b : to.members)
      if (a != b) sum += d.figures.means("flows/" + a + "/" + b)[d.month];
  return sum / 1000; // billion
}

} // namespace

Picture flows_picture(const PictureData& d) {
  Picture out;
  auto& body = out.body;
  const auto all = places(d);
  std::string xtics, ytics;
  double largest = 0;
  body += "$flows << EOD\n";
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto comma = i == 0 ? "" : ", ";
    ytics += fmt::format("{}{} {}", comma, gnuplot_text(all[i].name), all.size() - 1 - i);
    // Column heads have two lines; the break is gnuplot's own, put between two literals.
    const auto lines = wrapped(all[i].name, 11);
    std::string head;
    for (const auto& line : lines)
      head += (head.empty() ? "" : ".\"\\n\".") + gnuplot_text(line);
    xtics += fmt::format("{}{} {}", comma, head, i);
    for (std::size_t j = 0; j < all.size(); ++j) {
      const double value = between(d, all[i], all[j]);
      if (i == j && all[i].members.size() == 1) continue; // home sales are left out
      body += fmt::format("{} {} {}\n", j, all.size() - 1 - i, plot_number(value));
      largest = std::max(largest, value);
    }
  }
  body += "EOD\n";
  std::string shares;
  for (const auto& name : blocs(d))
    if (d.figures.has_bands("intermediate_intra_share/" + name))
      shares +=
          fmt::format("{}{} {:.0f} %", shares.empty() ? "" : ", ", d.region(name),
                      100 * d.figures.bands("intermediate_intra_share/" + name).median[d.month]);
  const auto month = month_name(d.months()[d.month]);
  out.frame.title =
      shares.empty() ? "Intermediate goods traded between regions, " + month
                     : fmt::format("Exports of intermediate goods that stay in the region: {} ({})",
                                   shares, month);
  out.frame.subtitle =
      fmt::format("Intermediate goods sold by the region of the row to that of the "
                  "column, billion USD in {}{}; home sales left out",
                  month, d.of_runs("; means over seeds"));
  out.frame.source = "Source: model, " + d.runs_text();
  out.frame.left = 0.24;
  out.frame.key_lines = 1;
  const double end = static_cast<double>(all.size()) - 0.5;
  body +=
      fmt::format("unset key\nunset grid\nunset colorbox\nset border 0\nset xtics ({}) scale 0\n"
                  "set ytics ({}) scale 0\nset xrange [-0.5:{}]\nset yrange [-0.5:{}]\n"
                  "set palette defined (0 '#ffffff', 1 '#08519c')\nset cbrange [0:{}]\n"
                  "set style fill solid 1.0 border rgb '#ffffff'\n",
                  xtics, ytics, end, end, plot_number(std::sqrt(std::max(largest, 1e-9))));
  // Shades go with the root, so that small flows are told apart; digits are white on dark.
  body += fmt::format(
      "plot $flows using 1:2:($1-0.49):($1+0.49):($2-0.49):($2+0.49):(sqrt($3)) with boxxyerror fc "
      "palette notitle, $flows using 1:2:(sprintf($3 < 9.95 ? '%.1f' : '%.0f', $3)):(sqrt($3) > {} "
      "? "
      "0xffffff : 0x000000) with labels tc rgb variable notitle",
      plot_number(0.6 * std::sqrt(std::max(largest, 1e-9))));
  return out;
}

} // namespace nearshore
