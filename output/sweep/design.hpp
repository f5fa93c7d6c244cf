#pragma once
// Where a sweep looks: points in the space of its parameters. Every design follows from its
// specification alone, so that any task of a sweep makes the same one.
#include "output/calibration/problem.hpp" // Spacing

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

enum class DesignMethod {
  grid,            ///< every combination of the parameters' values, the last parameter fastest
  list,            ///< the values side by side: point i has each parameter's value i
  latin_hypercube, ///< one point in each of N equal slices of every parameter (McKay et al. 1979)
  sobol,           ///< Sobol's sequence with a random digital shift
  saltelli,        ///< for Sobol indices: blocks of rows A, B and A with each column of B
  morris,          ///< for screening: paths that move one parameter at a time (Morris 1991)
};
inline constexpr std::size_t kDesignMethods = 6;
/// "grid", "list", ...: as files say it.
std::span<const std::string> design_names();

struct Design {
  DesignMethod method{DesignMethod::grid};
  std::size_t points{0}; ///< N: points, base points (saltelli) or paths (morris); not of grid, list
  std::size_t levels{4}; ///< of each parameter, morris only; even
  std::uint64_t seed{1}; ///< of the design's own draws, not of runs
};

/// A parameter that a sweep moves.
struct SweepParameter {
  std::string name;  ///< of its coordinate in results
  std::string key;   ///< dotted, as --set takes it
  std::string unit;  ///< may be empty
  std::string where; ///< file:line:column, for errors
  double low{0}, high{1};
  Spacing spacing{Spacing::linear};
  bool whole{false};          ///< values are rounded to whole numbers
  std::vector<double> values; ///< of grid and list; others take them from the range

  /// The value at a place in [0, 1] of the range, rounded to eight digits (or to a whole number),
  /// so that what a command line says is what was run.
  [[nodiscard]] double value(double place) const;
};

/// Numbers of points or of places, row by row.
struct PointTable {
  std::size_t columns{0};
  std::vector<double> cells;
  [[nodiscard]] std::size_t rows() const { return columns == 0 ? 0 : cells.size() / columns; }
  [[nodiscard]] std::span<const double> row(std::size_t r) const {
    return {cells.data() + r * columns, columns};
  }
};

/// Places in the unit cube, for the methods that take ranges. saltelli: blocks of (parameters + 2)
/// rows: A, B, then A with column i from B; morris: paths of (parameters + 1) rows.
PointTable places_of(const Design& design, std::size_t parameters);

/// The values of every point. Without parameters: one empty point (columns 0; see points_of).
PointTable values_of(const Design& design, std::span<const SweepParameter> parameters);

/// Number of points; 1 without parameters.
std::size_t points_of(const Design& design, std::span<const SweepParameter> parameters);

} // namespace nearshore
