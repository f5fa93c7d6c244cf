#pragma once
// A run: the base year laid out as firms, a spin-up under the base year's policy, and the months.
#include "agents/entry.hpp"
#include "agents/parallel.hpp"
#include "agents/price_floor.hpp"
#include "sim/accounts.hpp"
#include "sim/base_year.hpp"
#include "sim/config/load_scenario.hpp"
#include "sim/decomposition.hpp"
#include "sim/economy.hpp"
#include "sim/markets.hpp"
#include "sim/record.hpp"
#include "sim/structure.hpp"
#include "sim/world_table.hpp"

#include <array>
#include <atomic>
#include <string_view>

namespace nearshore {

class SectionReader;
class SectionWriter;

/// The passes of a month, in order.
inline constexpr std::array<std::string_view, 10> kPasses{
    "duties",  "prices",   "origin",   "claims",        "sourcing",
    "markets", "capacity", "accounts", "decomposition", "sellers"};

class Simulation {
public:
  /// Lays out the firms. Months are run by run(). `check`: verify the accounts of every month.
  /// Throws Error (input) where data and settings do not go together.
  explicit Simulation(const Scenario&, bool check = false);
  /// Goes on from a state that save() wrote, at the place in a checkpoint where it begins. The
  /// scenario must be of the same population (sim/checkpoint/header.hpp); its policy and parameters
  /// act from the next month on. Throws DamagedFile for a state that cannot be.
  Simulation(const Scenario&, bool check, SectionReader& saved);

  /// Spin-up and all months; the observer sees the written months only, or all of them.
  void run(Observer&, bool show_spin_up = false);
  /// Spin-up only; then step() runs one month at a time.
  void spin_up(Observer* observer = nullptr);
  /// The next month; the record is valid until the next call.
  const MonthRecord& step();
  /// The month that step() runs next.
  [[nodiscard]] Month next_month() const { return next; }
  /// Another law from the next month on. Throws Error (input) unless it has the regions, sectors,
  /// authorities, agreements with their members, product lists and tariff lines of the present one:
  /// firms are laid out on them.
  void set_law(std::shared_ptr<const Regime> other);
  /// The next month, be it of the spin-up or after it.
  const MonthRecord& advance();
  /// Whether the last month was run.
  [[nodiscard]] bool finished() const { return next > run_settings.end; }
  /// Everything that the months to come depend on besides the scenario.
  void save(SectionWriter&) const;

  /// Lets someone look on while firms decide; nullptr: nobody.
  void watch(DecisionWatch* who) { month.watch = who; }

  [[nodiscard]] const Population& firms() const { return population; }
  [[nodiscard]] const Markets& market() const { return markets; }
  [[nodiscard]] const Economy& state() const { return economy; }
  [[nodiscard]] const WorldTable& world() const { return table; }
  [[nodiscard]] const Regime& regime() const { return *law; }
  [[nodiscard]] const SectorData& sectors() const { return sector_data; }
  /// How far the table was enforced at the end of the spin-up.
  [[nodiscard]] const ScalingReport& scaling() const { return scaling_report; }
  /// Wall time of each pass so far, spin-up included.
  [[nodiscard]] const std::array<double, kPasses.size()>& seconds() const { return pass_seconds; }
  /// Firms that have reviewed their suppliers so far, counted once a month each.
  [[nodiscard]] std::int64_t reviews() const { return review_count; }
  [[nodiscard]] int threads() const { return workers.threads(); }
  [[nodiscard]] int threads_used() const { return workers.threads_used(); }
  /// Context of the month run last, for tests that evaluate a decision by hand.
  [[nodiscard]] const MonthContext& context() const { return month; }

private:
  RunSettings run_settings;
  Switches switches; ///< in force once the spin-up is over
  Parameters parameters;
  bool checking;
  std::shared_ptr<const Regime> law;
  std::uint64_t laws{0}; ///< states of a month's policy differ by it from one law to the next
  std::shared_ptr<const WorldTable> world_data;
  const WorldTable& table;
  SectorData sector_data;
  std::vector<TariffLine> lines;
  Workers workers;
  MonthPolicy policy, base_policy;
  Lanes lanes;
  LandedCosts landed, base_landed;
  SourcingTables sourcing_tables;
  std::vector<const RuleOfOrigin*> rules;
  PriceFloor price_floor;
  SalesTargets laid_out; ///< sales of the layout, until the base year is founded
  EntrantModels entrant_models;
  Population population;
  Economy economy;
  Markets markets;
  Accounts accounts;
  ClaimDecomposition decomposition;
  MonthRecord record;
  StructureWatch structure; ///< used where run_settings.structure
  MonthContext month;
  Month next;          ///< after the spin-up
  int spun{0};         ///< months of the spin-up that were run
  bool spinning{true}; ///< until the base year is founded for the last time
  ScalingReport scaling_report;
  std::array<double, kPasses.size()> pass_seconds{};
  std::atomic<std::int64_t> review_count{0};

  Simulation(const Scenario&, bool check, SectionReader* saved);
  void set_policy(Month);
  const MonthRecord& spin();
  void end_spin_up();
  // sim/checkpoint/state.cpp
  Population restore_population(SectionReader&);
  void restore(SectionReader&);
  template <class Self, class Archive> static void visit(Self&, Archive&&);
  // sim/founding.cpp
  void found();
  void suit_bundles(std::uint32_t month_of_draws);
  void assume_origin();
  void lay_claims();
  void begin_deliveries();
  void rebase(bool spin_up_follows);
  void refresh_sellers();
  void run_month(Month when, bool spinning_up);
};

} // namespace nearshore
