#pragma once
// The bill of materials of a firm as it buys, and whether its product originates: what
// plan_originates (agents/plan.hpp) says of option 0 everywhere, with the same bits, from arrays
// that are written once for all agreements.
#include "agents/context.hpp"
#include "agents/plan.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace nearshore {

// What it holds is laid out before it is read: not cleared.
class Bill { // NOLINT(cppcoreguidelines-pro-type-member-init)
public:
  /// Of firm `f` with these suppliers and units, by link.
  void lay_out(const MonthContext&, const Population&, std::span<const Card> cards, std::size_t f,
               std::span<const std::uint32_t> suppliers, std::span<const float> units);
  /// Looks at it under an agreement: which inputs count.
  void look(const MonthContext&, const Population&, std::size_t agreement);
  /// Value of goods that do not originate under the agreement looked at.
  [[nodiscard]] double non_originating() const;
  [[nodiscard]] double transaction_value() const { return basis.transaction_value; }
  /// Whether the product originates under a rule of the agreement looked at; `slack` as in
  /// OriginBasis.
  [[nodiscard]] bool originates(const RuleOfOrigin&, double slack = 0);

private:
  template <class T> using ByInput = std::array<T, kMaxPlanLinks>;
  OriginBasis basis;
  std::size_t count{0};
  ByInput<double> value;
  ByInput<double>
      not_counting; ///< part of the value that does not count where the input originates
  ByInput<std::uint32_t> supplier;
  ByInput<std::uint8_t> sector, region, status; ///< status: bit a, originates under agreement a
  ByInput<std::uint8_t> goods, originating, accumulates;
  bool roll_up{true};

  [[nodiscard]] bool holds(const Ceiling&) const;
};

} // namespace nearshore
