#pragma once
// Rules of origin as lawyers write them, turned into ceilings on value that does not count; and a
// plain evaluation of a rule for one good, the reference for every faster one.
#include "policy/agreement.hpp"
#include "policy/calendar.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

using SectorWeights = std::array<float, kMaxSectors>;

/// Regional value content of at least `transaction` = (TV - VNM)/TV or `net_cost` = (NC - VNM)/NC;
/// a method given as 0 is not open to the producer. `goods`: sectors whose inputs count as
/// materials.
Ceiling rvc_ceiling(Bits goods, float transaction, float net_cost);
/// Tariff shift: inputs that fall under the excluded headings (`named`: their share of each
/// sector's inputs) must originate, up to `de_minimis` of transaction value. Wholly obtained: the
/// same with de_minimis 0.
Ceiling tariff_shift_ceiling(const SectorWeights& named, float de_minimis);
/// At least `minimum` of purchases from `sector` must originate (steel and aluminium, core parts).
Ceiling originating_share_ceiling(SectorId sector, float minimum);
/// At least `minimum` of net cost from originating goods and own work of `regions` (labour value
/// content).
Ceiling net_cost_content_ceiling(Bits goods, Bits regions, float minimum);
/// At least `minimum` of transaction value from originating goods and own work of `regions`.
Ceiling transaction_content_ceiling(Bits goods, Bits regions, float minimum);

/// A material of the good under test.
struct OriginInput {
  SectorId sector;
  double value{0};
  bool originating{false};
  RegionId region;
  double regional_content{1}; ///< used where the agreement has no roll-up
};

/// Sum of weight * value that does not count, own value included where the ceiling says so. Own
/// value is what the limit's basis (net cost if the limit is of net cost alone, else transaction
/// value) holds beyond inputs.
double not_counting(const Agreement&, const Ceiling&, std::span<const OriginInput>,
                    double transaction_value, double net_cost, RegionId own);
/// Whether the ceiling holds.
bool holds(const Agreement&, const Ceiling&, std::span<const OriginInput>, double transaction_value,
           double net_cost, RegionId own);
/// Whether a good made in `own` originates: some route of the rule, every ceiling of it.
bool originates(const Agreement&, const RuleOfOrigin&, std::span<const OriginInput>,
                double transaction_value, double net_cost, RegionId own);
/// (TV - VNM)/TV and (NC - VNM)/NC, for reports; 0 where the basis is not positive.
double rvc_transaction(double transaction_value, double non_originating);
double rvc_net_cost(double net_cost, double non_originating);

/// A rule with the dates between which it governs.
struct DatedRule {
  SectorId sector;
  std::optional<Date> from, until;
  RuleOfOrigin rule;
  std::string source, confidence, where;
};

/// An agreement over time.
struct AgreementLaw {
  Agreement header; ///< rules left empty
  Date from;
  std::optional<Date> until;
  std::vector<DatedRule> rules;
  std::string source, where;
  /// The agreement on the first day of a month. Throws Error (input) where the shares of a sector's
  /// rules in force do not sum to 1.
  [[nodiscard]] Agreement at(Month month, std::size_t sectors) const;
};

} // namespace nearshore
