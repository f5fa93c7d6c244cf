#pragma once
// How firms are spread: claims by size of firm, tails of sizes and of suppliers' customers, links
// that broke by age. Looked at after the month, only where run.structure asks for it; it changes
// nothing in the run.
#include "agents/context.hpp"
#include "sim/record.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace nearshore {

/// Tail exponent by Hill's estimator over the largest values: sum of weights over sum of weights
/// times ln(value / least of them), of the values that hold the largest `part` of all weight. 0
/// where fewer than ten values are in the tail, or they are all alike.
double hill_exponent(std::span<const double> values, std::span<const double> weights, double part);

/// Class of yearly sales, USD (kSizeBounds).
std::size_t size_class(double yearly_sales);
/// Class of age, months (kAgeBounds).
std::size_t age_class(int months);

class StructureWatch {
public:
  /// Fills record.structure. Links are compared with those of the last call: the first one counts
  /// no separations.
  void look(const MonthContext& m, const Population& firms, MonthRecord& out);

  /// Hands what is remembered to an archive (sim/checkpoint/archive.hpp): nothing, or of all links.
  /// A member left out does not compile.
  template <class Archive, class Self>
  static void visit(Self& self, Archive&& archive, std::size_t links) {
    auto& [age] = self;
    archive.optional("structure_age", age, links);
  }

private:
  std::vector<std::uint8_t> last_age; ///< [link]
  void count_claims(const MonthContext& m, const Population& firms, FirmStructure& out) const;
  void count_links(const Population& firms, FirmStructure& out);
  void measure_tails(const Population& firms, FirmStructure& out) const;
};

} // namespace nearshore
