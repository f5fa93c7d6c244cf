#include "cli/explain/story_json.hpp"

#include "output/story/story_text.hpp"

#include <nlohmann/json.hpp>

namespace nearshore {
namespace {

using Json = nlohmann::ordered_json;

Json option(const OptionSeen& o) {
  return {{"firm", o.firm}, {"region", o.region}, {"cost", o.cost}, {"originates", o.originates}};
}

Json review(const ReviewTold& r) {
  Json inputs = Json::array();
  for (const auto& w : r.inputs) {
    Json input = {{"input", w.input},
                  {"supplier", w.supplier},
                  {"region", w.region},
                  {"cheapest", option(w.cheapest)},
                  {"changes", w.changes}};
    if (w.originating) input["originating"] = option(*w.originating);
    inputs.push_back(std::move(input));
  }
  Json out = {{"reason", reason_of(r)},
              {"agreement", r.agreement},
              {"rule", r.rule},
              {"worth_of_origin", r.worth},
              {"cost_cheapest", r.cheapest_cost},
              {"cheapest_originates", r.cheapest_originates},
              {"took_originating", r.took_originating},
              {"inputs", std::move(inputs)}};
  if (r.feasible) out["cost_originating"] = r.originating_cost;
  return out;
}

Json month(const MonthTold& t) {
  Json out = {{"month", t.month.text()}, {"active", t.active}};
  if (!t.active) return out;
  out["price"] = t.price;
  out["margin"] = t.margin;
  out["regional_value_content"] = t.rvc;
  out["originates"] = t.originates;
  out["sales_million_usd"] = t.sales;
  out["months_until_new_suppliers"] = t.lead;
  out["suppliers"] = Json::array();
  for (const auto& s : t.suppliers)
    out["suppliers"].push_back({{"input", s.input},
                                {"firm", s.firm},
                                {"region", s.region},
                                {"share", s.share},
                                {"originates", s.originates},
                                {"months_held", s.months_held}});
  out["claims"] = Json::array();
  for (const auto& c : t.claims)
    out["claims"].push_back({{"market", c.market},
                             {"state", c.state},
                             {"share_of_sales", c.sales},
                             {"saving", c.saving},
                             {"running_cost", c.running},
                             {"set_up_cost", c.set_up}});
  if (t.review) out["review"] = review(*t.review);
  return out;
}

} // namespace

std::string story_json(const std::vector<FirmStory>& stories) {
  Json list = Json::array();
  for (const auto& s : stories) {
    Json months = Json::array();
    for (const auto& t : s.months)
      months.push_back(month(t));
    list.push_back({{"firm", s.firm},
                    {"region", s.region},
                    {"sector", s.sector},
                    {"export_processing", s.export_processing},
                    {"real_sales_usd_a_year", s.real_sales},
                    {"switched", s.switched},
                    {"months", std::move(months)}});
  }
  return list.dump(2) + '\n';
}

} // namespace nearshore
