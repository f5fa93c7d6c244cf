#pragma once
// How much an outcome depends on each parameter, from the values of a function at the points of a
// design. Intervals are 95 % percentile bootstraps over the design's independent units.
#include "output/sweep/design.hpp"

#include <span>
#include <vector>

namespace nearshore {

struct Estimate {
  double value{0}, low{0}, high{0};
};

struct Bootstrap {
  std::size_t draws{1000}; ///< 0: intervals are NaN
  std::uint64_t seed{1};
};

/// Shares of the variance over the whole range: what a parameter explains by itself, and with all
/// its interactions.
struct SobolIndices {
  Estimate first, total;
};
/// `f`: values at the points of a saltelli design of so many parameters. First order by Saltelli et
/// al. (2010), total by Jansen (1999), both on values less their mean; blocks are drawn again. NaN
/// where nothing varies.
std::vector<SobolIndices> sobol_indices(std::span<const double> f, std::size_t parameters,
                                        const Bootstrap& bootstrap = {});

/// Elementary effects: the change of the outcome for the whole range of a parameter, as it is seen
/// along the paths. Campolongo et al. (2007) for mean_absolute.
struct MorrisEffects {
  Estimate mean_absolute, mean, deviation; ///< deviation: of interactions and bends
};
/// `places`: of the points in the unit cube, paths of (parameters + 1).
std::vector<MorrisEffects> morris_effects(std::span<const double> f, const PointTable& places,
                                          const Bootstrap& bootstrap = {});

/// Linear regression of the outcome on all parameters, both divided by their standard deviations.
struct StandardisedEffects {
  std::vector<Estimate> effect; ///< [parameter]: standard deviations of the outcome for one of it
  double explained{0};          ///< R squared: how much of the variance the line explains
};
/// `x`: the parameters, one row a value of `f`. NaN where there are too few points, or a parameter
/// or the outcome does not vary.
StandardisedEffects standardised_effects(std::span<const double> f, const PointTable& x,
                                         const Bootstrap& bootstrap = {});

} // namespace nearshore
