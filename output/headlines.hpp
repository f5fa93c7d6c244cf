#pragma once
// The outcomes that a summary and a comparison of policies show. They follow from the reporting
// context: exporters, partners, blocs and groups are data.
#include "sim/record.hpp"
#include "sim/reporting.hpp"

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

struct Headline {
  std::string section, label;
  double value;
};

/// "motor_vehicles" as people write it.
std::string in_words(std::string name);

/// Claim shares on every basis, shares of trade inside blocs, value-added content: shares of 1, of
/// one month; NaN where the value has no meaning.
std::vector<Headline> headline_shares(const MonthRecord& record, const Reporting& context);

/// Wages of the base year by [region][sector], million USD: value added times the labour share.
std::vector<double> wage_bills(const WorldTable& world);

/// headline_shares() in per cent, then trade by partner, duties, output and employment (sectors
/// weighted with the base year's wages) at a yearly rate.
std::vector<Headline> headlines(const MonthRecord& record, const Reporting& context,
                                std::span<const double> wage_bill);

/// Months over which headlines are averaged: the last ones of a run.
inline constexpr std::size_t kHeadlineMonths = 12;

/// Means of headlines() over the last 12 months of a run, or over all if there are fewer.
class HeadlineMeans : public Observer {
public:
  HeadlineMeans(std::shared_ptr<const Reporting> reporting,
                std::shared_ptr<const std::vector<double>> wage_bill);
  void on_month(const MonthRecord& record) override;
  [[nodiscard]] std::vector<Headline> means() const;

private:
  std::shared_ptr<const Reporting> context;
  std::shared_ptr<const std::vector<double>> wage_bill;
  std::deque<std::vector<Headline>> months;
};

} // namespace nearshore
