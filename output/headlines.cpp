#include "output/headlines.hpp"

#include "output/fill.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nearshore {
namespace {

using Rows = std::vector<Headline>;

void add_claims(const MonthRecord& record, const Reporting& context, Rows& rows) {
  const std::size_t R = context.R();
  const auto add = [&](const char* section, auto share) {
    std::vector<double> values(R * R);
    share(record, context, values);
    for (const std::size_t x : context.fellow_members)
      rows.push_back({section,
                      fmt::format("{} to {}", context.regions[x], context.regions[context.home]),
                      values[x * R + context.home]});
  };
  add("Claimed, % of trade", fill::claim_share);
  add("Claimed as statistics record it, %", fill::claim_share_recorded);
  add("Claimed on MFN-dutiable lines, %", fill::claim_share_dutiable);
  add("Would qualify, % of trade", fill::qualifying_share);
}

void add_integration(const MonthRecord& record, const Reporting& context, Rows& rows) {
  std::vector<double> values(context.blocs.size());
  fill::intermediate_intra_share(record, context, values);
  for (std::size_t b = 0; b < values.size(); ++b)
    rows.push_back({"Exports of intermediate goods that stay in the bloc, %",
                    in_words(context.blocs[b].name), values[b]});
}

void add_content(const MonthRecord& record, const Reporting& context, Rows& rows) {
  const std::size_t R = context.R(), E = context.S() + context.sector_groups.size();
  std::vector<double> values(R * E * R);
  fill::value_added_content(record, context, values);
  for (const std::size_t x : context.fellow_members) {
    for (const auto& source : context.content_groups) {
      for (std::size_t g = 0; g < context.sector_groups.size(); ++g) {
        double share = 0;
        for (const std::size_t k : source.members)
          share += values[(x * E + context.S() + g) * R + k];
        rows.push_back({fmt::format("Value added of {} in the exports of {}, %",
                                    in_words(source.name), context.regions[x]),
                        in_words(context.sector_groups[g].name), share});
      }
    }
  }
}

using Fill = void (*)(const MonthRecord&, const Reporting&, std::span<double>);

/// Billion USD a year, from a variable in million USD a month.
constexpr double kBillionAYear = 12.0 / 1000;

void add_partners(const MonthRecord& record, const Reporting& context, const char* what,
                  const char* towards, Fill flow, Rows& rows) {
  const auto partners = fill::partners(context);
  std::vector<double> values(partners.size());
  flow(record, context, values);
  for (std::size_t p = 0; p < partners.size(); ++p)
    rows.push_back(
        {fmt::format("Goods {} of {}, billion USD a year", what, context.regions[context.home]),
         fmt::format("{} {}", towards, context.regions[partners[p]]), kBillionAYear * values[p]});
}

void add_duties(const MonthRecord& record, const Reporting& context, Rows& rows) {
  const auto section =
      fmt::format("Duties collected by {}, billion USD a year", context.regions[context.home]);
  const std::size_t cells = context.S() * context.A();
  const auto add = [&](const std::string& label, std::int64_t cents) {
    rows.push_back({section, label, kBillionAYear * static_cast<double>(cents) / 1e8});
  };
  std::int64_t all = 0;
  for (std::size_t o = 0; o < context.R(); ++o) {
    std::int64_t sum = 0;
    const std::size_t first = (o * context.R() + context.home) * cells;
    for (std::size_t i = first; i < first + cells; ++i)
      sum += record.duty[i];
    if (o != context.home) add("on goods of " + context.regions[o], sum);
    all += sum;
  }
  add("total", all);
}

void add_regions(const MonthRecord& record, const Reporting& context,
                 std::span<const double> wage_bill, Rows& rows) {
  const std::size_t S = context.S();
  Rows output, employment;
  for (std::size_t r = 0; r < context.R(); ++r) {
    double cents = 0, jobs = 0, weight = 0;
    for (std::size_t i = r * S; i < (r + 1) * S; ++i) {
      cents += static_cast<double>(record.gross_output[i]);
      jobs += wage_bill[i] * record.employment[i];
      weight += wage_bill[i];
    }
    output.push_back(
        {"Gross output, billion USD a year", context.regions[r], kBillionAYear * cents / 1e8});
    employment.push_back({"Employment, base year = 100", context.regions[r], 100 * jobs / weight});
  }
  rows.insert(rows.end(), output.begin(), output.end());
  rows.insert(rows.end(), employment.begin(), employment.end());
}

} // namespace

std::string in_words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::vector<Headline> headline_shares(const MonthRecord& record, const Reporting& context) {
  Rows rows;
  add_claims(record, context, rows);
  add_integration(record, context, rows);
  add_content(record, context, rows);
  return rows;
}

std::vector<double> wage_bills(const WorldTable& world) {
  std::vector<double> bills(world.R() * world.S());
  for (std::size_t r = 0; r < world.R(); ++r)
    for (std::size_t s = 0; s < world.S(); ++s)
      for (std::size_t t = 0; t < kFirmTypes; ++t)
        bills[r * world.S() + s] +=
            world.sectors[s].labour_share *
            world.value_added[world.producer(RegionId{r}, static_cast<FirmType>(t), SectorId{s})];
  return bills;
}

std::vector<Headline> headlines(const MonthRecord& record, const Reporting& context,
                                std::span<const double> wage_bill) {
  auto rows = headline_shares(record, context);
  for (auto& row : rows)
    row.value *= 100;
  add_partners(record, context, "imports", "from", fill::us_imports, rows);
  add_partners(record, context, "exports", "to", fill::us_exports, rows);
  add_duties(record, context, rows);
  add_regions(record, context, wage_bill, rows);
  return rows;
}

HeadlineMeans::HeadlineMeans(std::shared_ptr<const Reporting> reporting,
                             std::shared_ptr<const std::vector<double>> bills)
    : context(std::move(reporting)), wage_bill(std::move(bills)) {}

void HeadlineMeans::on_month(const MonthRecord& record) {
  if (record.spin_up) return;
  if (months.size() == kHeadlineMonths) months.pop_front();
  months.push_back(headlines(record, *context, *wage_bill));
}

std::vector<Headline> HeadlineMeans::means() const {
  if (months.empty()) return {};
  auto rows = months.front();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].value = 0;
    for (const auto& month : months)
      rows[i].value += month[i].value / static_cast<double>(months.size());
  }
  return rows;
}

} // namespace nearshore
