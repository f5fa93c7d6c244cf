#include "output/effects.hpp"

#include "policy/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

constexpr double kWanted = 5; ///< ratio of errors at which pairing is said to pay

struct Moments {
  double mean, variance; ///< of a sample
};

template <class F> Moments moments(std::size_t n, F value) {
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < n; ++i)
    sum += value(i);
  const double mean = sum / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i)
    squares += (value(i) - mean) * (value(i) - mean);
  return {mean, squares / static_cast<double>(n - 1)};
}

std::string number(double x, int decimals) {
  return std::isnan(x) ? "-" : fmt::format("{:.{}f}", x, decimals);
}

} // namespace

double Effect::ratio() const {
  return paired_error == 0 ? std::nan("") : unpaired_error / paired_error;
}

std::vector<Effect> effects_of(const std::vector<Headline>& names,
                               const std::vector<std::vector<double>>& baseline,
                               const std::vector<std::vector<double>>& reform) {
  const std::size_t n = baseline.size();
  if (n < 2 || reform.size() != n)
    throw Error{ErrorKind::input, "an effect's error needs at least two seeds"};
  std::vector<Effect> effects;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const auto b = moments(n, [&](std::size_t i) { return baseline[i].at(k); });
    const auto r = moments(n, [&](std::size_t i) { return reform[i].at(k); });
    const auto d = moments(n, [&](std::size_t i) { return reform[i].at(k) - baseline[i].at(k); });
    const auto seeds = static_cast<double>(n);
    effects.push_back({names[k].section, names[k].label, b.mean, r.mean, d.mean,
                       std::sqrt(d.variance / seeds),
                       std::sqrt((b.variance + r.variance) / seeds)});
  }
  return effects;
}

std::string effects_text(const std::vector<Effect>& effects, const std::string& heading) {
  std::string text =
      heading + fmt::format("\n{:<44}{:>10}{:>10}{:>10}{:>10}{:>10}{:>8}\n", "", "baseline",
                            "reform", "effect", "paired", "unpaired", "ratio");
  text += fmt::format("{:<44}{:>10}{:>10}{:>10}{:>10}{:>10}\n", "", "", "", "", "error", "error");
  std::string section;
  std::vector<double> ratios;
  for (const auto& e : effects) {
    if (e.section != section) text += (section = e.section) + "\n";
    text +=
        fmt::format("  {:<42}{:>10}{:>10}{:>10}{:>10}{:>10}{:>8}\n", e.label, number(e.baseline, 2),
                    number(e.reform, 2), number(e.effect, 2), number(e.paired_error, 3),
                    number(e.unpaired_error, 3), number(e.ratio(), 1));
    if (!std::isnan(e.ratio())) ratios.push_back(e.ratio());
  }
  if (ratios.empty()) return text + "\nthe two policies give the same outcomes\n";
  std::sort(ratios.begin(), ratios.end());
  const auto enough =
      std::count_if(ratios.begin(), ratios.end(), [](double ratio) { return ratio >= kWanted; });
  return text + fmt::format("\nThe paired error is at least {:.0f} times smaller than the unpaired "
                            "one for {} of {} outcomes; median ratio {:.1f}.\n",
                            kWanted, enough, ratios.size(), ratios[ratios.size() / 2]);
}

FileTable effects_table(const std::vector<Effect>& effects, const std::string& months) {
  FileTable table;
  table.group = "effects";
  table.axis = "outcome";
  table.attributes = {{"months", months},
                      {"comment", "reform less baseline; means of the months, then over seeds"}};
  const auto add = [&](const char* name, const char* meaning, auto value) {
    FileTable::Column column{name, meaning, {}};
    for (const auto& e : effects)
      column.values.push_back(value(e));
    table.columns.push_back(std::move(column));
  };
  for (const auto& e : effects)
    table.labels.push_back(e.section + ": " + e.label);
  add("baseline", "mean over seeds", [](const Effect& e) { return e.baseline; });
  add("reform", "mean over seeds", [](const Effect& e) { return e.reform; });
  add("effect", "mean over seeds of reform - baseline", [](const Effect& e) { return e.effect; });
  add("paired_error", "standard error of the effect",
      [](const Effect& e) { return e.paired_error; });
  add("unpaired_error", "standard error of the effect if each policy had its own luck",
      [](const Effect& e) { return e.unpaired_error; });
  return table;
}

} // namespace nearshore
