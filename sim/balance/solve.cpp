#include "sim/balance/solve.hpp"

#include "agents/arithmetic.hpp"
#include "policy/error.hpp"
#include "sim/balance/constraints.hpp"
#include "sim/balance/content.hpp"

#include <Eigen/Cholesky>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore::balance {
namespace {

constexpr double kReferenceCell = 10'000; // million USD: the size to which confidence.csv refers
constexpr double kContentDeviation = 1.0 / 8; // of the tolerance: targets are met well inside it
constexpr double kLongestStep =
    1.5; // logarithm; longer steps are cut, so that Newton's method starts safely
constexpr double kConverged = 1e-11;
constexpr int kMaxIterations = 80;

/// The inverse Hessian of the distance to the prior: diagonal, less one rank for each (producer,
/// input), whose total over origins has its own, smaller variance.
class Distance {
public:
  Distance(const Sources& s, const WorldTable& t, std::vector<double> prior)
      : x0(std::move(prior)), origins(t.R()), inputs(t.inputs.size()), relative(x0.size()),
        total0(inputs / origins), total_variance(total0.size()) {
    const Layout layout{t};
    const std::size_t S = t.S();
    const auto sd_of = [&](std::size_t p) {
      return s.relative_sd[s.at(p / (kFirmTypes * S), p % S)];
    };
    const auto square = [](double v) { return v * v; };
    for (std::size_t i = 0; i < x0.size(); ++i) {
      const double sd = i < inputs                   ? s.sourcing_sd
                        : i < inputs + layout.finals ? s.final_sd
                                                     : sd_of(i - inputs - layout.finals);
      relative[i] = square(sd) * kReferenceCell; // variance of a cell of value v: relative * v
    }
    for (std::size_t b = 0; b < total0.size(); ++b) {
      for (std::size_t o = 0; o < origins; ++o)
        total0[b] += x0[b * origins + o];
      total_variance[b] = square(sd_of(b / S)) * kReferenceCell * total0[b];
    }
  }

  [[nodiscard]] std::size_t blocks() const { return total0.size(); }
  [[nodiscard]] std::size_t block_size() const { return origins; }
  [[nodiscard]] std::size_t in_blocks() const { return inputs; }
  [[nodiscard]] double variance(std::size_t i, double x) const { return relative[i] * x; }
  [[nodiscard]] double total_variance_of(std::size_t block) const { return total_variance[block]; }
  [[nodiscard]] double prior(std::size_t i) const { return x0[i]; }
  [[nodiscard]] double prior_total(std::size_t block) const { return total0[block]; }
  /// Gradient of the distance at x, by cell.
  [[nodiscard]] std::vector<double> gradient(const std::vector<double>& x) const {
    std::vector<double> g(x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      if (x0[i] > 0) g[i] = log_of(x[i] / x0[i]) / relative[i];
    for (std::size_t b = 0; b < blocks(); ++b) {
      if (!(total0[b] > 0)) continue;
      double total = 0;
      for (std::size_t o = 0; o < origins; ++o)
        total += x[b * origins + o];
      for (std::size_t o = 0; o < origins; ++o)
        if (x0[b * origins + o] > 0) g[b * origins + o] += (total - total0[b]) / total_variance[b];
    }
    return g;
  }
  /// H^-1 v in place, at x.
  void apply_inverse(const std::vector<double>& x, std::vector<double>& v) const {
    for (std::size_t i = 0; i < v.size(); ++i)
      v[i] *= variance(i, x[i]);
    for (std::size_t b = 0; b < blocks(); ++b) {
      if (!(total0[b] > 0)) continue;
      double sum = 0, spread = total_variance[b];
      for (std::size_t o = 0; o < origins; ++o) {
        sum += v[b * origins + o];
        spread += variance(b * origins + o, x[b * origins + o]);
      }
      for (std::size_t o = 0; o < origins; ++o)
        v[b * origins + o] -= variance(b * origins + o, x[b * origins + o]) * sum / spread;
    }
  }

private:
  std::vector<double> x0;
  std::size_t origins, inputs;
  std::vector<double> relative, total0, total_variance;
};

/// Rows of all constraints at one cell: the sparse ones, then the linearised contents.
struct System {
  const Constraints& c;
  std::vector<Linearised> contents;

  [[nodiscard]] std::size_t rows() const { return c.rows() + contents.size(); }
  template <class Visit> void at(std::size_t cell, Visit visit) const {
    for (const auto& e : c.entries[cell])
      visit(e.row, e.coefficient);
    for (std::size_t k = 0; k < contents.size(); ++k)
      if (contents[k].gradient[cell] != 0) visit(c.rows() + k, contents[k].gradient[cell]);
  }
  [[nodiscard]] std::vector<double> transposed(const Eigen::VectorXd& multipliers) const {
    std::vector<double> v(c.entries.size());
    for (std::size_t i = 0; i < v.size(); ++i)
      at(i, [&](std::size_t row, double a) {
        v[i] += a * multipliers(static_cast<Eigen::Index>(row));
      });
    return v;
  }
  [[nodiscard]] Eigen::VectorXd times(const std::vector<double>& v) const {
    Eigen::VectorXd out = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(rows()));
    for (std::size_t i = 0; i < v.size(); ++i)
      if (v[i] != 0)
        at(i, [&](std::size_t row, double a) { out(static_cast<Eigen::Index>(row)) += a * v[i]; });
    return out;
  }
};

/// A H^-1 A^T + deviations^2.
Eigen::MatrixXd schur(const System& system, const Distance& distance, const std::vector<double>& x,
                      const Eigen::VectorXd& deviation) {
  const auto n = static_cast<Eigen::Index>(system.rows());
  Eigen::MatrixXd out = Eigen::MatrixXd::Zero(n, n);
  std::vector<std::pair<Eigen::Index, double>> row, total;
  const auto add_outer = [&](const std::vector<std::pair<Eigen::Index, double>>& v, double scale) {
    for (const auto& [i, a] : v)
      for (const auto& [j, b] : v)
        out(i, j) += scale * a * b;
  };
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(n);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool in_block = i < distance.in_blocks();
    const std::size_t block = i / distance.block_size();
    if (x[i] > 0) {
      row.clear();
      system.at(
          i, [&](std::size_t r, double a) { row.emplace_back(static_cast<Eigen::Index>(r), a); });
      const double variance = distance.variance(i, x[i]);
      add_outer(row, variance);
      if (in_block)
        for (const auto& [r, a] : row)
          sum(r) += variance * a;
    }
    if (in_block && (i + 1) % distance.block_size() == 0 && distance.prior_total(block) > 0) {
      double spread = distance.total_variance_of(block);
      for (std::size_t o = block * distance.block_size(); o <= i; ++o)
        spread += distance.variance(o, x[o]);
      total.clear();
      for (Eigen::Index r = 0; r < n; ++r)
        if (sum(r) != 0) total.emplace_back(r, sum(r));
      add_outer(total, -1 / spread);
      sum.setZero();
    }
  }
  out.diagonal() += deviation.cwiseAbs2();
  return out;
}

/// Solves a symmetric positive definite system after scaling its diagonal to one: rows differ by
/// many orders.
class ScaledSolver {
public:
  explicit ScaledSolver(Eigen::MatrixXd matrix)
      : scale(matrix.diagonal().cwiseSqrt().cwiseInverse()) {
    matrix = scale.asDiagonal() * matrix * scale.asDiagonal();
    ldlt.compute(matrix);
  }
  [[nodiscard]] Eigen::VectorXd solve(const Eigen::VectorXd& b) const {
    return scale.cwiseProduct(ldlt.solve(scale.cwiseProduct(b)));
  }

private:
  Eigen::VectorXd scale;
  Eigen::LDLT<Eigen::MatrixXd> ldlt;
};

double closure_error(const WorldTable& t, const Constraints& c, const std::vector<double>& x) {
  std::vector<double> difference(c.exact), size(c.exact);
  for (std::size_t i = 0; i < x.size(); ++i)
    for (const auto& e : c.entries[i])
      if (e.row < c.exact) {
        difference[e.row] += e.coefficient * x[i];
        size[e.row] += std::abs(e.coefficient * x[i]);
      }
  double worst = 0;
  for (std::size_t r = 0; r < t.R() * t.S(); ++r)
    worst = std::max(worst, std::abs(difference[r]) / size[r]);
  return worst;
}

void measure_change(const Distance& distance, const std::vector<double>& x, Solution& out) {
  double moved = 0, size = 0, technology = 0, bought = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    moved += std::abs(x[i] - distance.prior(i));
    size += distance.prior(i);
  }
  for (std::size_t b = 0; b < distance.blocks(); ++b) {
    double total = 0;
    for (std::size_t o = 0; o < distance.block_size(); ++o)
      total += x[b * distance.block_size() + o];
    technology += std::abs(total - distance.prior_total(b));
    bought += distance.prior_total(b);
  }
  out.mean_change = moved / size;
  out.technology_change = technology / bought;
}

/// Gaussian propagation: prior variance q' H^-1 q, and what is left of it under the constraints.
std::vector<Identification> identify(const Sources& s, const System& system,
                                     const Distance& distance, const ScaledSolver& solver,
                                     const WorldTable& t, const std::vector<double>& x) {
  const LeontiefSystem leontief{t};
  std::vector<Identification> out;
  for (const auto& f : s.reported) {
    const double value = linearise(s, t, leontief, f, 0).value;
    const auto q = linearise(s, t, leontief, f, value).gradient;
    auto moved = q;
    distance.apply_inverse(x, moved);
    double before = 0;
    for (std::size_t i = 0; i < q.size(); ++i)
      before += q[i] * moved[i];
    const Eigen::VectorXd seen = system.times(moved);
    const double explained = seen.dot(solver.solve(seen));
    out.push_back({f.name, value, std::sqrt(before), std::sqrt(std::max(0.0, before - explained))});
  }
  return out;
}

} // namespace

Solution solve(const Sources& s, const WorldTable& prior) {
  Solution out;
  out.table = prior;
  auto& t = out.table;
  const auto constraints = linear_constraints(s, prior);
  const Distance distance{s, prior, gather_cells(prior)};
  auto x = gather_cells(prior);

  std::vector<const ContentTarget*> targets;
  for (const auto& c : s.contents)
    if (c.is_target) targets.push_back(&c);
  Eigen::VectorXd deviation(static_cast<Eigen::Index>(constraints.rows() + targets.size()));
  for (std::size_t r = 0; r < constraints.rows(); ++r)
    deviation(static_cast<Eigen::Index>(r)) = constraints.deviation[r];
  for (std::size_t k = 0; k < targets.size(); ++k)
    deviation(static_cast<Eigen::Index>(constraints.rows() + k)) =
        kContentDeviation * targets[k]->tolerance;

  for (out.iterations = 1; out.iterations <= kMaxIterations; ++out.iterations) {
    System system{constraints, {}};
    {
      const LeontiefSystem leontief{t};
      for (const auto* c : targets)
        system.contents.push_back(linearise(s, t, leontief, c->content, c->share));
    }
    const ScaledSolver solver{schur(system, distance, x, deviation)};
    if (out.largest_step > 0 && out.largest_step < kConverged) {
      out.identification = identify(s, system, distance, solver, t, x);
      break;
    }
    // Newton on the optimality conditions: H dx = A'λ - gradient, A (x + dx) + deviation² λ =
    // target.
    auto pull = distance.gradient(x);
    distance.apply_inverse(x, pull);
    Eigen::VectorXd right = system.times(pull);
    for (std::size_t i = 0; i < x.size(); ++i)
      for (const auto& e : constraints.entries[i])
        right(static_cast<Eigen::Index>(e.row)) -= e.coefficient * x[i];
    for (std::size_t r = 0; r < constraints.rows(); ++r)
      right(static_cast<Eigen::Index>(r)) += constraints.target[r];
    for (std::size_t k = 0; k < targets.size(); ++k)
      right(static_cast<Eigen::Index>(constraints.rows() + k)) -= system.contents[k].value;
    auto step = system.transposed(solver.solve(right));
    distance.apply_inverse(x, step);
    out.largest_step = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!(x[i] > 0)) continue;
      const double change = std::clamp((step[i] - pull[i]) / x[i], -kLongestStep, kLongestStep);
      out.largest_step = std::max(out.largest_step, std::abs(change));
      x[i] *= exp_of(change);
    }
    scatter_cells(s, x, t);
  }
  out.closure = closure_error(t, constraints, x);
  if (out.iterations > kMaxIterations)
    throw Error(ErrorKind::invariant, fmt::format("the balance did not converge: last step {:.2e} "
                                                  "after {} iterations, closure error {:.2e}",
                                                  out.largest_step, kMaxIterations, out.closure));
  measure_change(distance, x, out);
  return out;
}

} // namespace nearshore::balance
