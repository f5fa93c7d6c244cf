#pragma once
// What every decision of a month may read besides the firms: policy, parameters, tables, the
// month's luck.
#include "agents/landed.hpp"
#include "agents/lanes.hpp"
#include "agents/parameters.hpp"
#include "agents/sourcing_tables.hpp"
#include "agents/switches.hpp"
#include "policy/regime.hpp"

#include <atomic>
#include <vector>

namespace nearshore {

/// Behaviour that differs by sector (configs/data/sector_behaviour.csv).
struct SectorTraits {
  bool is_goods{true};
  double theta{2.5};              ///< dispersion of match
  double demand_elasticity{2};    ///< CES of final demand over sellers, long run
  double review_factor{1};        ///< on the monthly rate of contract review
  int lead_low{3}, lead_high{9};  ///< months to qualify a supplier of this sector's producers
  double documentation_factor{1}; ///< on the median documentation cost
  double energy_share{0.05};      ///< of value added plus energy inputs
  double inventory_cover{1};      ///< months of inputs held
};

class PriceFloor;
class DecisionWatch;

struct MonthContext {
  std::uint64_t seed{0};
  std::uint32_t month{0}; ///< Month::count; the key of this month's draws
  const MonthPolicy* policy{nullptr};
  const DutyTable* base_duties{nullptr};
  const LandedCosts* landed{nullptr};      ///< of this month
  const LandedCosts* base_landed{nullptr}; ///< of the base year
  const Lanes* lanes{nullptr};
  const Parameters* parameters{nullptr};
  const std::vector<SectorTraits>* sectors{nullptr};
  const std::vector<TariffLine>* lines{nullptr};
  const SourcingTables* tables{nullptr};
  const std::vector<double>* factor_cost{nullptr}; ///< [region] base = 1
  const std::vector<double>* delivery{
      nullptr}; ///< [region * S + sector] share of orders delivered last month
  const std::vector<const RuleOfOrigin*>* rules{
      nullptr};                                 ///< [agreement * lines + line]; nullptr: no rule
  const PriceFloor* floor{nullptr};             ///< nullptr: reviews meet every candidate
  std::atomic<std::int64_t>* reviewed{nullptr}; ///< counts the firms that review; may be nullptr
  DecisionWatch* watch{nullptr};                ///< sees what firms weigh; usually nobody does
  Switches switches;

  /// Whether an input counts as originating under an agreement: goods by the seller's status,
  /// services by its region.
  [[nodiscard]] bool input_originates(const Card& seller, std::size_t sector,
                                      std::size_t agreement) const {
    return (*sectors)[sector].is_goods
               ? contains(seller.origin, agreement)
               : contains(policy->agreements[agreement].members, seller.region);
  }
  /// Share of the members' own value in a good, for agreements without roll-up.
  [[nodiscard]] static double members_value(const Population& firms, std::size_t firm,
                                            Bits members) {
    double sum = 0;
    for (std::size_t r = 0; r < firms.R; ++r)
      if (contains(members, r)) sum += static_cast<double>(firms.content_of(firm)[r]);
    return sum;
  }

  /// Rate on a sale of `seller` (its card) to `importer`; `own_content` as in rate_of.
  [[nodiscard]] Rate rate(const DutyTable& table, std::size_t importer, const Card& seller,
                          std::uint16_t claims) const {
    const auto& line = (*lines)[seller.line];
    return table.total(table.row(RegionId{importer}, line.origin, line.sector, LineId{seller.line}),
                       lanes->used(claims, seller.region, importer));
  }
};

} // namespace nearshore
