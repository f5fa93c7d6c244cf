#pragma once
// Why the claim share changed, exactly, against a reference month (docs/ODD.md, Decomposition).
#include "agents/context.hpp"
#include "agents/parallel.hpp"
#include "sim/record.hpp"

#include <cstdint>
#include <type_traits>
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

  /// Hands the remembered month to an archive (sim/checkpoint/archive.hpp): all arrays empty, or of
  /// so many desks and links.
  template <class Archive, class Self>
  static void visit(Self& self, Archive&& archive, std::size_t n_desks, std::size_t n_links);

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

// A member left out does not compile. Desks of the month that is explained are filled anew, and
// `cause` of the reference is never asked for.
template <class Archive, class Self>
void ClaimDecomposition::visit(Self& self, Archive&& archive, std::size_t n_desks,
                               std::size_t n_links) {
  auto& [desks_then, desks_now, suppliers_then, units_then] = self;
  std::vector<std::int64_t> sales;
  std::vector<float> shown;
  std::vector<std::uint8_t> claims, qualifies;
  for (const auto& [sold, part, claimed, could, why] : desks_then) {
    sales.push_back(sold);
    shown.push_back(part);
    claims.push_back(static_cast<std::uint8_t>(claimed));
    qualifies.push_back(static_cast<std::uint8_t>(could));
  }
  archive.optional("reference_sales", sales, n_desks);
  archive.optional("reference_shown", shown, sales.size());
  archive.optional("reference_claims", claims, sales.size());
  archive.optional("reference_qualifies", qualifies, sales.size());
  archive.optional("reference_supplier", suppliers_then, sales.empty() ? 0 : n_links);
  archive.optional("reference_units", units_then, suppliers_then.size());
  if constexpr (std::remove_cvref_t<Archive>::reads) {
    shown.resize(sales.size());
    claims.resize(sales.size());
    qualifies.resize(sales.size());
    desks_then.resize(sales.size());
    desks_now.resize(sales.size());
    suppliers_then.resize(sales.empty() ? 0 : n_links);
    units_then.resize(suppliers_then.size());
    for (std::size_t k = 0; k < sales.size(); ++k)
      desks_then[k] = {sales[k], shown[k], claims[k] != 0, qualifies[k] != 0, {}};
  }
}

} // namespace nearshore
