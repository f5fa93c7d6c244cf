#pragma once
// The table at the end of a run. It keeps a few sums, whatever the horizon, and names nothing
// itself: exporters, blocs and groups are those of the reporting context, its periods follow from
// the reference month.
#include "output/headlines.hpp"
#include "output/summary_table.hpp"
#include "sim/record.hpp"
#include "sim/reporting.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

class Summary : public Observer {
public:
  /// Periods shown: mean of the reference month's calendar year, the month a year after the
  /// reference month, and the last month.
  Summary(Reporting reporting, Month reference);
  void on_month(const MonthRecord& record) override;

  /// Firm-months of all months seen, spin-up included.
  [[nodiscard]] std::int64_t firm_months() const { return firm_month_count; }
  /// The whole table as plain text, fixed width, no colour. `wall_seconds` is the time of the month
  /// loop, in which all firm-months were run but those `replayed`.
  [[nodiscard]] std::string text(double wall_seconds, std::int64_t replayed = 0) const;
  /// Its tables as numbers, the same ones for every seed of a scenario; none if no month was run.
  [[nodiscard]] std::vector<SummaryTable> tables() const;

private:
  struct DutyYear {
    int months{0};
    std::vector<std::int64_t> cents; ///< [authority]
  };
  void add_duties(const MonthRecord& record);
  [[nodiscard]] SummaryTable shares() const;
  [[nodiscard]] SummaryTable causes_of_change() const;
  [[nodiscard]] SummaryTable duties_by_year() const;

  Reporting context;
  Month reference_month;
  std::int64_t firm_month_count{0};
  std::vector<double> year_sum; ///< [row], over months of the reference year
  int year_months{0};
  std::vector<Headline> later, last; ///< a year after the reference month; the last month
  std::optional<Month> last_month;
  std::vector<std::array<double, kClaimCauses>> causes,
      causes_recorded;            ///< [fellow member], last month
  std::map<int, DutyYear> duties; ///< by calendar year
};

/// The last line of a summary: how fast the months went.
std::string speed_text(std::int64_t firm_months, double wall_seconds);

/// Hands every month to several observers, in order. They must outlive it.
class ObserverList : public Observer {
public:
  explicit ObserverList(std::vector<Observer*> list) : observers(std::move(list)) {}
  void on_month(const MonthRecord& record) override {
    for (Observer* o : observers)
      o->on_month(record);
  }

private:
  std::vector<Observer*> observers;
};

} // namespace nearshore
