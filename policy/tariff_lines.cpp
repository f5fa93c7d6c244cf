#include "policy/tariff_lines.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace nearshore {
namespace {

constexpr std::size_t kPoints = 4096;
constexpr double kSmallest = 0.002; // margins below are not represented
// Fractional parts of powers of the inverse of the root of x^7 = x + 1: a low-discrepancy lattice
// in 6 dimensions.
constexpr std::array<double, 7> kStep{0.0,
                                      0.8986537126286993,
                                      0.8075784952213448,
                                      0.7257334129697598,
                                      0.6521830259439717,
                                      0.5860866975779695,
                                      0.5266889867007359};

struct Class {
  std::size_t bin{0};
  Bits lists{0};
  double share{0};
};

double fraction(double x) {
  return x - std::floor(x);
}

/// Where the points lie along every coordinate: the same for all lanes.
std::vector<double> coordinates() {
  std::vector<double> out;
  for (std::size_t i = 0; i < kPoints; ++i)
    out.push_back((static_cast<double>(i) + 0.5) / kPoints);
  for (std::size_t c = 1; c < kStep.size(); ++c)
    for (std::size_t i = 0; i < kPoints; ++i)
      out.push_back(fraction(static_cast<double>(i + 1) * kStep[c]));
  return out;
}

/// Counts points by the lists on which they are: few sets, met in any order.
class ListCounter {
public:
  ListCounter() : places(std::size_t{1} << kPlaceBits, 0) {}

  void count(Bits lists) {
    std::size_t at = (lists * 0x9E3779B97F4A7C15ULL) >> (64 - kPlaceBits);
    while (places[at] != 0 && seen[places[at] - 1U].lists != lists)
      at = (at + 1) % places.size();
    if (places[at] == 0) {
      seen.push_back({lists, 0, at});
      places[at] = static_cast<std::uint16_t>(seen.size());
    }
    ++seen[places[at] - 1U].points;
  }
  /// Calls visit(lists, points) in the order of the sets, and forgets them.
  template <class Visit> void take(Visit&& visit) {
    for (const auto& s : seen)
      places[s.place] = 0;
    std::sort(seen.begin(), seen.end(),
              [](const Seen& a, const Seen& b) { return a.lists < b.lists; });
    for (const auto& s : seen)
      visit(s.lists, s.points);
    seen.clear();
  }

private:
  static constexpr int kPlaceBits = 13; // twice as many places as there are points
  static_assert(std::size_t{1} << kPlaceBits >= 2 * kPoints);
  struct Seen {
    Bits lists;
    int points;
    std::size_t place;
  };
  std::vector<std::uint16_t> places; // 1 + index into seen, or 0
  std::vector<Seen> seen;
};

/// The lists of every point of the lattice.
std::vector<Bits> lists_of_points(const LaneMargins& m) {
  static const std::vector<double> at_point = coordinates();
  std::vector<Bits> lists(kPoints, 0);
  for (const auto& place : m.lists) {
    if (place.share < kSmallest) continue;
    const double* at = at_point.data() + place.coordinate * kPoints;
    const double begin = place.begin, end = place.begin + place.share;
    const Bits own = bit(place.list.index());
    for (std::size_t i = 0; i < kPoints; ++i)
      lists[i] |= ((at[i] >= begin) & (at[i] < end)) ? own : 0;
  }
  return lists;
}

std::vector<Class> signatures(const LaneMargins& m) {
  std::vector<double> upper;
  double reached = 0;
  for (const auto& bin : m.bins)
    upper.push_back(reached += bin.share);
  const auto lists = lists_of_points(m);
  std::vector<Class> out;
  ListCounter counter;
  std::size_t bin = 0;
  const auto close_bin = [&] {
    counter.take([&](Bits of_point, int points) {
      out.push_back({bin, of_point, static_cast<double>(points) / kPoints});
    });
  };
  for (std::size_t i = 0; i < kPoints; ++i) { // bins lie along the points
    const double along = (static_cast<double>(i) + 0.5) / kPoints;
    for (; bin + 1 < upper.size() && along * reached >= upper[bin]; ++bin)
      close_bin();
    counter.count(lists[i]);
  }
  close_bin();
  std::stable_sort(out.begin(), out.end(),
                   [](const Class& a, const Class& b) { return a.share > b.share; });
  return out;
}

// A margin: classes inside it should hold `target` of the value.
struct Margin {
  bool of_bin{true};
  std::size_t index{0};
  double target{0};
  [[nodiscard]] bool has(const Class& c) const {
    return of_bin ? c.bin == index : contains(c.lists, index);
  }
};

std::vector<Margin> margins_of(const LaneMargins& m) {
  std::vector<Margin> out;
  for (std::size_t b = 0; b < m.bins.size(); ++b)
    out.push_back({true, b, m.bins[b].share});
  for (const auto& place : m.lists)
    if (place.share >= kSmallest)
      out.push_back({false, place.list.index(), std::min(1.0F, place.share)});
  return out;
}

// First the signatures that between them put every margin inside and every list outside some class,
// then the heaviest, up to the limit.
std::vector<Class> choose(std::vector<Class> all, const std::vector<Margin>& margins,
                          std::size_t limit) {
  std::vector<Class> chosen;
  std::vector<bool> inside(margins.size()), outside(margins.size());
  for (std::size_t k = 0; k < margins.size(); ++k) {
    inside[k] = margins[k].target < kSmallest;
    outside[k] = margins[k].of_bin || margins[k].target > 1 - kSmallest;
  }
  while (!all.empty() && chosen.size() < limit) {
    std::size_t best = 0, most = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::size_t fresh = 0;
      for (std::size_t k = 0; k < margins.size(); ++k)
        fresh += margins[k].has(all[i]) ? !inside[k] : !outside[k];
      if (fresh > most) {
        most = fresh;
        best = i;
      }
    }
    if (most == 0) { // all covered, and nothing uncovers them: the heaviest left
      const auto left = std::min(limit - chosen.size(), all.size());
      chosen.insert(chosen.end(), all.begin(), all.begin() + static_cast<std::ptrdiff_t>(left));
      break;
    }
    for (std::size_t k = 0; k < margins.size(); ++k) {
      if (margins[k].has(all[best]))
        inside[k] = true;
      else
        outside[k] = true;
    }
    chosen.push_back(all[best]);
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(best));
  }
  std::sort(chosen.begin(), chosen.end(), [](const Class& a, const Class& b) {
    return a.bin != b.bin ? a.bin < b.bin : a.lists < b.lists;
  });
  return chosen;
}

/// Shares by class, and for every margin which classes are inside, as 0 or 1: sums of products have
/// the bits of sums over the classes inside, and no branch is guessed wrongly.
class Raking {
public:
  Raking(const std::vector<Class>& classes, const std::vector<Margin>& all_margins)
      : margins(all_margins), inside(all_margins.size()) {
    for (const auto& c : classes)
      share.push_back(c.share);
    for (std::size_t k = 0; k < margins.size(); ++k)
      for (const auto& c : classes)
        inside[k].push_back(margins[k].has(c) ? 1 : 0);
  }

  /// One sweep over the margins; returns the largest miss that it met.
  double sweep() {
    double worst = 0;
    for (std::size_t k = 0; k < margins.size(); ++k) {
      double in = 0, all = 0;
      const double* is_in = inside[k].data();
      for (std::size_t i = 0; i < share.size(); ++i) {
        all += share[i];
        in += share[i] * is_in[i];
      }
      if (!(in > 0) || !(all > in)) continue;
      worst = std::max(worst, std::abs(in / all - margins[k].target));
      const double up = margins[k].target / in, down = (1 - margins[k].target) / (all - in);
      for (std::size_t i = 0; i < share.size(); ++i)
        share[i] *= is_in[i] != 0 ? up : down;
    }
    return worst;
  }
  [[nodiscard]] const std::vector<double>& shares() const { return share; }

private:
  const std::vector<Margin>& margins;
  std::vector<double> share;
  std::vector<std::vector<double>> inside; // [margin][class]
};

void rake(std::vector<Class>& classes, const std::vector<Margin>& margins) {
  Raking raking{classes, margins};
  for (int sweep = 0; sweep < 400; ++sweep)
    if (raking.sweep() < 1e-9) break;
  double all = 0;
  for (const double share : raking.shares())
    all += share;
  for (std::size_t i = 0; i < classes.size(); ++i)
    classes[i].share = raking.shares()[i] / all;
  std::erase_if(classes, [](const Class& c) { return c.share < 1e-7; });
}

void split(std::vector<Class>& classes, std::size_t limit) {
  while (classes.size() < limit) {
    const auto heaviest =
        std::max_element(classes.begin(), classes.end(),
                         [](const Class& a, const Class& b) { return a.share < b.share; });
    heaviest->share /= 2;
    classes.insert(heaviest, *heaviest);
  }
}

// Midpoints of the classes' shares when they are laid along [0, 1) in a scrambled (or their own)
// order.
std::vector<double> midpoints(const std::vector<Class>& classes, double step) {
  std::vector<std::size_t> order(classes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (step > 0)
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return fraction(static_cast<double>(a + 1) * step) <
             fraction(static_cast<double>(b + 1) * step);
    });
  std::vector<double> out(classes.size());
  double reached = 0;
  for (const auto i : order) {
    out[i] = reached + classes[i].share / 2;
    reached += classes[i].share;
  }
  return out;
}

double quantile(const std::array<float, 5>& values, double level) {
  const auto last = kEntryLevels.size() - 1;
  if (level <= kEntryLevels[0]) return values[0];
  if (level >= kEntryLevels[last]) return values[last];
  std::size_t i = 0;
  while (level > kEntryLevels[i + 1])
    ++i;
  const double within = (level - kEntryLevels[i]) / (kEntryLevels[i + 1] - kEntryLevels[i]);
  return values[i] + within * (values[i + 1] - values[i]);
}

} // namespace

std::vector<TariffLine> build_lines(const LaneMargins& m) {
  const auto margins = margins_of(m);
  auto classes = choose(signatures(m), margins, m.max_classes);
  rake(classes, margins);
  split(classes, m.max_classes);
  const auto entry = midpoints(classes, 0.6180339887498949);
  const auto rule = midpoints(classes, m.rules_along_bins ? 0 : 0.7548776662466927);
  std::vector<TariffLine> out;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const auto& bin = m.bins[classes[i].bin];
    TariffLine line;
    line.origin = m.origin;
    line.sector = m.sector;
    line.share = static_cast<float>(classes[i].share);
    line.mfn_rate = bin.rate;
    line.mfn_free = bin.free;
    line.lists = classes[i].lists;
    line.entry_value = static_cast<float>(quantile(m.entry_quantiles, entry[i]));
    line.rule_draw = static_cast<float>(rule[i]);
    out.push_back(line);
  }
  return out;
}

} // namespace nearshore
