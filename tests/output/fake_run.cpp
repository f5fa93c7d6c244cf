#include "fake_run.hpp"

#include <cstdlib>
#include <random>
#include <stdexcept>

namespace nearshore::test {

Reporting fake_reporting() {
  Reporting r;
  r.regions = {"HOM", "FEL", "NEI", "FAR"};
  r.region_names = {"Homeland", "Fellowia", "Neighbour", "Farland"};
  r.sectors = {"cars", "parts", "tools", "food", "services"};
  r.sector_names = {"Cars", "Parts", "Tools", "Food", "Services"};
  r.is_goods = {true, true, true, true, false};
  r.programmes = {"none", "pact"};
  r.authorities = {"MFN", "fee", "emergency"};
  r.sector_groups = {{"making", {0, 1, 2}}, {"all", {0, 1, 2, 3, 4}}};
  r.blocs = {{"west", {0, 1, 2}}, {"east", {2, 3}}};
  r.content_groups = {{"HOM", {0}}, {"east", {2, 3}}};
  r.home = 0;
  r.fellow_members = {1, 2};
  r.bridge.exports_addon = {0, 120, 240, 12};
  r.bridge.imports_addon = {0, 60, 0, -12};
  return r;
}

RunDescription fake_description() {
  return {
      "fake",          7, 1234, {2024, 12}, "[run]\nfirms = 1234\n# ñ\n", "table.csv cbf43926\n",
      fake_reporting()};
}

MonthRecord fake_month(int t, std::uint64_t seed) {
  const Reporting r = fake_reporting();
  const std::size_t R = r.R(), S = r.S(), P = r.P(), A = r.A();
  std::mt19937_64 random{seed * 1000 + static_cast<std::uint64_t>(t)};
  const auto draw = [&](std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
  };
  MonthRecord m;
  m.month = Month{2024, 1} + t;
  m.firms = 1234;
  m.claims.resize(R * R * S);
  m.trade.assign(R * R * S * 2 * P, 0);
  m.duty.assign(R * R * S * A, 0);
  m.exports_content.assign(R * S * R, 0);
  m.rvc_exports.assign(R * S * kRvcBins, 0);
  for (std::size_t o = 0; o < R; ++o) {
    for (std::size_t d = 0; d < R; ++d) {
      for (std::size_t s = 0; s < S; ++s) {
        const std::size_t lane = (o * R + d) * S + s;
        auto& c = m.claims[lane];
        const bool members = o < 3 && d < 3 && o != d && r.is_goods[s];
        std::int64_t value = 0, claimed = 0;
        if (!(o == 3 && d == 2))
          value = draw(1'000'000'000, 9'000'000'000); // FAR sells nothing to NEI
        if (members) claimed = value * (o == 1 && d == 0 && t >= 14 ? 88 : 50) / 100;
        c.trade = value;
        c.claimed = claimed;
        c.qualifying = claimed + (members ? value / 20 : 0);
        c.recorded = t < 18 ? claimed * 9 / 10 : claimed;
        c.dutiable = value / 2;
        c.dutiable_claimed = claimed / 2;
        const std::size_t at = lane * 2 * P;
        m.trade[at] = (value - claimed) / 3;
        m.trade[at + 1] = claimed / 3;
        m.trade[at + P] = value - claimed - m.trade[at];
        m.trade[at + P + 1] = claimed - m.trade[at + 1];
        if (o != d && r.is_goods[s]) {
          for (std::size_t a = 0; a < A; ++a)
            m.duty[lane * A + a] = (value - claimed) / 50 * static_cast<std::int64_t>(a);
          std::int64_t rest = value;
          for (std::size_t k = 0; k < R; ++k) {
            const std::int64_t part = k + 1 == R ? rest : value / (k == o ? 2 : 8);
            m.exports_content[(o * S + s) * R + k] += part;
            rest -= part;
          }
          if (members) m.rvc_exports[(o * S + s) * kRvcBins + (o + s) % kRvcBins] += value;
        }
      }
    }
  }
  for (std::size_t i = 0; i < R * S; ++i) {
    m.gross_output.push_back(draw(10'000'000'000, 90'000'000'000));
    m.employment.push_back(1 + 0.001 * t);
    m.price_index.push_back(1 + 0.002 * t);
    m.capacity_utilisation.push_back(0.8);
    m.active_firms.push_back(draw(10, 90));
  }
  for (std::size_t i = 0; i < R; ++i)
    m.final_spending.push_back(draw(1'000'000'000, 2'000'000'000));
  if (t < 11) return m; // before the reference month nothing can be decomposed
  const auto reference = t == 11 ? m : fake_month(11, seed);
  const auto shares = [&](const MonthRecord& x, std::int64_t LaneClaims::*part, std::size_t lane) {
    std::int64_t a = 0, b = 0;
    for (std::size_t s = 0; s + 1 < S; ++s)
      a += x.claims[lane * S + s].*part, b += x.claims[lane * S + s].trade;
    return b == 0 ? 0.0 : static_cast<double>(a) / static_cast<double>(b);
  };
  m.claim_change.resize(R * R);
  m.claim_change_recorded.resize(R * R);
  for (std::size_t lane = 0; lane < R * R; ++lane) {
    const double change =
        shares(m, &LaneClaims::claimed, lane) - shares(reference, &LaneClaims::claimed, lane);
    const double seen =
        shares(m, &LaneClaims::recorded, lane) - shares(reference, &LaneClaims::recorded, lane);
    m.claim_change[lane] = {0.5 * change, 0.25 * change, 0.125 * change, 0, 0.125 * change, 0};
    m.claim_change_recorded[lane] = {0.5 * change,   0.25 * change, 0.125 * change, 0,
                                     0.125 * change, seen - change};
  }
  return m;
}

void write_fake_run(const std::string& path, int n, std::uint64_t seed, RunInfo info) {
  auto description = fake_description();
  if (seed != 1) description.seed = static_cast<std::int64_t>(seed);
  TrajectoryWriter writer{path, description};
  for (int t = 0; t < n; ++t)
    writer.on_month(fake_month(t, seed));
  writer.finish(info);
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "nearshore-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
  folder = name;
}
TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}
std::size_t TemporaryFolder::files() const {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{folder}, {}));
}

} // namespace nearshore::test
