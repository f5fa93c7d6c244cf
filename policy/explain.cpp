#include "policy/explain.hpp"

#include <algorithm>

namespace nearshore {

std::vector<StackLine> explain(const Regime& regime, RegionId importer, RegionId origin,
                               Month month, const std::vector<std::pair<Good, double>>& goods) {
  const auto& law = regime.data();
  std::vector<StackLine> lines;
  const auto line_of = [&](const Measure* measure) -> StackLine& {
    for (auto& line : lines)
      if (line.measure == measure) return line;
    lines.emplace_back().measure = measure;
    return lines.back();
  };
  for (const auto& piece : regime.spans(month)) {
    const LaneStack stack{law.measures, law.stacking, importer.index(), origin.index(),
                          piece.first};
    const auto entries = stack.entries();
    for (const auto& entry : entries)
      line_of(entry.measure).days += piece.days;
    for (const auto& [good, weight] : goods) {
      const double share = weight * piece.days / month.days();
      std::vector<float> pushes(entries.size());
      stack.evaluate(good, [&](std::size_t i, const Outcome& o) {
        auto& line = line_of(entries[i].measure);
        pushes[i] = o.pushes;
        line.full += share * o.rate.full;
        line.content += share * o.rate.content;
        line.because[static_cast<std::size_t>(o.reason)] += share;
        line.displaced += share * o.displaced;
        if (!(o.displaced > 0)) return;
        for (std::size_t j = 0; j < i; ++j) {
          const auto* other = entries[j].measure;
          const bool here = ((entries[i].displacers >> j) & 1U) != 0 && pushes[j] > 0;
          const bool known = std::find(line.displaced_by.begin(), line.displaced_by.end(), other) !=
                             line.displaced_by.end();
          if (here && !known) line.displaced_by.push_back(other);
        }
      });
    }
  }
  for (auto& line : lines) {
    const double in_force = static_cast<double>(line.days) / month.days();
    for (auto& share : line.because)
      share /= in_force;
    line.displaced /= in_force;
  }
  std::stable_sort(lines.begin(), lines.end(), [](const StackLine& a, const StackLine& b) {
    return a.measure->authority != b.measure->authority
               ? a.measure->authority < b.measure->authority
               : a.measure->start < b.measure->start;
  });
  return lines;
}

} // namespace nearshore
