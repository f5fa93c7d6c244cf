#include "output/sweep/design.hpp"

#include "output/sweep/draws.hpp"

#include <boost/random/sobol.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>

namespace nearshore {
namespace {

const std::array<std::string, kDesignMethods> kNames{"grid",  "list",     "latin_hypercube",
                                                     "sobol", "saltelli", "morris"};

/// 0 to n - 1 in an order of their own for each column (Fisher and Yates).
std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed, std::size_t column) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n; i > 1; --i)
    std::swap(order[i - 1], order[sweep_choice(seed, SweepPurpose::shuffle, i, i, column)]);
  return order;
}

PointTable latin_hypercube(const Design& d, std::size_t columns) {
  PointTable out{columns, std::vector<double>(d.points * columns)};
  for (std::size_t c = 0; c < columns; ++c) {
    const auto order = shuffled(d.points, d.seed, c);
    for (std::size_t i = 0; i < d.points; ++i)
      out.cells[i * columns + c] =
          (static_cast<double>(order[i]) + sweep_uniform(d.seed, SweepPurpose::jitter, i, c)) /
          static_cast<double>(d.points);
  }
  return out;
}

/// Sobol's points, each coordinate's bits turned by a random word: still a net of the same quality,
/// and no coordinate is exactly 0. Boost leaves the first point, the origin, out; without it no
/// power of two of points is a net (Owen 2020), so it is put back.
PointTable sobol(const Design& d, std::size_t columns) {
  PointTable out{columns, {}};
  out.cells.reserve(d.points * columns);
  boost::random::sobol engine{columns};
  std::vector<std::uint64_t> shift;
  for (std::size_t c = 0; c < columns; ++c)
    shift.push_back(sweep_bits(d.seed, SweepPurpose::shift, c));
  for (std::size_t i = 0; i < d.points; ++i)
    for (std::size_t c = 0; c < columns; ++c)
      out.cells.push_back(to_unit((i == 0 ? 0 : engine()) ^ shift[c]));
  return out;
}

/// Saltelli et al. (2010): A and B are the halves of one Sobol sequence of twice the dimension.
PointTable saltelli(const Design& d, std::size_t columns) {
  const auto base = sobol(d, 2 * columns);
  PointTable out{columns, {}};
  out.cells.reserve(d.points * (columns + 2) * columns);
  for (std::size_t j = 0; j < d.points; ++j) {
    const auto both = base.row(j);
    const auto a = both.first(columns), b = both.last(columns);
    out.cells.insert(out.cells.end(), a.begin(), a.end());
    out.cells.insert(out.cells.end(), b.begin(), b.end());
    for (std::size_t i = 0; i < columns; ++i)
      for (std::size_t c = 0; c < columns; ++c)
        out.cells.push_back(c == i ? b[c] : a[c]);
  }
  return out;
}

/// Morris (1991): from a random point of a grid, every parameter once up or down by half the
/// levels, in random order.
PointTable morris(const Design& d, std::size_t columns) {
  const auto levels = static_cast<double>(d.levels);
  const double step = levels / (2 * (levels - 1));
  PointTable out{columns, {}};
  for (std::size_t path = 0; path < d.points; ++path) {
    const auto draw = [&](std::size_t n, std::size_t what) {
      return sweep_choice(d.seed, SweepPurpose::path, n, path, what);
    };
    std::vector<double> place(columns);
    for (std::size_t c = 0; c < columns; ++c) // the lower half: a step up stays inside
      place[c] = static_cast<double>(draw(d.levels / 2, c)) / (levels - 1);
    std::vector<double> direction(columns, step);
    for (std::size_t c = 0; c < columns; ++c)
      if (draw(2, columns + c) == 1) {
        place[c] += step;
        direction[c] = -step;
      }
    out.cells.insert(out.cells.end(), place.begin(), place.end());
    for (const std::size_t c : shuffled(columns, d.seed, path)) {
      place[c] = std::clamp(place[c] + direction[c], 0.0, 1.0);
      out.cells.insert(out.cells.end(), place.begin(), place.end());
    }
  }
  return out;
}

PointTable grid(std::span<const SweepParameter> parameters) {
  PointTable out{parameters.size(), {}};
  std::size_t rows = 1;
  for (const auto& p : parameters)
    rows *= p.values.size();
  for (std::size_t r = 0; r < rows; ++r) {
    std::size_t rest = rows, at = r;
    for (const auto& p : parameters) {
      rest /= p.values.size();
      out.cells.push_back(p.values[at / rest]);
      at %= rest;
    }
  }
  return out;
}

PointTable side_by_side(std::span<const SweepParameter> parameters) {
  PointTable out{parameters.size(), {}};
  for (std::size_t r = 0; r < parameters.front().values.size(); ++r)
    for (const auto& p : parameters)
      out.cells.push_back(p.values[r]);
  return out;
}

} // namespace

std::span<const std::string> design_names() {
  return kNames;
}

double SweepParameter::value(double place) const {
  const double at = std::clamp(place, 0.0, 1.0);
  const double exact =
      spacing == Spacing::log ? low * std::exp(at * std::log(high / low)) : low + at * (high - low);
  const double rounded =
      whole ? std::round(exact) : std::strtod(fmt::format("{:.8g}", exact).c_str(), nullptr);
  return std::clamp(rounded, low, high);
}

PointTable places_of(const Design& d, std::size_t columns) {
  switch (d.method) {
  case DesignMethod::latin_hypercube:
    return latin_hypercube(d, columns);
  case DesignMethod::sobol:
    return sobol(d, columns);
  case DesignMethod::saltelli:
    return saltelli(d, columns);
  case DesignMethod::morris:
    return morris(d, columns);
  case DesignMethod::grid:
  case DesignMethod::list:
    break;
  }
  return {columns, {}};
}

PointTable values_of(const Design& d, std::span<const SweepParameter> parameters) {
  if (parameters.empty()) return {};
  if (d.method == DesignMethod::grid) return grid(parameters);
  if (d.method == DesignMethod::list) return side_by_side(parameters);
  auto table = places_of(d, parameters.size());
  for (std::size_t i = 0; i < table.cells.size(); ++i)
    table.cells[i] = parameters[i % table.columns].value(table.cells[i]);
  return table;
}

std::size_t points_of(const Design& d, std::span<const SweepParameter> parameters) {
  if (parameters.empty()) return 1;
  switch (d.method) {
  case DesignMethod::grid: {
    std::size_t n = 1;
    for (const auto& p : parameters)
      n *= p.values.size();
    return n;
  }
  case DesignMethod::list:
    return parameters.front().values.size();
  case DesignMethod::saltelli:
    return d.points * (parameters.size() + 2);
  case DesignMethod::morris:
    return d.points * (parameters.size() + 1);
  case DesignMethod::latin_hypercube:
  case DesignMethod::sobol:
    break;
  }
  return d.points;
}

} // namespace nearshore
