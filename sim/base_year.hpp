#pragma once
// From the world table to firms: who exists, what they buy from whom, and the scaling that makes
// the firm network reproduce the table exactly.
#include "agents/context.hpp"
#include "agents/parallel.hpp"
#include "sim/sector_behaviour.hpp"
#include "sim/world_table.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

/// US cents a month per million USD a year.
inline constexpr double kCentsPerMillion = 1e8 / 12;

/// Targets of firms' sales at home and abroad, cents a month.
struct SalesTargets {
  std::vector<double> home, abroad; ///< [firm]
};

struct PopulationPlan {
  std::int64_t firms{0};
  std::uint64_t seed{0};
  const WorldTable* world{nullptr};
  const std::vector<TariffLine>* lines{nullptr};
  const Lanes* lanes{nullptr};
  const SectorData* sectors{nullptr};
  const Parameters* parameters{nullptr};
  const Workers* workers{nullptr};
};

/// Lays out the firms: sizes, types, lines, inputs, suppliers. Link units hold input value per unit
/// of sales. Throws Error if there are fewer firms than populated producers.
Population lay_out_firms(const PopulationPlan&, SalesTargets&);

/// How far the table had to be enforced.
struct ScalingReport {
  double mean_change{0}; ///< value-weighted mean of |ln(factor)| on link values
  double moved_to_final{
      0}; ///< share of intermediate trade without a link, traded as final goods instead
  double inputs_cut{0}; ///< share of inputs taken off firms that would keep no value added
};

/// Value added that scaling leaves to any firm, of its sales.
inline constexpr double kLeastValueAdded = 0.04;

/// When scaling stops: after so many rounds, or once sales change by no more than a share of all.
struct ScalingEffort {
  int most_rounds;
  double settled;
};

/// What scaling writes back: only who sells how much where, or also the units of inputs that the
/// table asks for.
enum class Restate { sales, units_too };

/// Scales link values, by (producer, input, origin), to the world table, sets final sales so that
/// trade by (origin, destination, sector) is that of the table, and re-bases every firm's price
/// to 1. In each round inputs follow the sales of the round before; `targets` are the sales to
/// start from. Used when firms are laid out and founded, and again during and after the spin-up.
/// `m` gives the base-year duties. restate_value_added must follow once claims are known.
ScalingReport scale_to_table(const Workers&, const MonthContext& m, const WorldTable&, Population&,
                             const SalesTargets& targets, const ScalingEffort&, Restate);

/// Own value added of every firm is what inputs at delivered prices leave of a price of 1, at the
/// base-year duties of the sellers' present claims; stocks that suit output. Where less than a part
/// of the least value added is left, inputs are cut: returns the share of all inputs cut.
double restate_value_added(const Workers&, const MonthContext& m, Population&);

} // namespace nearshore
