#pragma once
// What the law and the regional agenda say over time, and its compilation to the tables of one
// month.
#include "policy/agreement.hpp"
#include "policy/calendar.hpp"
#include "policy/duty_table.hpp"
#include "policy/levers.hpp"
#include "policy/measure.hpp"
#include "policy/origin.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

/// Relief from duty on inputs, by importer and firm type (IMMEX, PROSEC, drawback, foreign-trade
/// zones). The buyer bears rate * (1 - relief), where relief = share_of_exports * export share +
/// share_of_all.
struct InputRelief {
  float share_of_exports{0}; ///< part of the duty on inputs embodied in exports that is not paid
  float share_of_all{0};     ///< part of any input duty that is not paid (sector programmes)
  float limited_members_share{
      0}; ///< part of share_of_exports kept for exports to fellow members (USMCA 2.5)
};

/// Levers of the regional agenda and shocks, for one month; 1 or 0 is "no change".
struct Levers {
  std::vector<float> energy_cost; ///< [region] factor on energy cost
  std::vector<float>
      border_cost; ///< [origin * R + importer] factor on delivered cost relative to base
  std::vector<float> search_small; ///< [region * S + sector] factor on places seen by small firms
  std::vector<float> entry_cost;   ///< [region * S + sector] factor on the cost of entry
  std::vector<float> entry_lag;    ///< [region * S + sector] factor on the lag of investment
  std::vector<float> capacity; ///< [region * S + sector] factor on usable capacity (supply stop: 0)
  std::vector<float> demand;   ///< [region * S + sector] factor on final demand of a market
  std::vector<float>
      entrant_home; ///< [region * S + sector][home region] extra weight of investors' homes
};

/// Everything policy says about one month.
struct MonthPolicy {
  Month month;
  DutyTable duties;
  std::vector<Agreement> agreements; ///< programme 1 + a is agreements[a]
  std::vector<InputRelief> relief;   ///< [region * 2 + (1 if export-processing)]
  Levers levers;
  std::vector<float>
      recorded_free;         ///< [importer] part of claims on MFN-free lines that statistics show
  std::vector<float> belief; ///< [authority] expected part of the horizon for which a measure lasts
  std::uint64_t duty_state{0}; ///< months of one regime with equal states have equal duties
  std::uint64_t agreement_state{
      0}; ///< months of one regime with equal states have equal agreements
};

/// Everything that policy says over time, as data.
struct RegimeData {
  std::vector<std::string> regions, sectors, lists, groups; ///< names, in the order of their ids
  std::vector<Authority> authorities;
  std::vector<Measure> measures;
  std::vector<StackingRule> stacking;
  std::vector<AgreementLaw> agreements;
  std::vector<TariffLine> lines; ///< of importers whose lines are known
  std::vector<bool> lines_known; ///< [importer]
  std::vector<float>
      schedule; ///< [importer][origin][sector] average rate where lines are not known
  std::vector<LeverEntry> levers;
  std::vector<ReliefEntry> relief;
  std::vector<ObservationEntry> observation;
  std::vector<BeliefEntry> beliefs;
  std::optional<Date> known_from;  ///< before this day the calendar holds no measures
  std::optional<Date> known_until; ///< from this day on the calendar is an assumption
  std::string assumption;          ///< which, in words
};

/// Measures, agreements, levers over time. Thread-safe: all members are const after construction.
class Regime {
public:
  /// Throws Error (input) where displacement runs in a circle, or the rules of a sector do not sum
  /// to 1, at any date of the calendar.
  explicit Regime(RegimeData data);

  [[nodiscard]] const RegimeData& data() const { return law; }
  [[nodiscard]] std::span<const TariffLine> lines() const { return law.lines; }
  [[nodiscard]] const std::vector<bool>& lines_known() const { return law.lines_known; }
  [[nodiscard]] std::size_t programmes() const { return 1 + law.agreements.size(); }

  /// The tables of a month.
  [[nodiscard]] MonthPolicy compile(Month month) const;
  /// Turns the tables of another month of this regime into those of `month`. Duties and agreements
  /// that have not changed stay where they are.
  void advance(Month month, MonthPolicy& policy) const;

  /// Days of `month` from `first` to `last_day` (1-based, inclusive) in which no duty changes.
  struct Span {
    Date first;
    int days{0};
  };
  [[nodiscard]] std::vector<Span> spans(Month month) const;
  /// Average rate of the schedule of an importer whose lines are not known.
  [[nodiscard]] float scheduled(RegionId importer, RegionId origin, SectorId sector) const {
    return law
        .schedule[(importer.index() * law.regions.size() + origin.index()) * law.sectors.size() +
                  sector.index()];
  }
  /// Agreements of which both are members and which are in force.
  [[nodiscard]] Bits open_agreements(const std::vector<Agreement>& now, RegionId importer,
                                     RegionId origin) const;

private:
  void fill_duties(MonthPolicy& out) const;
  void fill_levers(MonthPolicy& out) const;
  void fill_relief(MonthPolicy& out) const;
  [[nodiscard]] std::uint64_t duty_state(Month month) const;
  [[nodiscard]] std::uint64_t agreement_state(Month month) const;

  RegimeData law;
  std::vector<Date> changes;     ///< sorted, unique: dates on which some duty may change
  std::vector<Date> law_changes; ///< the same of agreements and their rules
};

} // namespace nearshore
