#pragma once
// What the law and the regional agenda say over time, and its compilation to the tables of one month.
#include "policy/agreement.hpp"
#include "policy/calendar.hpp"
#include "policy/duty_table.hpp"

#include <memory>
#include <string>
#include <vector>

namespace nearshore {

/// Relief from duty on inputs, by importer and firm type (IMMEX, PROSEC, drawback, foreign-trade zones).
/// The buyer bears rate * (1 - relief), where relief = share_of_exports * export share + share_of_all.
struct InputRelief {
  float share_of_exports{0}; ///< part of the duty on inputs embodied in exports that is not paid
  float share_of_all{0};     ///< part of any input duty that is not paid (sector programmes)
  float limited_members_share{0}; ///< part of share_of_exports kept for exports to fellow members (USMCA 2.5)
};

/// Levers of the regional agenda and shocks, for one month; 1 or 0 is "no change".
struct Levers {
  std::vector<float> energy_cost;  ///< [region] factor on energy cost
  std::vector<float> border_cost;  ///< [origin * R + importer] factor on delivered cost relative to base
  std::vector<float> search_small; ///< [region * S + sector] factor on candidates seen by small firms
  std::vector<float> entry_cost;   ///< [region * S + sector] factor on the cost of entry
  std::vector<float> entry_lag;    ///< [region * S + sector] factor on the lag of investment
  std::vector<float> capacity;     ///< [region * S + sector] factor on usable capacity (supply stop: 0)
  std::vector<float> demand;       ///< [region * S + sector] factor on final demand of a market
  std::vector<float> entrant_home; ///< [region * S + sector][home region] extra weight of investors' homes
};

/// Everything policy says about one month.
struct MonthPolicy {
  Month month;
  DutyTable duties;
  std::vector<Agreement> agreements; ///< programme 1 + a is agreements[a]
  std::vector<InputRelief> relief;   ///< [region * 2 + (1 if export-processing)]
  Levers levers;
  std::vector<float> recorded_free;  ///< [importer] part of claims on MFN-free lines that statistics show
  std::vector<float> belief;         ///< [authority] expected part of the horizon for which a measure lasts
};

class Regime; // measures, agreements, levers over time: policy/measure.hpp

} // namespace nearshore
