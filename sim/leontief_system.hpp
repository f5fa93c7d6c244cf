#pragma once
// The input-output system of a world table, factorised once: for contents and for their gradients.
#include "sim/leontief.hpp"

#include <Eigen/Core>
#include <Eigen/LU>

namespace nearshore {

/// I - A over the producers of a table. Row and column p are producer p; a producer without output
/// is an identity row.
class LeontiefSystem {
public:
  explicit LeontiefSystem(const WorldTable&);
  /// [producer][source]
  [[nodiscard]] const Eigen::MatrixXd& content() const { return m; }
  /// Content of a unit bought of (origin, sector) by a user in `destination`: [source].
  [[nodiscard]] Eigen::RowVectorXd supplied(std::size_t origin, std::size_t sector,
                                            bool abroad) const;
  /// Solves (I - A)^T u = y.
  [[nodiscard]] Eigen::VectorXd adjoint(const Eigen::VectorXd& y) const;
  [[nodiscard]] const SupplyMix& mix() const { return proportions; }

private:
  const WorldTable& t;
  SupplyMix proportions;
  Eigen::PartialPivLU<Eigen::MatrixXd> lu;
  Eigen::MatrixXd m;
};

} // namespace nearshore
