#pragma once
// Why the claim share changed, exactly, against a reference month (docs/ODD.md, Decomposition).
#include "agents/context.hpp"
#include "sim/record.hpp"

#include <vector>

namespace nearshore {

class ClaimDecomposition {
public:
  /// Remembers the month just finished as the reference: claims, status, suppliers, sales.
  void remember(const MonthContext&, const Population&);
  [[nodiscard]] bool has_reference() const { return !desks.empty(); }
  /// Fills claim_change and claim_change_recorded; NaN while there is no reference. For each
  /// exporter and importer the causes add up to the change of claim_share, and with `recording` of
  /// claim_share_recorded.
  void explain(const MonthContext&, const Population&, MonthRecord&) const;

private:
  struct Desk {
    std::int64_t sales{0};
    bool claims{false}, qualifies{false};
    double shown{1}; ///< part of its claim that statistics show
  };
  std::vector<Desk> desks;              // [desk]
  std::vector<std::uint32_t> suppliers; // [link]
  std::vector<float> units;             // [link]

  static Desk look(const MonthContext&, const Population&, std::size_t firm, std::size_t desk);
  ClaimCause cause(const MonthContext&, const Population&, std::size_t firm, std::size_t agreement,
                   const Desk& then, const Desk& now) const;
};

} // namespace nearshore
