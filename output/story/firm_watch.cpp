#include "output/story/firm_watch.hpp"

#include "agents/claims.hpp"
#include "policy/error.hpp"

#include <algorithm>

namespace nearshore {
namespace {

const char* state_name(std::uint8_t state) {
  switch (static_cast<DeskState>(state)) {
  case DeskState::idle:
    return "idle";
  case DeskState::setting_up:
    return "setting up";
  case DeskState::claiming:
    return "claiming";
  }
  return "";
}

} // namespace

FirmWatch::FirmWatch(const Scenario& scenario, const Population& population,
                     const std::vector<std::uint32_t>& firms) {
  for (const auto& r : scenario.world->regions)
    regions.push_back(r.code);
  for (const auto& s : scenario.world->sectors)
    sectors.push_back(s.code);
  for (const auto& a : scenario.regime->data().agreements)
    agreements.push_back(a.header.name);
  for (const auto f : firms) {
    if (f >= population.firms())
      throw Error{ErrorKind::input, "no firm " + std::to_string(f), "--firm",
                  "0 to " + std::to_string(population.firms() - 1)};
    place.emplace(f, told.size());
    FirmStory story;
    story.firm = f;
    story.region = regions[population.region[f]];
    story.sector = sectors[population.sector[f]];
    story.export_processing = population.type[f] != 0;
    story.real_sales = static_cast<double>(population.real_sales[f]);
    told.push_back(std::move(story));
  }
  pending.resize(told.size());
}

OptionSeen FirmWatch::option(const ReviewSeen& seen, const Population& firms, std::size_t link,
                             std::size_t option_index, double price) const {
  const auto supplier = seen.desk.review[link].choice[option_index].supplier;
  OptionSeen out{supplier, regions[firms.region[supplier]], 0, false};
  if (seen.rule != nullptr) {
    const auto& o = seen.desk.problem.links[link].options[option_index];
    out.cost = o.cost / price;
    out.originates = o.originates;
  }
  return out;
}

void FirmWatch::on_review(const MonthContext& m, const Population& firms, const ReviewSeen& seen) {
  const auto at = place.find(seen.firm);
  if (at == place.end()) return;
  const std::size_t f = seen.firm;
  const double price = static_cast<double>(firms.next_card[f].price);
  const auto& problem = seen.desk.problem;
  ReviewTold r;
  if (seen.rule != nullptr) {
    r.agreement = m.policy->agreements[seen.agreement].name;
    r.rule = seen.rule->name;
    r.worth = seen.worth / price;
    r.cheapest_cost = cheapest_cost(problem) / price;
    r.feasible = seen.originating.feasible;
    r.originating_cost = r.feasible ? seen.originating.cost / price : 0;
    r.cheapest_originates = plan_originates(problem, *seen.rule, {});
  }
  for (std::size_t i = 0; i < problem.count; ++i) {
    const auto link = seen.desk.review[i].link;
    InputWeighed w;
    std::size_t input = firms.first_input[f];
    while (firms.first_link[input + 1] <= link)
      ++input;
    w.input = sectors[firms.input_sector[input]];
    w.supplier = firms.supplier[link];
    w.region = regions[firms.region[w.supplier]];
    w.cheapest = option(seen, firms, i, 0, price);
    if (r.feasible) w.originating = option(seen, firms, i, seen.originating.option[i], price);
    const auto chosen = seen.desk.review[i].choice[seen.taken[i]].supplier;
    w.changes = chosen != w.supplier;
    r.took_originating = r.took_originating || seen.taken[i] != 0;
    if (firms.region[chosen] != firms.region[w.supplier]) told[at->second].switched = true;
    r.inputs.push_back(std::move(w));
  }
  pending[at->second] = std::move(r);
}

MonthTold FirmWatch::month_of(const MonthContext& m, const Population& firms, std::size_t f) const {
  MonthTold t;
  t.month.count = static_cast<int>(m.month);
  t.active = firms.active[f] != 0;
  if (!t.active) return t;
  const auto& card = firms.next_card[f];
  t.price = static_cast<double>(card.price);
  // Unit cost is an index: in the base year it is the price less the mark-up.
  t.margin = 1 - static_cast<double>(firms.unit_cost[f]) / m.parameters->markup / t.price;
  t.rvc = static_cast<double>(firms.regional_content[f]);
  t.originates = card.origin != 0;
  const auto all = firms.sales(f);
  t.sales = static_cast<double>(all) / 1e8;
  t.lead = firms.lead[f];
  std::optional<std::size_t> agreement; // the first that the firm's region is in
  for (std::size_t a = 0; a < m.policy->agreements.size() && !agreement; ++a)
    if (contains(m.policy->agreements[a].members, firms.region[f])) agreement = a;
  double bought = 0;
  for (std::size_t i = firms.first_input[f]; i < firms.first_input[f + 1]; ++i)
    for (std::size_t l = firms.first_link[i]; l < firms.first_link[i + 1]; ++l) {
      const auto s = firms.supplier[l];
      const auto& seller = firms.next_card[s];
      const double value = static_cast<double>(firms.units[l]) * static_cast<double>(seller.price);
      bought += value;
      t.suppliers.push_back(
          {sectors[firms.input_sector[i]], s, regions[firms.region[s]], value,
           agreement && m.input_originates(seller, firms.input_sector[i], *agreement),
           firms.age[l]});
    }
  for (auto& s : t.suppliers)
    s.share /= bought;
  for (std::size_t k = firms.first_desk[f]; k < firms.first_desk[f + 1]; ++k) {
    const std::size_t importer = firms.desk_importer[k];
    const double share =
        all > 0 ? static_cast<double>(firms.sales(f, importer)) / static_cast<double>(all) : 0;
    const auto surplus =
        claim_surplus(m, firms, f, importer, static_cast<double>(firms.real_sales[f]) * share);
    t.claims.push_back({regions[importer], state_name(firms.desk_state[k]), share, surplus.saving,
                        surplus.running, surplus.set_up});
  }
  return t;
}

void FirmWatch::on_decisions(const MonthContext& m, const Population& firms) {
  for (std::size_t i = 0; i < told.size(); ++i) {
    auto month = month_of(m, firms, told[i].firm);
    month.review = std::move(pending[i]);
    pending[i].reset();
    told[i].months.push_back(std::move(month));
  }
}

} // namespace nearshore
