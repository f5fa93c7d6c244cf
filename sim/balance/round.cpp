#include "sim/balance/round.hpp"

#include "policy/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore::balance {
namespace {

double whole(double millions) {
  return std::nearbyint(millions * kTableUnitsPerMillion);
}

} // namespace

// All sums below are of whole numbers under 2^53 held in doubles: they are exact.
WorldTable round_table(const Sources& s, const WorldTable& balanced) {
  WorldTable t = balanced;
  for (auto& v : t.inputs)
    v = whole(v);
  for (auto& v : t.final_demand)
    v = whole(v);

  const std::size_t R = t.R(), S = t.S();
  std::vector<double> home(R * S), abroad(R * S), spent(t.producers());
  for (std::size_t i = 0; i < t.inputs.size(); ++i) {
    const std::size_t p = i / (S * R), d = p / (kFirmTypes * S), j = i / R % S, o = i % R;
    (d == o ? home : abroad)[s.at(o, j)] += t.inputs[i];
    spent[p] += t.inputs[i];
  }
  for (std::size_t i = 0; i < t.final_demand.size(); ++i) {
    const std::size_t d = i / (S * R), j = i / R % S, o = i % R;
    (d == o ? home : abroad)[s.at(o, j)] += t.final_demand[i];
  }
  for (std::size_t r = 0; r < R; ++r)
    for (std::size_t j = 0; j < S; ++j) {
      const auto i = s.at(r, j);
      const auto d = t.producer(RegionId{r}, FirmType::domestic, SectorId{j});
      const auto p = t.producer(RegionId{r}, FirmType::processing, SectorId{j});
      t.gross_output[p] = std::min(whole(balanced.gross_output[p]), home[i] + abroad[i]);
      t.exports[p] =
          std::clamp(whole(balanced.exports[p]), std::max(0.0, t.gross_output[p] - home[i]),
                     std::min(t.gross_output[p], abroad[i]));
      t.gross_output[d] = home[i] + abroad[i] - t.gross_output[p];
      t.exports[d] = abroad[i] - t.exports[p];
      for (const auto q : {d, p}) {
        t.value_added[q] = t.gross_output[q] - spent[q];
        const bool exists = t.gross_output[q] != 0 || spent[q] > 0;
        if (exists &&
            (t.value_added[q] <= 0 || t.exports[q] < 0 || t.exports[q] > t.gross_output[q]))
          throw Error(ErrorKind::invariant,
                      fmt::format("after rounding, {} producers of {} in {} have output {}, value "
                                  "added {}, exports {} "
                                  "(thousand USD)",
                                  q == d ? "domestic" : "processing", t.sectors[j].code,
                                  t.regions[r].code, t.gross_output[q], t.value_added[q],
                                  t.exports[q]));
      }
    }
  for (auto* values : {&t.inputs, &t.final_demand, &t.gross_output, &t.value_added, &t.exports})
    for (auto& v : *values)
      v /= kTableUnitsPerMillion;
  return t;
}

} // namespace nearshore::balance
