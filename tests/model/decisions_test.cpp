// Decisions of single firms against a calculation by hand, on firms of a real run.
#include "agents/arithmetic.hpp"
#include "agents/capacity.hpp"
#include "agents/claims.hpp"
#include "agents/entry.hpp"
#include "agents/origin.hpp"
#include "agents/prices.hpp"
#include "agents/sourcing.hpp"
#include "policy/origin.hpp"
#include "tests/model/model_fixture.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace nearshore;
using namespace nearshore::test;

namespace {

/// A small run under the tariffs of 2025 whose firms, policy and parameters a test may change.
struct Bench {
  Simulation sim;
  Population firms;
  MonthPolicy policy;
  Parameters parameters;
  std::vector<SectorTraits> sectors;
  std::vector<double> factor_cost;
  std::vector<TariffLine> lines;
  std::vector<const RuleOfOrigin*> rules;
  MonthContext m;

  explicit Bench(std::int64_t count = 1500)
      : sim(over(shipped(kHistory), {count, {2025, 6}, {2025, 6}, 3})) {
    sim.spin_up();
    (void)sim.step();
    firms = sim.firms();
    firms.next_card = firms.card;
    m = sim.context();
    policy = *m.policy;
    parameters = *m.parameters;
    sectors = *m.sectors;
    factor_cost = *m.factor_cost;
    lines = *m.lines;
    m.policy = &policy;
    m.parameters = &parameters;
    m.sectors = &sectors;
    m.factor_cost = &factor_cost;
    m.lines = &lines;
    set_rules();
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  void set_rules() {
    rules = rules_of_lines(policy.agreements, lines);
    m.rules = &rules;
  }
  [[nodiscard]] std::size_t region(const std::string& code) const {
    return region_index(sim.world(), code);
  }
  /// A firm of a region that sells to an importer; goods, a member of an agreement with desks.
  [[nodiscard]] std::size_t exporter(const std::string& from, const std::string& to) const {
    const auto r = region(from), d = region(to);
    for (std::size_t f = 0; f < firms.firms(); ++f)
      if (firms.active[f] && firms.region[f] == r &&
          firms.first_desk[f + 1] > firms.first_desk[f] && firms.sales(f, d) > 0)
        return f;
    throw std::invalid_argument("no exporter");
  }
  [[nodiscard]] std::size_t desk(std::size_t f, const std::string& to) const {
    for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k)
      if (firms.desk_importer[k] == region(to)) return k;
    throw std::invalid_argument("no desk");
  }
  void pass(void (*decision)(const MonthContext&, Population&, std::size_t, std::size_t)) {
    decision(m, firms, 0, firms.firms());
  }
};

} // namespace

TEST_CASE("unit cost is own value and inputs at delivered price, duty as borne; price follows it",
          "[model][decisions]") {
  Bench b;
  const auto before = b.firms.card;
  b.firms.next_card = before;
  b.pass(update_prices);
  const auto& p = b.parameters;
  double worst_cost = 0, worst_price = 0;
  int with_duty = 0, content_only = 0;
  for (std::size_t f = 0; f < b.firms.firms(); ++f) {
    if (!b.firms.active[f]) continue;
    const std::size_t r = b.firms.region[f];
    const auto& traits = b.sectors[b.firms.sector[f]];
    double cost = double(b.firms.value_added[f]) / double(b.firms.productivity[f]) *
                  ((1 - traits.energy_share) * b.factor_cost[r] +
                   traits.energy_share * double(b.policy.levers.energy_cost[r]));
    for (std::size_t l = b.firms.link_begin(f); l < b.firms.link_end(f); ++l) {
      const auto s = b.firms.supplier[l];
      const std::size_t o = b.firms.region[s];
      double delivered = double(before[s].price);
      if (o != r) {
        const auto& line = b.lines[b.firms.line[s]];
        const auto slot = b.m.lanes->slot(o, r);
        const bool claims = slot != Lanes::kNone && contains(before[s].claims, slot);
        const auto rate = b.policy.duties.total(
            b.policy.duties.row(RegionId{r}, line.origin, line.sector, LineId{b.firms.line[s]}),
            claims ? b.m.lanes->programme(o, r) : ProgrammeId{});
        const double duty =
            double(rate.full) + double(rate.content) * (1 - double(b.firms.content_of(s)[r]));
        with_duty += duty > 0;
        content_only += rate.content > 0;
        delivered *= double(b.policy.levers.border_cost[o * b.firms.R + r]) *
                     (1 + duty * double(b.firms.duty_borne[f]));
      }
      cost += double(b.firms.units[l]) * delivered;
    }
    worst_cost = std::max(worst_cost, std::abs(double(b.firms.unit_cost[f]) - cost));
    const double pressure =
        std::clamp(double(b.firms.pressure[f]) / p.normal_utilisation - 1, -0.5, 0.5);
    const double target =
        std::pow(std::max(cost, 1e-3), p.cost_pass_through) * (1 + p.pressure_on_price * pressure);
    const double was = double(before[f].price);
    worst_price = std::max(worst_price, std::abs(double(b.firms.next_card[f].price) - was -
                                                 p.price_adjustment * (target - was)));
  }
  INFO("with duty " << with_duty << ", on content " << content_only);
  CHECK(with_duty > 200);
  CHECK(worst_cost < 1e-5);
  CHECK(worst_price < 1e-6);
}

TEST_CASE("relief on inputs: all, exports to others whole, exports to members limited",
          "[model][decisions]") {
  Bench b;
  const auto f = b.exporter("MX", "US");
  const std::size_t mx = b.region("MX"), us = b.region("US"), eu = b.region("EU");
  const auto sold_in = [&](std::size_t market) -> std::int64_t& {
    return b.firms.sold[b.firms.book(f, market)];
  };
  for (std::size_t d = 0; d < b.firms.R; ++d)
    sold_in(d) = 0;
  auto& relief = b.policy.relief[mx * 2 + b.firms.type[f]];
  relief = {0.8F, 0.1F, 0.25F};
  sold_in(mx) = 20; // 20 % at home
  sold_in(us) = 50; // 50 % to a member
  sold_in(eu) = 30; // 30 % elsewhere
  CHECK(duty_share_borne(b.m, b.firms, f) == Approx(1 - 0.1 - 0.8 * (0.30 + 0.25 * 0.50)));
  sold_in(mx) = sold_in(us) = 0; // all to others
  CHECK(duty_share_borne(b.m, b.firms, f) == Approx(0.1));
  relief = {1, 0.5F, 1}; // more than the whole duty is not relieved
  CHECK(duty_share_borne(b.m, b.firms, f) == 0);
  relief = {0, 0, 0};
  CHECK(duty_share_borne(b.m, b.firms, f) == 1);
}

TEST_CASE("origin of 1,000 firms is what the reference evaluation of the law says",
          "[model][decisions]") {
  const Bench b{4000};
  int compared = 0, originating = 0, equal = 0, at_threshold = 0;
  for (std::size_t f = 0; f < b.firms.firms(); ++f) {
    for (std::size_t a = 0; a < b.policy.agreements.size(); ++a) {
      const auto& agreement = b.policy.agreements[a];
      const auto* rule = b.rules[a * b.lines.size() + b.firms.line[f]];
      if (!b.firms.active[f] || !contains(agreement.members, b.firms.region[f]) || rule == nullptr)
        continue;
      std::vector<OriginInput> inputs;
      const double price = double(b.firms.card[f].price);
      for (std::size_t i = b.firms.first_input[f]; i < b.firms.first_input[f + 1]; ++i)
        for (std::size_t l = b.firms.first_link[i]; l < b.firms.first_link[i + 1]; ++l) {
          const auto s = b.firms.supplier[l];
          const double value = double(b.firms.units[l]) * double(b.firms.card[s].price);
          inputs.push_back({SectorId{b.firms.input_sector[i]}, value,
                            contains(b.firms.card[s].origin, a), RegionId{b.firms.region[s]}, 1});
          // Services count as regional wherever they are bought (docs/policy.md).
          if (!b.sectors[b.firms.input_sector[i]].is_goods) {
            inputs.back().originating = true;
            inputs.back().region = RegionId{b.firms.region[f]};
          }
        }
      const std::size_t first = b.firms.link_begin(f), count = b.firms.link_end(f) - first;
      const bool model =
          originates(b.m, b.firms, b.firms.card, f, a, {b.firms.supplier.data() + first, count},
                     {b.firms.units.data() + first, count});
      const auto law = [&](double tv) {
        return originates(agreement, *rule, inputs, tv, tv / b.parameters.markup,
                          RegionId{b.firms.region[f]});
      };
      ++compared;
      originating += model;
      if (law(price * 0.9999) != law(price * 1.0001))
        ++at_threshold; // single precision decides
      else {
        equal += model == law(price);
        if (model != law(price))
          UNSCOPED_INFO("firm " << f << " of " << int(b.firms.region[f]) << " sector "
                                << int(b.firms.sector[f]) << " rule " << rule->name << " model "
                                << model << " price " << price);
      }
    }
  }
  INFO(originating << " of " << compared << " originate, " << at_threshold << " at a threshold");
  CHECK(compared >= 1000);
  CHECK(originating > compared / 10);
  CHECK(originating < compared - 20); // the base year's bundles are suited to origin
  CHECK(at_threshold < 10);
  CHECK(equal == compared - at_threshold);
}

TEST_CASE("rules of origin by hand: RVC, net cost, tariff shift, roll-up, accumulation",
          "[model][decisions]") {
  Bench b;
  // A Mexican firm and its goods inputs: the first link from Mexico, the others from China.
  std::size_t f = 0;
  const std::size_t mx = b.region("MX"), us = b.region("US"), cn = b.region("CN");
  const auto goods_links = [&](std::size_t firm) {
    std::vector<std::size_t> links;
    for (std::size_t i = b.firms.first_input[firm]; i < b.firms.first_input[firm + 1]; ++i)
      for (std::size_t l = b.firms.first_link[i]; l < b.firms.first_link[i + 1]; ++l)
        if (b.sectors[b.firms.input_sector[i]].is_goods) links.push_back(l);
    return links;
  };
  while (b.firms.region[f] != mx || !b.firms.active[f] ||
         b.firms.first_desk[f + 1] == b.firms.first_desk[f] || goods_links(f).size() < 3)
    ++f;
  const auto links = goods_links(f);
  for (std::size_t l = b.firms.link_begin(f); l < b.firms.link_end(f); ++l)
    b.firms.units[l] = 0;
  const auto one = links.front(), other = links.back();
  // Two goods inputs of different sectors, 0.3 and 0.2 of a price of 1; own value 0.5.
  b.firms.units[one] = 0.3F;
  b.firms.units[other] = 0.2F;
  const auto sector_of = [&](std::size_t link) {
    for (std::size_t i = b.firms.first_input[f]; i < b.firms.first_input[f + 1]; ++i)
      if (link < b.firms.first_link[i + 1]) return std::size_t{b.firms.input_sector[i]};
    return std::size_t{0};
  };
  REQUIRE(sector_of(one) != sector_of(other));
  b.parameters.markup = 1.25; // net cost 0.8
  b.firms.card[f].price = 1;
  const auto set = [&](std::size_t link, std::size_t region, bool originating) {
    auto& card = b.firms.card[b.firms.supplier[link]];
    card.region = std::uint8_t(region);
    card.origin = originating ? 1 : 0;
    card.price = 1;
  };
  REQUIRE(b.firms.supplier[one] != b.firms.supplier[other]);
  auto& agreement = b.policy.agreements.at(0);
  const auto status = [&](const Ceiling& ceiling) {
    RuleOfOrigin rule;
    rule.name = "by hand";
    rule.any_of = {Route{{ceiling}}};
    b.rules[b.firms.line[f]] = &rule;
    b.m.rules = &b.rules;
    update_origin(b.m, b.firms, f, f + 1);
    const bool now = contains(b.firms.next_card[f].origin, 0);
    b.rules[b.firms.line[f]] = nullptr;
    return now;
  };
  const Bits all = ~Bits{0};

  set(one, mx, true);
  set(other, cn, false);                     // 0.2 of non-originating materials
  CHECK(status(rvc_ceiling(all, 0.79F, 0))); // RVC by TV = 0.80
  CHECK_FALSE(status(rvc_ceiling(all, 0.81F, 0)));
  CHECK(status(rvc_ceiling(all, 0, 0.74F))); // by net cost = (0.8 - 0.2) / 0.8 = 0.75
  CHECK_FALSE(status(rvc_ceiling(all, 0, 0.76F)));
  CHECK(double(b.firms.regional_content[f]) == Approx(0.8));

  SectorWeights named{};
  named[sector_of(other)] = 0.6F; // 0.12 of the price under excluded headings
  CHECK(status(tariff_shift_ceiling(named, 0.13F)));
  CHECK_FALSE(status(tariff_shift_ceiling(named, 0.10F))); // de minimis of USMCA
  named[sector_of(other)] = 0;
  CHECK(status(tariff_shift_ceiling(named, 0)));
  CHECK_FALSE(status(originating_share_ceiling(SectorId{sector_of(other)}, 0.70F)));
  CHECK(status(originating_share_ceiling(SectorId{sector_of(one)}, 0.70F)));

  // Accumulation: an American input that originates counts, and not where accumulation is domestic.
  set(one, us, true);
  CHECK(status(rvc_ceiling(all, 0.79F, 0)));
  agreement.accumulation = Accumulation::domestic;
  CHECK_FALSE(status(rvc_ceiling(all, 0.79F, 0)));
  agreement.accumulation = Accumulation::full;
  // From outside the members it never counts; a member's input that does not originate neither.
  set(one, us, false);
  CHECK_FALSE(status(rvc_ceiling(all, 0.79F, 0)));
  CHECK(status(rvc_ceiling(all, 0.49F, 0)));
  // Roll-up: an originating input counts whole, else by the members' value in it.
  set(one, us, true);
  const auto s = b.firms.supplier[one];
  for (std::size_t r = 0; r < b.firms.R; ++r)
    b.firms.content_of(s)[r] = 0;
  b.firms.content_of(s)[us] = 0.5F;
  b.firms.content_of(s)[cn] = 0.5F; // 0.15 of the price does not count
  CHECK(status(rvc_ceiling(all, 0.79F, 0)));
  agreement.roll_up = false;
  CHECK_FALSE(status(rvc_ceiling(all, 0.66F, 0)));
  CHECK(status(rvc_ceiling(all, 0.64F, 0)));
}

TEST_CASE("surplus of a claim: duty and fee saved, cost by value and fixed, audit risk",
          "[model][decisions]") {
  Bench b;
  const auto f = b.exporter("MX", "US");
  const auto us = b.region("US");
  const auto row = b.policy.duties.row(RegionId{us}, b.lines[b.firms.line[f]].origin,
                                       b.lines[b.firms.line[f]].sector, LineId{b.firms.line[f]});
  std::vector<Rate> none(b.policy.duties.authorities()), claimed(none);
  none[0] = {0.05F, 0};
  none[1] = {0, 0.25F}; // on what is not American
  claimed[1] = {0, 0.10F};
  b.policy.duties.set(row, ProgrammeId{0}, none);
  b.policy.duties.set(row, ProgrammeId{1}, claimed);
  b.firms.content_of(f)[us] = 0.4F;
  b.firms.documentation_cost[f] = 0.01F;
  auto& p = b.parameters;
  p.documentation_sunk = 0.7;
  p.claim_fixed_cost = 2000;
  p.claim_setup_cost = 12'000;
  p.claim_horizon_years = 3;
  p.audit_probability = 0.02;
  p.audit_penalty = 1;
  const auto s = claim_surplus(b.m, b.firms, f, us, 1e6);
  const double saving = 0.05 + 0.25 * 0.6 - 0.10 * 0.6;
  CHECK(s.saving == Approx(saving).epsilon(1e-6));
  CHECK(s.running == Approx(0.01 * 0.3 + 2000 / 1e6 + 0.02 * 2 * saving).epsilon(1e-6));
  CHECK(s.set_up == Approx(0.01 * 0.7 + 12'000 / (1e6 * 3)).epsilon(1e-6));
}

TEST_CASE("a desk looks, sets up, claims for twelve months, renews while it pays, lapses",
          "[model][decisions]") {
  Bench b;
  const auto f = b.exporter("MX", "US");
  const auto k = b.desk(f, "US");
  const std::size_t us = b.region("US");
  const auto slot = b.m.lanes->slot(b.firms.region[f], us);
  for (std::size_t d = 0; d < b.firms.R; ++d)
    b.firms.sold[b.firms.book(f, d)] = 0;
  b.firms.sold[b.firms.book(f, us)] = 1'000'000;
  b.firms.real_sales[f] = 1e7F;
  b.firms.documentation_cost[f] = 0.01F;
  b.policy.agreements[0].in_force = true;
  auto& p = b.parameters;
  const auto row = b.policy.duties.row(RegionId{us}, b.lines[b.firms.line[f]].origin,
                                       b.lines[b.firms.line[f]].sector, LineId{b.firms.line[f]});
  const auto set_saving = [&](float saving) {
    std::vector<Rate> rates(b.policy.duties.authorities());
    b.policy.duties.set(row, ProgrammeId{1}, rates);
    rates[0] = {saving, 0};
    b.policy.duties.set(row, ProgrammeId{0}, rates);
  };
  const auto month = [&] {
    ++b.m.month;
    update_claims(b.m, b.firms, f, f + 1);
    return static_cast<DeskState>(b.firms.desk_state[k]);
  };
  const auto claims = [&] { return contains(b.firms.next_card[f].claims, slot); };
  b.firms.next_card[f].origin = 1;
  b.firms.desk_state[k] = 0;
  b.firms.desk_timer[k] = 0;

  // Idle while it does not pay, however often it looks.
  p.attention_base = 10;
  set_saving(0.005F);
  for (int t = 0; t < 24; ++t)
    CHECK(month() == DeskState::idle);
  CHECK_FALSE(claims());
  // It pays, but nobody looks.
  set_saving(0.10F);
  p.attention_base = p.attention_stake = 0;
  for (int t = 0; t < 24; ++t)
    CHECK(month() == DeskState::idle);
  // It looks, and set-up takes months; how many is exponential.
  p.attention_base = 10;
  p.claim_setup_months = 24;
  p.claim_fixed_cost = 0;
  auto state = month();
  int waited = 0;
  while (state == DeskState::setting_up) {
    CHECK_FALSE(claims());
    ++waited;
    REQUIRE(waited <= 24);
    state = month();
  }
  CHECK(waited > 0); // of 24 months on average, one that is over at once would be rare
  REQUIRE(state == DeskState::claiming);
  CHECK(claims());
  CHECK(int(b.firms.desk_timer[k]) == 12);
  // Saving falls below set-up, not below the running cost: the claim persists through renewals.
  set_saving(0.006F);
  REQUIRE(claim_surplus(b.m, b.firms, f, us, 1e7).saving >
          claim_surplus(b.m, b.firms, f, us, 1e7).running);
  REQUIRE(claim_surplus(b.m, b.firms, f, us, 1e7).saving <
          claim_surplus(b.m, b.firms, f, us, 1e7).set_up);
  for (int t = 0; t < 30; ++t) {
    CHECK(month() == DeskState::claiming);
    CHECK(claims());
  }
  // Below the running cost the certificate runs out, and not before.
  set_saving(0.002F);
  int left = b.firms.desk_timer[k];
  REQUIRE(left > 1);
  while (--left > 0)
    CHECK(month() == DeskState::claiming);
  CHECK(month() == DeskState::idle);
  CHECK_FALSE(claims());
  // Goods that no longer originate are not claimed, though the certificate stays for a time.
  set_saving(0.10F);
  b.firms.desk_state[k] = static_cast<std::uint8_t>(DeskState::claiming);
  b.firms.desk_timer[k] = 5;
  b.firms.next_card[f].origin = 0;
  CHECK(month() == DeskState::claiming);
  CHECK_FALSE(claims());
  b.firms.next_card[f].origin = 1; // status regained
  CHECK(month() == DeskState::claiming);
  CHECK(claims());
  b.firms.next_card[f].origin = 0;
  CHECK(month() == DeskState::claiming);
  CHECK(month() == DeskState::claiming);
  CHECK(month() == DeskState::idle);
  // Not in force: no claim at all.
  b.firms.next_card[f].origin = 1;
  b.firms.desk_state[k] = static_cast<std::uint8_t>(DeskState::claiming);
  b.firms.desk_timer[k] = 5;
  b.policy.agreements[0].in_force = false;
  CHECK(month() == DeskState::idle);
  CHECK_FALSE(claims());
  b.policy.agreements[0].in_force = true;
  // Switched off: the state stays for ever, a claim is made whenever the goods originate.
  b.m.switches.claims = false;
  b.firms.desk_state[k] = static_cast<std::uint8_t>(DeskState::claiming);
  b.firms.desk_timer[k] = 1;
  set_saving(0);
  for (int t = 0; t < 3; ++t) {
    CHECK(month() == DeskState::claiming);
    CHECK(claims());
  }
}

TEST_CASE("capacity stays in its band, grows above it, shrinks below it", "[model][decisions]") {
  Bench b;
  const auto f = b.exporter("MX", "US");
  auto& p = b.parameters;
  p.normal_utilisation = 0.8;
  p.utilisation_band = 0.05;
  p.investment_speed = 0.1;
  p.investment_lag = 1; // pressure is this month's utilisation
  const auto after = [&](double utilisation) {
    b.firms.capacity[f] = 1000;
    b.firms.pressure[f] = 0.8F;
    b.firms.demand[f] = utilisation * 1000;
    update_capacity(b.m, b.firms, f, f + 1);
    return b.firms.capacity[f];
  };
  std::fill(b.policy.levers.entry_lag.begin(), b.policy.levers.entry_lag.end(), 1.0F);
  CHECK(after(0.80) == 1000);
  CHECK(after(0.849) == 1000);
  CHECK(after(0.751) == 1000);
  CHECK(after(0.95) == Approx(1000 * (1 + 0.1 * 0.10)).epsilon(1e-6));
  CHECK(after(0.60) == Approx(1000 * (1 - 0.1 * 0.15)).epsilon(1e-6));
  CHECK(double(b.firms.next_card[f].spare) == Approx(1000 - 600));
  p.investment_lag = 10; // one month in ten
  CHECK(after(0.95) == 1000);
  CHECK(double(b.firms.pressure[f]) == Approx(0.8 + 0.15 / 10));
  b.m.switches.capacity = false;
  p.investment_lag = 1;
  CHECK(after(0.95) == 1000);
}

TEST_CASE("entrants come where pressure pays, firms without orders leave", "[model][decisions]") {
  Bench b;
  const std::size_t S = b.firms.S;
  std::vector<double> pressure(b.firms.R * S, b.parameters.normal_utilisation);
  auto& p = b.parameters;
  p.entry_cost = 0.05;
  p.entry_rate = 1;
  p.exit_rate = 1;
  const auto models = models_of_entrants(b.firms);
  const auto enter = [&] { enter_and_exit(b.m, b.firms, pressure, models, 0, b.firms.firms()); };
  std::size_t dormant = b.firms.firms();
  for (std::size_t f = 0; f < b.firms.firms(); ++f)
    if (!b.firms.active[f]) dormant = f;
  REQUIRE(dormant < b.firms.firms());
  const std::size_t cell = b.firms.region[dormant] * S + b.firms.sector[dormant];
  for (std::size_t f = 0; f < b.firms.firms(); ++f)
    b.firms.pressure[f] = float(p.normal_utilisation);
  const auto active = [&] { return std::count(b.firms.active.begin(), b.firms.active.end(), 1); };
  const auto before = active();
  enter();
  CHECK(active() == before); // normal pressure
  pressure[cell] = p.normal_utilisation + 0.049;
  enter();
  CHECK(active() == before); // not quite the entry cost
  pressure[cell] = p.normal_utilisation + 0.06;
  std::fill(b.policy.levers.entry_cost.begin(), b.policy.levers.entry_cost.end(), 2.0F);
  enter();
  CHECK(active() == before); // entry made dearer
  std::fill(b.policy.levers.entry_cost.begin(), b.policy.levers.entry_cost.end(), 1.0F);
  enter();
  REQUIRE(b.firms.active[dormant] == 1);
  CHECK(b.firms.capacity[dormant] > 0);
  CHECK(double(b.firms.productivity[dormant]) == 1);
  CHECK(double(b.firms.next_card[dormant].spare) == Approx(b.firms.capacity[dormant]));
  for (std::size_t f = 0; f < b.firms.firms(); ++f) // only there
    if (b.firms.active[f] && !b.sim.firms().active[f])
      CHECK(b.firms.region[f] * S + b.firms.sector[f] == cell);
  // Without orders it leaves again, and its sellers' mark says so; with orders it stays.
  b.firms.pressure[dormant] = float(p.exit_utilisation) + 0.01F;
  pressure[cell] = p.normal_utilisation;
  enter();
  CHECK(b.firms.active[dormant] == 1);
  b.firms.pressure[dormant] = float(p.exit_utilisation) - 0.01F;
  enter();
  CHECK(b.firms.active[dormant] == 0);
  CHECK(b.firms.next_card[dormant].spare == kGone);
  CHECK(b.firms.capacity[dormant] == 0);
  // An investor from a promoted home brings productivity and customers.
  for (std::size_t h = 0; h < b.firms.R; ++h)
    b.policy.levers.entrant_home[cell * b.firms.R + h] = h == b.firms.region[dormant] ? 0.0F : 1e6F;
  pressure[cell] = 0.95;
  enter();
  REQUIRE(b.firms.active[dormant] == 1);
  CHECK(double(b.firms.productivity[dormant]) == Approx(p.affiliate_productivity));
}
