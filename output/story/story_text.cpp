#include "output/story/story_text.hpp"

#include "output/headlines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace nearshore {
namespace {

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

/// "MX 41, US 22, CN 20 %", the largest first.
std::string by_region(const std::vector<SupplierSeen>& suppliers) {
  std::map<std::string, double> sums;
  for (const auto& s : suppliers)
    sums[s.region] += s.share;
  std::vector<std::pair<std::string, double>> list(sums.begin(), sums.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [region, share] : list)
    if (share >= 0.005)
      text += fmt::format("{}{} {:.0f}", text.empty() ? "" : ", ", region, 100 * share);
  return text + " %";
}

std::string claims_text(const std::vector<ClaimTold>& claims) {
  std::string text;
  for (const auto& c : claims)
    if (c.sales > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", c.market, c.state);
  return text.empty() ? "no sales" : text;
}

std::string supplier_lines(const std::vector<SupplierSeen>& suppliers) {
  std::string text;
  for (const auto& s : suppliers)
    text += fmt::format("      {:<24} firm {:<7} {}  {:>7} of purchases{}, held {}{} months\n",
                        in_words(s.input), s.firm, s.region, percent(s.share),
                        s.originates ? ", originating" : "", s.months_held == 255 ? "over " : "",
                        s.months_held);
  return text;
}

/// What began to deliver since the month before.
std::string changes(const MonthTold& before, const MonthTold& now) {
  std::string text;
  for (std::size_t i = 0; i < now.suppliers.size() && i < before.suppliers.size(); ++i) {
    const auto &a = before.suppliers[i], &b = now.suppliers[i];
    if (a.firm != b.firm)
      text += fmt::format("      begins to deliver {}: firm {} in {} in place of firm {} in {}\n",
                          in_words(b.input), b.firm, b.region, a.firm, a.region);
  }
  return text;
}

std::string option_text(const OptionSeen& o, bool with_cost) {
  return fmt::format("firm {} in {}{}{}", o.firm, o.region, with_cost ? ", " + percent(o.cost) : "",
                     o.originates ? ", originating" : "");
}

std::string review_lines(const ReviewTold& r) {
  std::string text = "      reviews its suppliers: " + reason_of(r) + '\n';
  const bool costs = !r.agreement.empty();
  for (const auto& w : r.inputs) {
    const bool differs = w.originating && w.originating->firm != w.cheapest.firm;
    if (!w.changes && !differs && w.cheapest.firm == w.supplier) continue;
    text += fmt::format("        {}: has firm {} in {}; cheapest {}", in_words(w.input), w.supplier,
                        w.region, option_text(w.cheapest, costs));
    if (differs) text += "; for origin " + option_text(*w.originating, costs);
    text += w.changes ? "; changes\n" : "; stays\n";
  }
  return text;
}

std::string month_line(const MonthTold& t) {
  return fmt::format("  {}  price {:.3f}  margin {:>6}  RVC {:>6}  {:<15}  {:<28}  {}\n",
                     t.month.text(), t.price, percent(t.margin), percent(t.rvc),
                     t.originates ? "originates" : "no origin", claims_text(t.claims),
                     by_region(t.suppliers));
}

} // namespace

std::string reason_of(const ReviewTold& r) {
  if (r.agreement.empty())
    return "origin is worth nothing to it under any agreement, so it weighs only who is cheapest";
  const auto worth = fmt::format("under {} ({}) origin is worth {} of its price", r.agreement,
                                 r.rule, percent(r.worth));
  const auto inputs = fmt::format("the cheapest inputs cost {}", percent(r.cheapest_cost));
  if (r.cheapest_originates)
    return fmt::format("{}; {}, and with them it originates", worth, inputs);
  if (!r.feasible)
    return fmt::format("{}; {}, and no suppliers it meets give origin", worth, inputs);
  const double extra = r.originating_cost - r.cheapest_cost;
  return fmt::format("{}; {}, the cheapest that originate {}: {} more, {}", worth, inputs,
                     percent(r.originating_cost), percent(extra),
                     r.took_originating
                         ? "less than origin is worth, so it takes them"
                         : "not less than origin is worth, so it takes the cheapest");
}

std::string story_text(const FirmStory& story) {
  std::string text =
      fmt::format("Firm {}: {}, {}{}; stands for firms that sell {:.1f} million USD a year\n",
                  story.firm, story.region, in_words(story.sector),
                  story.export_processing ? ", export-processing" : "", story.real_sales / 1e6);
  const MonthTold* before = nullptr;
  for (const auto& t : story.months) {
    if (!t.active) {
      if (before == nullptr || before->active)
        text += "  " + t.month.text() + "  does not produce\n";
    } else {
      text += month_line(t);
      const bool first = before == nullptr || !before->active;
      text += first ? supplier_lines(t.suppliers) : changes(*before, t);
      if (t.review) text += review_lines(*t.review);
      if (t.lead > 0 && t.review)
        text += fmt::format("      new suppliers deliver in {} months\n", t.lead);
    }
    before = &t;
  }
  return text;
}

std::string story_csv(const std::vector<FirmStory>& stories) {
  std::string text = "firm,region,sector,month,what,input,other_firm,other_region,value,note\n";
  for (const auto& story : stories)
    for (const auto& t : story.months) {
      const auto row = [&](const char* what, double value, const std::string& note = "",
                           const std::string& input = "", const std::string& firm = "",
                           const std::string& region = "") {
        text += fmt::format("{},{},{},{},{},{},{},{},{},\"{}\"\n", story.firm, story.region,
                            story.sector, t.month.text(), what, input, firm, region, value, note);
      };
      row("active", t.active ? 1 : 0);
      if (!t.active) continue;
      row("price", t.price);
      row("margin", t.margin);
      row("regional_value_content", t.rvc);
      row("originates", t.originates ? 1 : 0);
      row("sales_million_usd", t.sales);
      for (const auto& s : t.suppliers)
        row("supplier_share", s.share, s.originates ? "originating" : "", s.input,
            std::to_string(s.firm), s.region);
      for (const auto& c : t.claims) {
        row("claim_saving", c.saving, c.state, "", "", c.market);
        row("claim_running_cost", c.running, c.state, "", "", c.market);
        row("claim_set_up_cost", c.set_up, c.state, "", "", c.market);
      }
      if (!t.review) continue;
      row("review_worth_of_origin", t.review->worth, reason_of(*t.review));
      if (t.review->agreement.empty()) continue;
      row("review_cost_cheapest", t.review->cheapest_cost);
      if (t.review->feasible) row("review_cost_originating", t.review->originating_cost);
      row("review_took_originating", t.review->took_originating ? 1 : 0);
    }
  return text;
}

} // namespace nearshore
