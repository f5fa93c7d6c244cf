#include "sim/leontief.hpp"

#include "policy/error.hpp"
#include "sim/leontief_system.hpp"

#include <array>

namespace nearshore {
namespace {

constexpr std::array kTypes{FirmType::domestic, FirmType::processing};

} // namespace

SupplyMix supply_mix(const WorldTable& t) {
  SupplyMix mix{std::vector<double>(t.producers()), std::vector<double>(t.producers())};
  for (std::size_t r = 0; r < t.R(); ++r)
    for (std::size_t s = 0; s < t.S(); ++s) {
      double abroad = 0, home = 0;
      for (const auto type : kTypes) {
        const auto p = t.producer(RegionId{r}, type, SectorId{s});
        abroad += t.exports[p];
        home += t.gross_output[p] - t.exports[p];
      }
      for (const auto type : kTypes) {
        const auto p = t.producer(RegionId{r}, type, SectorId{s});
        if (abroad > 0) mix.abroad[p] = t.exports[p] / abroad;
        if (home > 0) mix.home[p] = (t.gross_output[p] - t.exports[p]) / home;
      }
    }
  return mix;
}

LeontiefSystem::LeontiefSystem(const WorldTable& table) : t(table), proportions(supply_mix(table)) {
  const auto n = static_cast<Eigen::Index>(t.producers());
  Eigen::MatrixXd system = Eigen::MatrixXd::Identity(n, n);
  Eigen::MatrixXd earned = Eigen::MatrixXd::Zero(n, static_cast<Eigen::Index>(t.R()));
  for (std::size_t p = 0; p < t.producers(); ++p) {
    if (!(t.gross_output[p] > 0)) continue;
    const auto row = static_cast<Eigen::Index>(p);
    const std::size_t region = p / (kFirmTypes * t.S());
    earned(row, static_cast<Eigen::Index>(region)) = t.value_added[p] / t.gross_output[p];
    for (std::size_t j = 0; j < t.S(); ++j)
      for (std::size_t o = 0; o < t.R(); ++o) {
        const double value = t.input(p, SectorId{j}, RegionId{o});
        if (value == 0) continue;
        const auto& shares = o == region ? proportions.home : proportions.abroad;
        for (const auto type : kTypes) {
          const auto q = t.producer(RegionId{o}, type, SectorId{j});
          system(row, static_cast<Eigen::Index>(q)) -= value / t.gross_output[p] * shares[q];
        }
      }
  }
  lu.compute(system);
  m = lu.solve(earned);
  if (!m.allFinite())
    throw Error(ErrorKind::invariant,
                "the input-output system is singular: some producers earn no value added");
}

Eigen::RowVectorXd LeontiefSystem::supplied(std::size_t origin, std::size_t sector,
                                            bool abroad) const {
  const auto& shares = abroad ? proportions.abroad : proportions.home;
  Eigen::RowVectorXd content = Eigen::RowVectorXd::Zero(m.cols());
  for (const auto type : kTypes) {
    const auto q = t.producer(RegionId{origin}, type, SectorId{sector});
    content += shares[q] * m.row(static_cast<Eigen::Index>(q));
  }
  return content;
}

Eigen::VectorXd LeontiefSystem::adjoint(const Eigen::VectorXd& y) const {
  return lu.transpose().solve(y);
}

double ValueAddedContent::group_share(Bits exporters, Bits sectors, Bits sources) const {
  double value = 0, total = 0;
  for (std::size_t r = 0; r < R; ++r)
    for (std::size_t s = 0; s < S; ++s) {
      if (!contains(exporters, r) || !contains(sectors, s)) continue;
      const double e = exports[r * S + s];
      total += e;
      for (std::size_t source = 0; source < R; ++source)
        if (contains(sources, source)) value += e * share(r, s, source);
    }
  return total > 0 ? value / total : 0;
}

ValueAddedContent value_added_in_exports(const WorldTable& t) {
  const LeontiefSystem system{t};
  ValueAddedContent c{t.R(), t.S(), {}, {}, {}};
  c.of_producer.resize(t.producers() * t.R());
  c.exports.resize(t.R() * t.S());
  c.in_exports.resize(t.R() * t.S() * t.R());
  for (std::size_t p = 0; p < t.producers(); ++p)
    for (std::size_t source = 0; source < t.R(); ++source)
      c.of_producer[p * t.R() + source] =
          system.content()(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(source));
  for (std::size_t r = 0; r < t.R(); ++r)
    for (std::size_t s = 0; s < t.S(); ++s) {
      for (const auto type : kTypes)
        c.exports[r * t.S() + s] += t.exports[t.producer(RegionId{r}, type, SectorId{s})];
      const auto content = system.supplied(r, s, true);
      for (std::size_t source = 0; source < t.R(); ++source)
        c.in_exports[(r * t.S() + s) * t.R() + source] = content(static_cast<Eigen::Index>(source));
    }
  return c;
}

} // namespace nearshore
