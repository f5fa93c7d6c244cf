#include "output/sweep/sensitivity.hpp"

#include "output/quantile.hpp"
#include "output/sweep/draws.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace nearshore {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLow = 0.025, kHigh = 0.975;
using Units = std::vector<std::size_t>;
/// All statistics of a sample of units, in a fixed order.
using Statistics = std::function<std::vector<double>(const Units&)>;

/// The statistics of the whole sample, with their intervals over samples drawn from it.
std::vector<Estimate> bootstrapped(std::size_t units, const Statistics& of,
                                   const Bootstrap& bootstrap) {
  Units all(units);
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<Estimate> out;
  for (const double value : of(all))
    out.push_back({value, kNaN, kNaN});
  std::vector<std::vector<double>> drawn(out.size());
  for (std::size_t b = 0; b < bootstrap.draws; ++b) {
    Units sample(units);
    for (std::size_t i = 0; i < units; ++i)
      sample[i] = sweep_choice(bootstrap.seed, SweepPurpose::bootstrap, units, b, i);
    const auto values = of(sample);
    for (std::size_t s = 0; s < values.size(); ++s)
      if (!std::isnan(values[s])) drawn[s].push_back(values[s]);
  }
  for (std::size_t s = 0; s < out.size(); ++s) {
    std::sort(drawn[s].begin(), drawn[s].end());
    out[s].low = quantile(drawn[s], kLow);
    out[s].high = quantile(drawn[s], kHigh);
  }
  return out;
}

/// First-order indices of all parameters, then total ones, of a sample of blocks.
std::vector<double> sobol_of(std::span<const double> f, std::size_t P, const Units& blocks) {
  const std::size_t width = P + 2;
  const auto n = static_cast<double>(blocks.size());
  double sum = 0, squares = 0;
  for (const auto b : blocks)
    sum += f[b * width] + f[b * width + 1];
  const double mean = sum / (2 * n);
  for (const auto b : blocks)
    for (std::size_t k = 0; k < 2; ++k)
      squares += (f[b * width + k] - mean) * (f[b * width + k] - mean);
  const double variance = squares / (2 * n);
  std::vector<double> out(2 * P, kNaN);
  if (!(variance > 0)) return out;
  for (std::size_t i = 0; i < P; ++i) {
    double first = 0, total = 0;
    for (const auto b : blocks) {
      const double fa = f[b * width] - mean, fb = f[b * width + 1] - mean,
                   mixed = f[b * width + 2 + i] - mean;
      first += fb * (mixed - fa);
      total += (fa - mixed) * (fa - mixed);
    }
    out[i] = first / n / variance;
    out[P + i] = total / (2 * n) / variance;
  }
  return out;
}

/// mean |effect|, mean effect, standard deviation, each of all parameters.
std::vector<double> morris_of(const std::vector<std::vector<double>>& effects, std::size_t P,
                              const Units& paths) {
  std::vector<double> out(3 * P);
  const auto n = static_cast<double>(paths.size());
  for (std::size_t i = 0; i < P; ++i) {
    double absolute = 0, sum = 0, squares = 0;
    for (const auto path : paths)
      absolute += std::abs(effects[path][i]), sum += effects[path][i];
    for (const auto path : paths)
      squares += (effects[path][i] - sum / n) * (effects[path][i] - sum / n);
    out[i] = absolute / n;
    out[P + i] = sum / n;
    out[2 * P + i] = n > 1 ? std::sqrt(squares / (n - 1)) : kNaN;
  }
  return out;
}

/// Coefficients, then R squared.
std::vector<double> regression_of(std::span<const double> f, const PointTable& x,
                                  const Units& rows) {
  const auto P = static_cast<Eigen::Index>(x.columns), n = static_cast<Eigen::Index>(rows.size());
  std::vector<double> out(x.columns + 1, kNaN);
  if (n < P + 2) return out;
  Eigen::MatrixXd design(n, P);
  Eigen::VectorXd y(n);
  for (Eigen::Index r = 0; r < n; ++r) {
    const auto row = rows[static_cast<std::size_t>(r)];
    y(r) = f[row];
    for (Eigen::Index c = 0; c < P; ++c)
      design(r, c) = x.row(row)[static_cast<std::size_t>(c)];
  }
  y.array() -= y.mean();
  const double scale = y.norm();
  if (!(scale > 0)) return out;
  y /= scale;
  for (Eigen::Index c = 0; c < P; ++c) {
    design.col(c).array() -= design.col(c).mean();
    const double length = design.col(c).norm();
    if (!(length > 0)) return out;
    design.col(c) /= length;
  }
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr{design};
  if (qr.rank() < P) return out;
  const Eigen::VectorXd beta = qr.solve(y);
  for (Eigen::Index c = 0; c < P; ++c)
    out[static_cast<std::size_t>(c)] = beta(c);
  out.back() = 1 - (y - design * beta).squaredNorm();
  return out;
}

} // namespace

std::vector<SobolIndices> sobol_indices(std::span<const double> f, std::size_t P,
                                        const Bootstrap& bootstrap) {
  const auto all = bootstrapped(
      f.size() / (P + 2), [&](const Units& blocks) { return sobol_of(f, P, blocks); }, bootstrap);
  std::vector<SobolIndices> out;
  for (std::size_t i = 0; i < P; ++i)
    out.push_back({all[i], all[P + i]});
  return out;
}

std::vector<MorrisEffects> morris_effects(std::span<const double> f, const PointTable& places,
                                          const Bootstrap& bootstrap) {
  const std::size_t P = places.columns, paths = f.size() / (P + 1);
  std::vector<std::vector<double>> effects(paths, std::vector<double>(P, kNaN));
  for (std::size_t path = 0; path < paths; ++path)
    for (std::size_t step = 0; step < P; ++step) {
      const std::size_t at = path * (P + 1) + step;
      const auto from = places.row(at), to = places.row(at + 1);
      for (std::size_t i = 0; i < P; ++i)
        if (from[i] != to[i]) effects[path][i] = (f[at + 1] - f[at]) / (to[i] - from[i]);
    }
  const auto all = bootstrapped(
      paths, [&](const Units& sample) { return morris_of(effects, P, sample); }, bootstrap);
  std::vector<MorrisEffects> out;
  for (std::size_t i = 0; i < P; ++i)
    out.push_back({all[i], all[P + i], all[2 * P + i]});
  return out;
}

StandardisedEffects standardised_effects(std::span<const double> f, const PointTable& x,
                                         const Bootstrap& bootstrap) {
  auto all = bootstrapped(
      x.rows(), [&](const Units& rows) { return regression_of(f, x, rows); }, bootstrap);
  StandardisedEffects out;
  out.explained = all.back().value;
  all.pop_back();
  out.effect = std::move(all);
  return out;
}

} // namespace nearshore
