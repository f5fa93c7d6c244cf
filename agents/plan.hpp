#pragma once
// The two-plan choice as a pure problem: the cheapest suppliers world-wide, or the cheapest set
// with which the product originates. A branch-and-bound over the few links where the two differ.
#include "policy/agreement.hpp"

#include <array>
#include <cstdint>

namespace nearshore {

inline constexpr std::size_t kMaxPlanLinks = 32;
inline constexpr std::size_t kMaxCeilings = 6;
/// Options of a link: the cheapest supplier; the cheapest that originates; the cheapest that
/// originates in the regions that the rule counts (labour value content, U.S. content).
inline constexpr std::size_t kPlanOptions = 3;

struct PlanOption {
  double cost{
      0}; ///< delivered, per unit of output, switching cost spread over the horizon included
  double value{0};    ///< customs value of the input, per unit of output
  double counting{1}; ///< part of the value that counts if it originates: 1 with roll-up
  std::uint8_t region{0};
  bool originates{false};
  bool available{false};
};

struct PlanLink {
  std::uint8_t sector{0};
  std::array<PlanOption, kPlanOptions> options; ///< option 0 is always available
};

/// What a rule of origin asks of a product besides its inputs.
struct OriginBasis {
  double transaction_value{1}; ///< per unit of output
  double net_cost{1};
  double own_value{0}; ///< own value added
  std::uint8_t own_region{0};
  Bits members{~Bits{0}};
  bool domestic_accumulation{false}; ///< only inputs from the own region count
  double slack{0}; ///< part of the transaction value by which every ceiling is kept lower
};

/// What the inputs that do not count may be worth under a ceiling.
double limit(const OriginBasis&, const Ceiling&);

struct PlanProblem : OriginBasis {
  std::array<PlanLink, kMaxPlanLinks> links;
  std::size_t count{0};
};

struct Plan {
  bool feasible{false};
  double cost{0};                                   ///< sum over links
  std::array<std::uint8_t, kMaxPlanLinks> option{}; ///< by link
};

/// Cost of option 0 everywhere.
double cheapest_cost(const PlanProblem&);
/// Whether the given options satisfy the rule.
bool plan_originates(const PlanProblem&, const RuleOfOrigin&,
                     const std::array<std::uint8_t, kMaxPlanLinks>&);
/// The cheapest options with which the product originates; not feasible if there are none.
Plan cheapest_originating(const PlanProblem&, const RuleOfOrigin&);

} // namespace nearshore
