#include "output/variable.hpp"

#include "output/fill.hpp"
#include "policy/error.hpp"

#include <chrono>

namespace nearshore {
namespace {

using Rep = const Reporting&;
// -------------------------------------------------------------------------------------------------

std::vector<std::string> region_labels(Rep r) {
  return r.regions;
}
std::vector<std::string> sector_labels(Rep r) {
  return r.sectors;
}
std::vector<std::string> use_labels(Rep) {
  return {"intermediate", "final"};
}
std::vector<std::string> programme_labels(Rep r) {
  return r.programmes;
}
std::vector<std::string> authority_labels(Rep r) {
  return r.authorities;
}
std::vector<std::string> cause_labels(Rep) {
  return {"paperwork", "inherited", "resourcing", "entry_exit", "composition", "recording"};
}
std::vector<std::string> export_sector_labels(Rep r) {
  auto labels = r.sectors;
  for (const auto& g : r.sector_groups)
    labels.push_back(g.name);
  return labels;
}
std::vector<std::string> bin_labels(Rep) {
  std::vector<std::string> labels;
  for (std::size_t b = 0; b < kRvcBins; ++b)
    labels.push_back(std::to_string(b * 100 / kRvcBins) + "-" +
                     std::to_string((b + 1) * 100 / kRvcBins));
  return labels;
}
std::vector<std::string> bloc_labels(Rep r) {
  std::vector<std::string> labels;
  for (const auto& g : r.blocs)
    labels.push_back(g.name);
  return labels;
}
std::vector<std::string> size_labels(Rep) {
  const auto million = [](double usd) { return std::to_string(static_cast<int>(usd / 1e6)); };
  std::vector<std::string> labels{"0-" + million(kSizeBounds[0])};
  for (std::size_t i = 1; i < kSizeBounds.size(); ++i)
    labels.push_back(million(kSizeBounds[i - 1]) + "-" + million(kSizeBounds[i]));
  labels.push_back(million(kSizeBounds.back()) + "+");
  return labels;
}
std::vector<std::string> age_labels(Rep) {
  std::vector<std::string> labels;
  int from = 0;
  for (const double bound : kAgeBounds) {
    labels.push_back(std::to_string(from) + "-" + std::to_string(static_cast<int>(bound) - 1));
    from = static_cast<int>(bound);
  }
  labels.push_back(std::to_string(from) + "+");
  return labels;
}
std::vector<std::string> partner_labels(Rep r) {
  std::vector<std::string> labels;
  for (const std::size_t p : fill::partners(r))
    labels.push_back(r.regions[p]);
  return labels;
}

constexpr auto f32 = Storage::float32;
constexpr auto f64 = Storage::float64;

} // namespace

std::span<const Dimension> dimensions() {
  static const std::vector<Dimension> list{
      {"exporter", "region that sells", region_labels},
      {"importer", "region that buys", region_labels},
      {"origin", "region where a good was made", region_labels},
      {"destination", "region where it is used; equal to origin for home sales", region_labels},
      {"region", "region", region_labels},
      {"source", "region where value was added", region_labels},
      {"partner", "regions other than the home region of the partner statistics", partner_labels},
      {"bloc", "group of regions", bloc_labels},
      {"sector", "sector", sector_labels},
      {"export_sector", "the sectors, then the reporting groups of sectors", export_sector_labels},
      {"use", "what the buyer does with it", use_labels},
      {"programme", "preference claimed: none, or an agreement", programme_labels},
      {"authority", "legal authority of a duty", authority_labels},
      {"cause", "why a claim share changed", cause_labels},
      {"bin", "regional value content of the seller, per cent", bin_labels},
      {"size", "sales of one real firm, million USD a year", size_labels},
      {"age", "age of the link in the month before, months", age_labels},
  };
  return list;
}

std::span<const Variable> variables() {
  static const std::vector<Variable> list{
      {"claim_share",
       {"exporter", "importer"},
       "1",
       "Share of the value of goods traded for which origin under an agreement of both regions is "
       "claimed",
       f64,
       fill::claim_share},
      {"claim_share_recorded",
       {"exporter", "importer"},
       "1",
       "The same as official statistics show it, by the observation rule of the run (claims on "
       "MFN-free lines are not recorded in some periods)",
       f64,
       fill::claim_share_recorded},
      {"claim_share_dutiable",
       {"exporter", "importer"},
       "1",
       "Claimed share of the trade on MFN-dutiable tariff lines: the series without a change of "
       "recording",
       f64,
       fill::claim_share_dutiable},
      {"qualifying_share",
       {"exporter", "importer"},
       "1",
       "Share of the value of goods traded that would originate under an agreement of both "
       "regions, claimed or not",
       f64,
       fill::qualifying_share},
      {"claim_share_by_sector",
       {"exporter", "importer", "sector"},
       "1",
       "claim_share by sector; NaN for services",
       f32,
       fill::claim_share_by_sector},
      {"claim_share_recorded_by_sector",
       {"exporter", "importer", "sector"},
       "1",
       "claim_share_recorded by sector",
       f32,
       fill::claim_share_recorded_by_sector},
      {"claim_share_dutiable_by_sector",
       {"exporter", "importer", "sector"},
       "1",
       "claim_share_dutiable by sector",
       f32,
       fill::claim_share_dutiable_by_sector},
      {"qualifying_share_by_sector",
       {"exporter", "importer", "sector"},
       "1",
       "qualifying_share by sector; NaN for services",
       f32,
       fill::qualifying_share_by_sector},
      {"goods_traded",
       {"exporter", "importer", "sector"},
       "million USD",
       "Goods exports: what the claim shares by sector are shares of, and their weight in a sum "
       "over sectors; zero for services",
       f32,
       fill::goods_traded},
      {"goods_traded_dutiable",
       {"exporter", "importer", "sector"},
       "million USD",
       "Goods exports on MFN-dutiable tariff lines: the weight of claim_share_dutiable_by_sector",
       f32,
       fill::goods_traded_dutiable},
      {"claim_change",
       {"exporter", "importer", "cause"},
       "1",
       "Change of claim_share since the reference month, by cause; the causes sum to it (1e-12); "
       "`recording` is zero here",
       f64,
       fill::claim_change},
      {"claim_change_recorded",
       {"exporter", "importer", "cause"},
       "1",
       "Change of claim_share_recorded since the reference month, by cause, `recording` among "
       "them; the causes sum to it (1e-12)",
       f64,
       fill::claim_change_recorded},
      {"trade_value",
       {"origin", "destination", "sector", "use", "programme"},
       "million USD",
       "Sales, by preference claimed; with origin = destination, home sales",
       f32,
       fill::trade_value},
      {"duty_collected",
       {"origin", "destination", "sector", "authority"},
       "million USD",
       "Duty and fees collected at the border of the destination, by authority",
       f32,
       fill::duty_collected},
      {"value_added_content",
       {"exporter", "export_sector", "source"},
       "1",
       "Share of each region's value added in gross exports; sums to 1 over source",
       f32,
       fill::value_added_content},
      {"exports",
       {"exporter", "export_sector"},
       "million USD",
       "Gross exports: what value_added_content is a share of, and its weight in an average over "
       "exporters",
       f32,
       fill::exports},
      {"regional_value_content",
       {"exporter", "sector", "bin"},
       "million USD",
       "Exports to fellow members of an agreement, by the seller's regional value content",
       f32,
       fill::regional_value_content},
      {"intermediate_intra_share",
       {"bloc"},
       "1",
       "Share of a bloc's exports of intermediate goods (home sales left out) that goes to other "
       "regions of the bloc",
       f32,
       fill::intermediate_intra_share},
      {"gross_output",
       {"region", "sector"},
       "million USD",
       "Sales of all firms",
       f32,
       fill::gross_output},
      {"employment", {"region", "sector"}, "1", "Employment, base year = 1", f32, fill::employment},
      {"price_index",
       {"region", "sector"},
       "1",
       "Price index of producers, base year = 1",
       f32,
       fill::price_index},
      {"capacity_utilisation",
       {"region", "sector"},
       "1",
       "Orders received over capacity: above 1 where more is asked for than can be made",
       f32,
       fill::capacity_utilisation},
      {"active_firms",
       {"region", "sector"},
       "1",
       "Number of firms that produce",
       f32,
       fill::active_firms},
      {"us_exports",
       {"partner"},
       "million USD",
       "Goods exports of the home region to the partner, table basis: own products only",
       f32,
       fill::us_exports},
      {"us_imports",
       {"partner"},
       "million USD",
       "Goods imports of the home region from the partner, table basis",
       f32,
       fill::us_imports},
      {"us_deficit_over_exports",
       {"partner"},
       "1",
       "(us_imports - us_exports) / us_exports, table basis",
       f32,
       fill::us_deficit},
      {"us_exports_published_basis",
       {"partner"},
       "million USD",
       "us_exports plus the bridge's re-exports, one twelfth of a year a month: comparable with "
       "published statistics",
       f32,
       fill::us_exports_published},
      {"us_imports_published_basis",
       {"partner"},
       "million USD",
       "us_imports plus the bridge's special classification chapters (HS 98-99) and valuation",
       f32,
       fill::us_imports_published},
      {"us_deficit_over_exports_published_basis",
       {"partner"},
       "1",
       "Deficit over exports on the published basis",
       f32,
       fill::us_deficit_published},
      {"final_spending",
       {"region"},
       "million USD",
       "Final demand at delivered prices, duty included",
       f32,
       fill::final_spending},
      {"claim_share_by_size",
       {"exporter", "importer", "size"},
       "1",
       "claim_share between members of an agreement, by size of the seller (with run.structure)",
       f32,
       fill::claim_share_by_size},
      {"firms_claiming",
       {"exporter", "importer"},
       "1",
       "Share of the real firms selling on the lane that claim, each counted once (with "
       "run.structure)",
       f32,
       fill::firms_claiming},
      {"firms_claiming_by_size",
       {"exporter", "importer", "size"},
       "1",
       "The same by size (with run.structure)",
       f32,
       fill::firms_claiming_by_size},
      {"links",
       {"age"},
       "1",
       "Links to suppliers in the month before (with run.structure)",
       f32,
       fill::links},
      {"links_broken",
       {"age"},
       "1",
       "Links that ended in the month, by their age (with run.structure)",
       f32,
       fill::links_broken},
      {"size_tail",
       {"region"},
       "1",
       "Hill's exponent of the sales of real firms, the largest 5 % (with run.structure)",
       f32,
       fill::size_tail},
      {"customer_tail",
       {"region"},
       "1",
       "Hill's exponent of the agents' numbers of customer links, the largest 5 % (with "
       "run.structure)",
       f32,
       fill::customer_tail},
  };
  return list;
}

const Dimension& dimension(std::string_view name) {
  for (const auto& d : dimensions())
    if (d.name == name) return d;
  throw Error{ErrorKind::internal,
              "no dimension '" + std::string{name} + "' in the list of outputs"};
}

std::size_t slab_size(const Variable& variable, const Reporting& reporting) {
  std::size_t n = 1;
  for (const auto d : variable.dims)
    n *= dimension(d).labels(reporting).size();
  return n;
}

int days_since_2000(Month month) {
  using namespace std::chrono;
  const sys_days first{year{month.year()} / month.month() / 1};
  return static_cast<int>((first - sys_days{year{2000} / 1 / 1}).count());
}

std::optional<Month> month_of_days_since_2000(int days_count) {
  using namespace std::chrono;
  const year_month_day d{sys_days{year{2000} / 1 / 1} + days{days_count}};
  if (d.day() != day{1}) return {};
  return Month{static_cast<int>(d.year()), static_cast<int>(static_cast<unsigned>(d.month()))};
}

} // namespace nearshore
