#include "sim/balance/prior.hpp"

#include "agents/arithmetic.hpp"

namespace nearshore::balance {
namespace {

constexpr FirmType kDomestic = FirmType::domestic, kProcessing = FirmType::processing;
constexpr double kSmallestCell =
    0.05; // million USD: what is below is left out, to keep the files small

/// Divides output and value added of (region, sector) over its types; returns the processing
/// output.
double split_value_added(const Sources& s, std::size_t r, std::size_t j, double exports,
                         WorldTable& t) {
  const auto i = s.at(r, j);
  const auto& split = s.processing[i];
  const double output = split.share * exports / (split.share > 0 ? split.exported : 1);
  const double earned = split.value_added * s.value_added[i] / s.gross_output[i] * output;
  t.value_added[t.producer(RegionId{r}, kProcessing, SectorId{j})] = earned;
  t.value_added[t.producer(RegionId{r}, kDomestic, SectorId{j})] = s.value_added[i] - earned;
  return output;
}

/// Origins of one input over the users of a region: weights are balanced to purchases by user and
/// to the given total by origin (biproportional fit; the totals agree, since the estimates close).
void balance_origins(std::vector<double>& cells, const std::vector<double>& by_user,
                     const std::vector<double>& by_origin) {
  const std::size_t users = by_user.size(), origins = by_origin.size();
  const auto scale = [](double target, double sum) { return sum > 0 ? target / sum : 0; };
  constexpr int kRounds = 60; // converges geometrically; the balance itself removes what is left
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t o = 0; o < origins; ++o) {
      double sum = 0;
      for (std::size_t u = 0; u < users; ++u)
        sum += cells[u * origins + o];
      for (std::size_t u = 0; u < users; ++u)
        cells[u * origins + o] *= scale(by_origin[o], sum);
    }
    for (std::size_t u = 0; u < users; ++u) {
      double sum = 0;
      for (std::size_t o = 0; o < origins; ++o)
        sum += cells[u * origins + o];
      for (std::size_t o = 0; o < origins; ++o)
        cells[u * origins + o] *= scale(by_user[u], sum);
    }
  }
}

} // namespace

void complete_producers(const Sources& s, WorldTable& t) {
  std::vector<double> abroad(s.R() * s.S());
  t.gross_output = t.value_added;
  for (std::size_t p = 0; p < t.producers(); ++p)
    for (std::size_t j = 0; j < s.S(); ++j)
      for (std::size_t o = 0; o < s.R(); ++o) {
        const double value = t.input(p, SectorId{j}, RegionId{o});
        t.gross_output[p] += value;
        if (p / (kFirmTypes * s.S()) != o) abroad[s.at(o, j)] += value;
      }
  for (std::size_t d = 0; d < s.R(); ++d)
    for (std::size_t j = 0; j < s.S(); ++j)
      for (std::size_t o = 0; o < s.R(); ++o)
        if (d != o) abroad[s.at(o, j)] += t.final_use(RegionId{d}, SectorId{j}, RegionId{o});
  t.exports.assign(t.producers(), 0);
  for (std::size_t r = 0; r < s.R(); ++r)
    for (std::size_t j = 0; j < s.S(); ++j) {
      const auto i = s.at(r, j);
      t.exports[t.producer(RegionId{r}, kProcessing, SectorId{j})] =
          s.processing[i].share * abroad[i];
      t.exports[t.producer(RegionId{r}, kDomestic, SectorId{j})] =
          (1 - s.processing[i].share) * abroad[i];
    }
}

WorldTable prior_table(const Sources& s, const PriorOptions& options) {
  WorldTable t;
  t.regions = s.regions;
  t.sectors = s.sectors;
  t.sector_groups = s.sector_groups;
  t.region_groups = s.region_groups;
  t.value_added.assign(t.producers(), 0);
  t.inputs.assign(t.producers() * s.S() * s.R(), 0);
  t.final_demand = s.final_use;

  std::vector<double> abroad(s.R() * s.S());
  for (std::size_t d = 0; d < s.R(); ++d)
    for (std::size_t j = 0; j < s.S(); ++j)
      for (std::size_t o = 0; o < s.R(); ++o)
        if (d != o)
          abroad[s.at(o, j)] += s.intermediate[s.flow(d, j, o)] + s.final_use[s.flow(d, j, o)];

  const std::size_t users = kFirmTypes * s.S();
  for (std::size_t r = 0; r < s.R(); ++r) {
    std::vector<double> part(users); // of the purchases of (region, sector), made by each type
    for (std::size_t k = 0; k < s.S(); ++k) {
      const auto i = s.at(r, k);
      const double output = split_value_added(s, r, k, abroad[i], t);
      const double spent =
          output - t.value_added[t.producer(RegionId{r}, kProcessing, SectorId{k})];
      part[s.S() + k] = spent / (s.gross_output[i] - s.value_added[i]);
      part[k] = 1 - part[s.S() + k];
    }
    for (std::size_t j = 0; j < s.S(); ++j) {
      std::vector<double> cells(users * s.R()), by_user(users), by_origin(s.R());
      for (std::size_t o = 0; o < s.R(); ++o)
        by_origin[o] = s.intermediate[s.flow(r, j, o)];
      for (std::size_t u = 0; u < users; ++u) {
        const auto user = s.at(r, u % s.S());
        const bool tilted = u >= s.S() && s.sectors[j].is_goods;
        const double odds =
            tilted ? power_of(s.processing[user].import_odds, options.import_odds_scale) : 1;
        for (std::size_t o = 0; o < s.R(); ++o) {
          const double use = s.use[(user * s.S() + j) * s.R() + o];
          by_user[u] += part[u] * use;
          cells[u * s.R() + o] = part[u] * (options.given_sourcing ? use : by_origin[o]) *
                                 (o == r ? 1 : odds) *
                                 (s.sectors[j].is_goods ? s.origin_odds[user * s.R() + o] : 1);
        }
      }
      balance_origins(cells, by_user, by_origin);
      for (std::size_t u = 0; u < users; ++u)
        for (std::size_t o = 0; o < s.R(); ++o)
          t.inputs[((r * users + u) * s.S() + j) * s.R() + o] = cells[u * s.R() + o];
    }
  }
  for (auto* values : {&t.inputs, &t.final_demand})
    for (auto& value : *values)
      if (value < kSmallestCell) value = 0;
  complete_producers(s, t);
  return t;
}

} // namespace nearshore::balance
