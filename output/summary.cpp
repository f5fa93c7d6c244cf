#include "output/summary.hpp"

#include "output/headlines.hpp"
#include "output/variable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nearshore {
Summary::Summary(Reporting reporting, Month reference)
    : context(std::move(reporting)), reference_month(reference) {}

void Summary::on_month(const MonthRecord& record) {
  firm_month_count += record.firms;
  if (record.spin_up) return;
  last = headline_shares(record, context);
  last_month = record.month;
  if (record.month.year() == reference_month.year()) {
    year_sum.resize(last.size());
    for (std::size_t i = 0; i < last.size(); ++i)
      year_sum[i] += last[i].value;
    ++year_months;
  }
  if (record.month - reference_month == 12) later = last;
  const auto keep = [&](const auto& change, auto& to) {
    to.clear();
    if (change.empty()) return;
    for (const std::size_t x : context.fellow_members)
      to.push_back(change[x * context.R() + context.home]);
  };
  keep(record.claim_change, causes);
  keep(record.claim_change_recorded, causes_recorded);
  add_duties(record);
}

void Summary::add_duties(const MonthRecord& record) {
  auto& year = duties[record.month.year()];
  year.cents.resize(context.A());
  ++year.months;
  for (std::size_t o = 0; o < context.R(); ++o)
    for (std::size_t s = 0; s < context.S(); ++s)
      for (std::size_t a = 0; a < context.A(); ++a)
        year.cents[a] +=
            record.duty[((o * context.R() + context.home) * context.S() + s) * context.A() + a];
}

SummaryTable Summary::shares() const {
  SummaryTable table{"", 44, 10, 1, {}, {}};
  table.columns = {fmt::format("{} mean", reference_month.year()), (reference_month + 12).text(),
                   last_month->text()};
  const double nothing = std::nan("");
  for (std::size_t i = 0; i < last.size(); ++i)
    table.rows.push_back({last[i].section,
                          last[i].label,
                          {100 * (year_months == 0 ? nothing : year_sum[i] / year_months),
                           100 * (later.empty() ? nothing : later[i].value), 100 * last[i].value}});
  return table;
}

SummaryTable Summary::causes_of_change() const {
  SummaryTable table{fmt::format("\nChange from {} to {}, percentage points",
                                 reference_month.text(), last_month->text()),
                     24,
                     12,
                     2,
                     {},
                     {}};
  for (const auto& label : dimension("cause").labels(context))
    table.columns.push_back(in_words(label));
  table.columns.emplace_back("sum");
  const auto add = [&](const char* what, const auto& list) {
    for (std::size_t x = 0; x < list.size(); ++x) {
      SummaryTable::Row row{
          "", fmt::format("{} {}", context.regions[context.fellow_members[x]], what), {}};
      double sum = 0;
      for (const double part : list[x]) {
        row.values.push_back(100 * part);
        sum += part;
      }
      row.values.push_back(100 * sum);
      table.rows.push_back(std::move(row));
    }
  };
  add("claimed", causes);
  add("recorded", causes_recorded);
  return table;
}

SummaryTable Summary::duties_by_year() const {
  SummaryTable table{
      fmt::format("\nDuties collected by {}, billion USD", context.regions[context.home]),
      44,
      10,
      2,
      {},
      {},
      true};
  for (const auto& [year, sum] : duties)
    table.columns.push_back(sum.months == 12 ? fmt::format("{}", year)
                                             : fmt::format("{} ({}m)", year, sum.months));
  const auto add = [&](const std::string& label, auto value) {
    SummaryTable::Row row{"", label, {}};
    for (const auto& [year, sum] : duties)
      row.values.push_back(static_cast<double>(value(sum)) / 1e11);
    table.rows.push_back(std::move(row));
  };
  for (std::size_t a = 0; a < context.A(); ++a)
    add(context.authorities[a], [&](const DutyYear& y) { return y.cents[a]; });
  add("total", [](const DutyYear& y) {
    std::int64_t total = 0;
    for (const auto cents : y.cents)
      total += cents;
    return total;
  });
  return table;
}

std::vector<SummaryTable> Summary::tables() const {
  if (!last_month) return {};
  std::vector<SummaryTable> list{shares()};
  if (!causes.empty() || !causes_recorded.empty()) list.push_back(causes_of_change());
  list.push_back(duties_by_year());
  return list;
}

std::string Summary::text(double wall_seconds, std::int64_t replayed) const {
  if (!last_month) return "no month was run\n";
  std::string text;
  for (const auto& table : tables())
    text += table_text(table);
  return text + speed_text(firm_month_count - replayed, wall_seconds);
}

std::string speed_text(std::int64_t firm_months, double wall_seconds) {
  if (wall_seconds <= 0 || firm_months <= 0) return {};
  return fmt::format("\n{:.2f} million firm-months a second ({} firm-months in {:.2f} s)\n",
                     static_cast<double>(firm_months) / wall_seconds / 1e6, firm_months,
                     wall_seconds);
}

} // namespace nearshore
