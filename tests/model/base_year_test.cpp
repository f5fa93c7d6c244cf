// The base year as firms: how near the firm network stays to the world table after the spin-up.
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;

namespace {

/// Cases (using region, using sector, input, origin) in which the firms' share is within a point.
struct Fit {
  int cases{0}, near{0}, large{0}, large_near{0};
  double value{0}, value_near{0};
  [[nodiscard]] double share() const { return double(near) / cases; }
  [[nodiscard]] double share_of_large() const { return double(large_near) / large; }
  [[nodiscard]] double by_value() const { return value_near / value; }
};

/// Spending of every using (region, sector) on an input by origin: [cell][input][origin].
std::vector<double> firms_spending(const Population& firms) {
  const std::size_t R = firms.R, S = firms.S;
  std::vector<double> sum(R * S * S * R, 0);
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    if (!firms.active[f]) continue;
    const std::size_t cell = firms.region[f] * S + firms.sector[f];
    for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
      for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l)
        sum[(cell * S + firms.input_sector[i]) * R + firms.region[firms.supplier[l]]] +=
            double(firms.units[l]) * double(firms.card[firms.supplier[l]].price) * firms.output[f];
  }
  return sum;
}

std::vector<double> table_spending(const WorldTable& w) {
  const std::size_t R = w.R(), S = w.S();
  std::vector<double> sum(R * S * S * R, 0);
  for (std::size_t r = 0; r < R; ++r)
    for (std::size_t t = 0; t < kFirmTypes; ++t)
      for (std::size_t s = 0; s < S; ++s)
        for (std::size_t j = 0; j < S; ++j)
          for (std::size_t o = 0; o < R; ++o)
            sum[((r * S + s) * S + j) * R + o] +=
                w.input(w.producer(RegionId{r}, static_cast<FirmType>(t), SectorId{s}), SectorId{j},
                        RegionId{o});
  return sum;
}

Fit fit_of(const Population& firms, const WorldTable& w) {
  const auto is = firms_spending(firms), should = table_spending(w);
  Fit fit;
  for (std::size_t at = 0; at < should.size(); at += w.R()) {
    double base = 0, now = 0;
    for (std::size_t o = 0; o < w.R(); ++o) {
      base += should[at + o];
      now += is[at + o];
    }
    if (base <= 0) continue;
    for (std::size_t o = 0; o < w.R(); ++o) {
      const double share = should[at + o] / base, model = now > 0 ? is[at + o] / now : 0;
      if (share <= 0 && model <= 0) continue; // an origin that neither knows is no success
      const bool near = std::abs(share - model) <= 0.01;
      ++fit.cases;
      fit.near += near;
      fit.value += should[at + o];
      fit.value_near += near * should[at + o];
      if (share <= 0.005) continue;
      ++fit.large;
      fit.large_near += near;
    }
  }
  return fit;
}

/// Largest relative difference of trade between two regions from the table, all sectors, both uses;
/// `trade(o, d)` in cents.
template <class Trade> double worst_trade(const WorldTable& w, Trade&& trade, std::string& where) {
  double worst = 0;
  for (std::size_t o = 0; o < w.R(); ++o)
    for (std::size_t d = 0; d < w.R(); ++d) {
      if (o == d) continue;
      double should = 0;
      for (std::size_t s = 0; s < w.S(); ++s) {
        should += w.final_use(RegionId{d}, SectorId{s}, RegionId{o});
        for (std::size_t t = 0; t < kFirmTypes; ++t)
          for (std::size_t u = 0; u < w.S(); ++u)
            should += w.input(w.producer(RegionId{d}, static_cast<FirmType>(t), SectorId{u}),
                              SectorId{s}, RegionId{o});
      }
      const double is = trade(o, d) / kCentsPerMillion;
      if (std::abs(is / should - 1) > worst) {
        worst = std::abs(is / should - 1);
        where = w.regions[o].code + " to " + w.regions[d].code + ": " + std::to_string(is) +
                " for " + std::to_string(should);
      }
    }
  return worst;
}

/// Trade between regions in the base year: what firms buy for their output, and final sales.
/// Sellers' books must hold the same.
std::vector<double> booked(const Population& firms) {
  const std::size_t R = firms.R;
  std::vector<double> sum(R * R, 0), home(R, 0);
  for (std::size_t f = 0; f < firms.firms(); ++f) {
    const std::size_t r = firms.region[f];
    for (std::size_t d = 0; d < R; ++d)
      sum[r * R + d] += double(firms.final_base[f * R + d]);
    for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l)
      sum[firms.region[firms.supplier[l]] * R + r] += double(firms.units[l]) * firms.base_output[f];
    home[r] += double(firms.sales_at_home(f));
  }
  for (std::size_t r = 0; r < R; ++r)
    CHECK(home[r] == Approx(sum[r * R + r]).epsilon(1e-5));
  return sum;
}

void check_base_year(std::int64_t firms, int spin_up) {
  Simulation sim{over(shipped(kHistory), {firms, {2024, 1}, {2024, 2}, spin_up}), true};
  sim.spin_up();
  const auto& w = sim.world();
  const Fit fit = fit_of(sim.firms(), w);
  INFO(firms << " firms after " << spin_up << " months: origin shares within 1 point in "
             << 100 * fit.share() << " % of " << fit.cases << " cases, in "
             << 100 * fit.share_of_large() << " % of the " << fit.large
             << " with a base share above 0.5 %, by value " << 100 * fit.by_value()
             << " %; inputs traded as final goods " << 100 * sim.scaling().moved_to_final << " %");
  CHECK(fit.share() >= 0.95);
  CHECK(fit.share_of_large() >= 0.95);
  CHECK(fit.by_value() >= 0.95);
  std::string where;
  const auto books = booked(sim.firms());
  const double worst = worst_trade(
      w, [&](std::size_t o, std::size_t d) { return books[o * w.R() + d]; }, where);
  INFO("largest difference of trade between two regions " << 100 * worst << " %, " << where);
  CHECK(worst <= 0.01);
}

} // namespace

TEST_CASE("10,000 firms keep the table's origin shares and trade after the spin-up",
          "[model][base_year]") {
  check_base_year(10'000, 24);
}

// Contracts that change hands from then on move small lanes by more.
TEST_CASE("trade between regions is within 1 % of the table in the first month",
          "[model][base_year]") {
  Simulation sim{over(shipped(kHistory), {10'000, {2024, 1}, {2024, 1}, 24}), true};
  sim.spin_up();
  const auto& w = sim.world();
  const auto& month = sim.step();
  std::string where;
  const double worst = worst_trade(
      w, [&](std::size_t o, std::size_t d) { return double(trade_between(month, w, o, d)); },
      where);
  INFO("largest difference " << 100 * worst << " %, " << where);
  CHECK(worst <= 0.01);
}

TEST_CASE("200,000 firms keep the table's origin shares and trade after the spin-up",
          "[long][model][base_year]") {
  check_base_year(200'000, 12);
}

TEST_CASE("1,000 firms run, fewer than producers are one clear error", "[model][base_year]") {
  auto s = over(shipped(kHistory), {1000, {2025, 3}, {2025, 5}, 3});
  const auto months = run_months(s);
  REQUIRE(months.size() == 3);
  CHECK(months.back().firms > 900);
  s.run.firms = 150;
  try {
    Simulation sim{s};
    FAIL("150 firms were laid out");
  } catch (const Error& e) {
    CHECK(e.kind == ErrorKind::input);
    const std::string what = e.what();
    CHECK(what.find("150 firms for ") != std::string::npos);
    CHECK(what.find("--firms") != std::string::npos);
    CHECK(what.find("at least ") != std::string::npos);
  }
}

TEST_CASE("firms of the base year: output, prices, sizes, lines, export processing",
          "[model][base_year]") {
  Simulation sim{over(shipped(kHistory), {10'000, {2024, 1}, {2024, 1}, 0}), true};
  sim.spin_up();
  const auto& firms = sim.firms();
  const auto& w = sim.world();
  const std::size_t R = w.R(), S = w.S();

  SECTION("the number of active firms is what was asked for, dormant ones beside it") {
    std::int64_t active = 0;
    for (const auto a : firms.active)
      active += a;
    CHECK(active == 10'000);
    CHECK(firms.firms() > 10'000);
  }
  SECTION("output of every region and sector is the table's") {
    std::vector<double> sum(R * S, 0);
    for (std::size_t f = 0; f < firms.firms(); ++f)
      sum[firms.region[f] * S + firms.sector[f]] += firms.base_output[f] / kCentsPerMillion;
    double worst = 0;
    for (std::size_t r = 0; r < R; ++r)
      for (std::size_t s = 0; s < S; ++s) {
        double should = 0;
        for (std::size_t t = 0; t < kFirmTypes; ++t)
          should += w.gross_output[w.producer(RegionId{r}, static_cast<FirmType>(t), SectorId{s})];
        if (should > 0) worst = std::max(worst, std::abs(sum[r * S + s] / should - 1));
      }
    INFO("largest difference " << worst);
    CHECK(worst < 0.005);
  }
  SECTION("every price is 1 and every cost is covered") {
    for (std::size_t f = 0; f < firms.firms(); ++f) {
      CHECK(firms.card[f].price == 1.0F);
      if (firms.active[f]) CHECK(firms.value_added[f] > 0);
    }
  }
  SECTION("sales of the firms that agents stand for have a Pareto tail") {
    // Slope of ln rank on ln size (Gabaix and Ibragimov's rank - 1/2) inside each cell, mean over
    // cells.
    double sum = 0;
    int cells = 0;
    for (std::size_t cell = 0; cell < R * S; ++cell) {
      std::vector<double> size;
      for (auto f = firms.first_seller[cell]; f < firms.first_seller[cell + 1]; ++f)
        if (firms.active[f] && firms.type[f] == 0) size.push_back(double(firms.real_sales[f]));
      if (size.size() < 50) continue;
      std::sort(size.rbegin(), size.rend());
      double x = 0, y = 0, xx = 0, xy = 0;
      for (std::size_t i = 0; i < size.size(); ++i) {
        const double lx = std::log(size[i]), ly = std::log(double(i) + 0.5);
        x += lx, y += ly, xx += lx * lx, xy += lx * ly;
      }
      const double n = double(size.size());
      sum -= (n * xy - x * y) / (n * xx - x * x);
      ++cells;
    }
    REQUIRE(cells > 20);
    INFO("mean tail exponent " << sum / cells << " in " << cells << " cells");
    CHECK(sum / cells == Approx(1.1).margin(0.12)); // parameters.def, firm_tail (Axtell 2001)
    // Agents themselves are heavy-tailed too.
    std::vector<double> output(firms.base_output.begin(), firms.base_output.end());
    std::sort(output.rbegin(), output.rend());
    double all = 0, top = 0;
    for (std::size_t i = 0; i < output.size(); ++i) {
      all += output[i];
      if (i < output.size() / 100) top += output[i];
    }
    INFO("largest hundredth of agents: " << top / all);
    CHECK(top / all > 0.10); // ten times its number
  }
  SECTION("lines take the share of their origin's and sector's exports that the data give") {
    const auto lines = sim.regime().lines();
    std::vector<double> line_value(lines.size(), 0), cell_value(R * S, 0);
    for (std::size_t f = 0; f < firms.firms(); ++f) {
      if (!firms.active[f]) continue;
      CHECK(lines[firms.line[f]].origin.index() == firms.region[f]);
      CHECK(lines[firms.line[f]].sector.index() == firms.sector[f]);
      line_value[firms.line[f]] += firms.base_output[f];
      cell_value[firms.region[f] * S + firms.sector[f]] += firms.base_output[f];
    }
    // What counts is whether duties bite on the right part: MFN-free value. It comes in lumps of
    // firms, so a cell may be off by its largest firm, and not all cells may be.
    double mean = 0;
    int cells = 0;
    for (std::size_t cell = 0; cell < R * S; ++cell) {
      double is = 0, should = 0, largest = 0;
      for (std::size_t l = 0; l < lines.size(); ++l)
        if (lines[l].origin.index() * S + lines[l].sector.index() == cell && lines[l].mfn_free) {
          is += line_value[l] / cell_value[cell];
          should += double(lines[l].share);
        }
      for (auto f = firms.first_seller[cell]; f < firms.first_seller[cell + 1]; ++f)
        largest = std::max(largest, firms.base_output[f] / cell_value[cell]);
      INFO(w.regions[cell / S].code << " " << w.sectors[cell % S].code << ": MFN-free " << is
                                    << ", data " << should << ", largest firm " << largest);
      CHECK(std::abs(is - should) <= largest + 0.01);
      if (firms.first_seller[cell + 1] - firms.first_seller[cell] < 60) continue;
      mean += std::abs(is - should);
      ++cells;
    }
    REQUIRE(cells > 10);
    INFO("mean difference where there are 60 firms: " << mean / cells);
    CHECK(mean / cells < 0.03);
  }
  SECTION("export-processing firms import far more of their inputs") {
    for (std::size_t r = 0; r < R; ++r) {
      if (!w.regions[r].splits_processing) continue;
      std::array<double, 2> all{}, abroad{};
      for (std::size_t f = 0; f < firms.firms(); ++f) {
        if (firms.region[f] != r || !firms.active[f]) continue;
        for (std::size_t l = firms.link_begin(f); l < firms.link_end(f); ++l) {
          const double value = double(firms.units[l]) * firms.base_output[f];
          all[firms.type[f]] += value;
          if (firms.region[firms.supplier[l]] != r) abroad[firms.type[f]] += value;
        }
      }
      INFO(w.regions[r].code << ": domestic " << abroad[0] / all[0] << ", processing "
                             << abroad[1] / all[1]);
      CHECK(abroad[1] / all[1] > 1.5 * abroad[0] / all[0]);
    }
  }
}
