#pragma once
// Why the claim share changed, exactly, against a reference month (docs/ODD.md, Decomposition).
#include "agents/context.hpp"
#include "agents/parallel.hpp"
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
  void explain(const Workers&, const MonthContext&, const Population&, MonthRecord&);

private:
  struct Desk {
    std::int64_t sales{0};
    float shown{1}; ///< part of its claim that statistics show
    bool claims{false}, qualifies{false};
    ClaimCause cause{}; ///< why `claims` changed, where it did
  };
  std::vector<Desk> desks;              // [desk] of the reference
  std::vector<Desk> now_desks;          // [desk] of the month to be explained
  std::vector<std::uint32_t> suppliers; // [link]
  std::vector<float> units;             // [link]

  void look_at_block(const MonthContext&, const Population&, std::size_t begin, std::size_t end);
  void explain_lane(const Population&, std::size_t exporter, std::size_t importer,
                    MonthRecord&) const;
  static Desk look(const MonthContext&, const Population&, std::size_t firm, std::size_t desk);
  ClaimCause cause(const MonthContext&, const Population&, std::size_t firm, std::size_t agreement,
                   const Desk& then, const Desk& now) const;
};

} // namespace nearshore
