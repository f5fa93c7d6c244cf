#include "sim/balance/content.hpp"

#include "sim/balance/constraints.hpp"

#include <array>

namespace nearshore::balance {
namespace {

constexpr std::array kTypes{FirmType::domestic, FirmType::processing};

Eigen::Index at(std::size_t i) {
  return static_cast<Eigen::Index>(i);
}

/// Content by producer, and of a unit sold by (origin, sector) at home and abroad.
struct Contents {
  Eigen::VectorXd of_producer;
  std::vector<double> home, abroad;

  Contents(const Sources& s, const WorldTable& t, const LeontiefSystem& system, Bits sources)
      : of_producer(Eigen::VectorXd::Zero(at(t.producers()))), home(s.R() * s.S()), abroad(home) {
    for (std::size_t r = 0; r < s.R(); ++r)
      if (contains(sources, r)) of_producer += system.content().col(at(r));
    for (std::size_t o = 0; o < s.R(); ++o)
      for (std::size_t j = 0; j < s.S(); ++j)
        for (const auto type : kTypes) {
          const auto q = t.producer(RegionId{o}, type, SectorId{j});
          abroad[s.at(o, j)] += system.mix().abroad[q] * of_producer(at(q));
          home[s.at(o, j)] += system.mix().home[q] * of_producer(at(q));
        }
  }
};

/// What the functional gains when home sales of a producer grow by one unit: its region's users
/// then buy more of what it makes and less of the other type's. Zero where a sector has one type.
std::vector<double> home_sales_effect(const Sources& s, const WorldTable& t, const Contents& c,
                                      const std::vector<double>& weight) {
  std::vector<double> effect(t.producers());
  for (std::size_t o = 0; o < s.R(); ++o)
    for (std::size_t j = 0; j < s.S(); ++j) {
      if (!(s.processing[s.at(o, j)].share > 0)) continue;
      double demand = 0, sales = 0; // weighted purchases of the home sector
      for (std::size_t u = 0; u < kFirmTypes * s.S(); ++u) {
        const auto p = o * kFirmTypes * s.S() + u;
        demand += weight[p] * t.input(p, SectorId{j}, RegionId{o});
      }
      for (const auto type : kTypes) {
        const auto q = t.producer(RegionId{o}, type, SectorId{j});
        sales += t.gross_output[q] - t.exports[q];
      }
      for (const auto type : kTypes) {
        const auto q = t.producer(RegionId{o}, type, SectorId{j});
        effect[q] = demand * (c.of_producer(at(q)) - c.home[s.at(o, j)]) / sales;
      }
    }
  return effect;
}

} // namespace

Linearised linearise(const Sources& s, const WorldTable& t, const LeontiefSystem& system,
                     const Content& what, double share) {
  const std::size_t R = t.R(), S = t.S(), per_region = kFirmTypes * S;
  const Layout layout{t};
  const Contents c{s, t, system, what.sources};

  Eigen::VectorXd exports = Eigen::VectorXd::Zero(at(t.producers()));
  for (std::size_t p = 0; p < t.producers(); ++p)
    if (contains(what.exporters, p / per_region) && contains(what.sectors, p % S))
      exports(at(p)) = t.exports[p];
  const double total = exports.sum();
  Linearised out{exports.dot(c.of_producer) / total - share, std::vector<double>(layout.size())};

  const Eigen::VectorXd multiplier = system.adjoint(exports);
  std::vector<double> weight(t.producers());
  for (std::size_t p = 0; p < t.producers(); ++p)
    if (t.gross_output[p] > 0) weight[p] = multiplier(at(p)) / t.gross_output[p];
  const auto home_effect = home_sales_effect(s, t, c, weight);

  std::vector<double> per_export(R * S); // of a unit of exports of (origin, sector)
  for (std::size_t o = 0; o < R; ++o)
    for (std::size_t j = 0; j < S; ++j) {
      const auto i = s.at(o, j);
      if (contains(what.exporters, o) && contains(what.sectors, j))
        per_export[i] = c.abroad[i] - share;
      const double processed = s.processing[i].share;
      per_export[i] -=
          processed * home_effect[t.producer(RegionId{o}, FirmType::processing, SectorId{j})] +
          (1 - processed) * home_effect[t.producer(RegionId{o}, FirmType::domestic, SectorId{j})];
    }
  for (std::size_t d = 0; d < R; ++d)
    for (std::size_t p = d * per_region; p < (d + 1) * per_region; ++p) {
      if (!(t.gross_output[p] > 0)) continue;
      const double of_output =
          home_effect[p] - weight[p] * c.of_producer(at(p)); // of a unit more of output
      for (std::size_t j = 0; j < S; ++j)
        for (std::size_t o = 0; o < R; ++o) {
          const auto cell = (p * S + j) * R + o;
          if (!(t.inputs[cell] > 0)) continue;
          const double bought = o == d ? weight[p] * c.home[s.at(o, j)]
                                       : weight[p] * c.abroad[s.at(o, j)] + per_export[s.at(o, j)];
          out.gradient[cell] = (bought + of_output) / total;
        }
      out.gradient[layout.inputs + layout.finals + p] =
          ((contains(what.sources, d) ? weight[p] : 0) + of_output) / total;
    }
  std::size_t cell = 0; // of final demand
  for (std::size_t d = 0; d < R; ++d)
    for (std::size_t j = 0; j < S; ++j)
      for (std::size_t o = 0; o < R; ++o, ++cell)
        if (t.final_demand[cell] > 0 && d != o)
          out.gradient[layout.inputs + cell] = per_export[s.at(o, j)] / total;
  return out;
}

} // namespace nearshore::balance
