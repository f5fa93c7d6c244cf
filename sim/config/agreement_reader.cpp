// [[agreement]] and its rules of origin.
#include "policy/text.hpp"
#include "sim/config/policy_reader.hpp"

#include <algorithm>
#include <bit>

namespace nearshore {
namespace {

SectorWeights read_weights(const TableView& view, std::string_view key, const WorldNames& world) {
  SectorWeights out{};
  const auto table = view.table(key);
  bool any = false;
  for (std::size_t s = 0; s < world.sectors.size(); ++s)
    if (const auto value = table.optional_number(world.sectors[s], 0, 1)) {
      out[s] = static_cast<float>(*value);
      any = true;
    }
  table.finish();
  if (!any)
    throw view.error(key, std::string{key} + " names no input sector", "{ sector = share, ... }");
  return out;
}

struct AgreementContext {
  const WorldNames& world;
  double de_minimis{0};
  std::optional<double> high_wage; // USD an hour
};

Bits high_wage_regions(const TableView& view, const AgreementContext& context) {
  if (!context.high_wage)
    throw view.error("high_wage_share", "the agreement has no high_wage_hourly",
                     "a wage in USD an hour");
  Bits out = 0;
  for (std::size_t r = 0; r < context.world.regions.size(); ++r)
    if (context.world.hourly_wage[r] >= *context.high_wage) out |= bit(r);
  return out;
}

/// A threshold of value content, higher by what changes add.
std::optional<double> read_content(const TableView& view, std::string_view key, double raised) {
  auto threshold = view.optional_number(key, 0.01, 1);
  if (!threshold || raised == 0) return threshold;
  *threshold += raised;
  if (*threshold < 0.01 || *threshold > 1)
    throw view.error(
        key, "changes of the agreement move this to " + number_text(100 * *threshold) + " %",
        "a threshold from 1 to 100 % after every change");
  return threshold;
}

/// `raised`: what is added to every regional value content.
Route read_route(const TableView& view, const AgreementContext& context, double raised) {
  Route route;
  const auto& world = context.world;
  const double tolerance = view.number("de_minimis", 0, 1, context.de_minimis);
  if (view.has("tariff_shift"))
    route.all_of.push_back(tariff_shift_ceiling(read_weights(view, "tariff_shift", world),
                                                static_cast<float>(tolerance)));
  if (view.has("must_originate"))
    route.all_of.push_back(tariff_shift_ceiling(read_weights(view, "must_originate", world), 0));
  const auto transaction = read_content(view, "rvc_transaction", raised);
  const auto net_cost = read_content(view, "rvc_net_cost", raised);
  if (transaction || net_cost)
    route.all_of.push_back(rvc_ceiling(world.goods, static_cast<float>(transaction.value_or(0)),
                                       static_cast<float>(net_cost.value_or(0))));
  if (view.has("originating_share")) {
    const auto minimum = read_weights(view, "originating_share", world);
    for (std::size_t s = 0; s < world.sectors.size(); ++s)
      if (minimum[s] > 0)
        route.all_of.push_back(originating_share_ceiling(SectorId{s}, minimum[s]));
  }
  if (const auto minimum = view.optional_number("high_wage_share", 0.01, 1))
    route.all_of.push_back(net_cost_content_ceiling(~Bits{0}, high_wage_regions(view, context),
                                                    static_cast<float>(*minimum)));
  if (const auto content = view.optional_table("content_of")) {
    const auto regions = read_set(*content, "regions", world.regions, "region", 0);
    if (regions == 0)
      throw content->error("regions", "content of no region", "at least one region");
    route.all_of.push_back(transaction_content_ceiling(
        ~Bits{0}, regions, static_cast<float>(content->number("min", 0.01, 1))));
    content->finish();
  }
  const bool step = view.boolean("production_step", false);
  for (const auto* key : {"tariff_shift", "must_originate", "originating_share"})
    if (!view.has(key)) (void)view.optional_text(key); // known, though absent
  (void)view.optional_text("note");
  view.finish();
  if (route.all_of.empty() != step)
    throw view.error(
        "", step ? "a production step with further requirements" : "a route without a requirement",
        "tariff_shift, must_originate, rvc_transaction, rvc_net_cost, originating_share, "
        "high_wage_share, content_of, or production_step = true alone");
  return route;
}

/// [[agreement.change]]: thresholds of many rules at once, from a day on.
struct ContentChange {
  std::vector<std::size_t> sectors;
  Date from;
  std::optional<Date> until;
  double points{0}; ///< of 1

  [[nodiscard]] bool concerns(std::size_t sector, Date day) const {
    return from <= day && (!until || day < *until) &&
           std::find(sectors.begin(), sectors.end(), sector) != sectors.end();
  }
};

ContentChange read_change(const TableView& view, const WorldNames& world) {
  ContentChange c;
  (void)view.required_text("name");
  c.sectors = view.choices("sectors", world.sectors, "sector");
  c.from = view.date("from");
  c.until = view.optional_date("until");
  if (c.until && *c.until <= c.from)
    throw view.error("until", "until " + c.until->text() + " is not after from", "a later date");
  c.points = view.number("rvc_points", -100, 100) / 100;
  (void)view.boolean("assumption", false);
  (void)view.required_text("source");
  (void)view.optional_text("note");
  view.finish();
  return c;
}

/// Days inside a rule's life from which on other changes apply, its own first day before them.
std::vector<Date> steps_of(const DatedRule& rule, const std::vector<ContentChange>& changes) {
  std::vector<Date> days{rule.from.value_or(Date{0, 1, 1})};
  for (const auto& c : changes) {
    if (std::find(c.sectors.begin(), c.sectors.end(), rule.sector.index()) == c.sectors.end())
      continue;
    days.push_back(c.from);
    if (c.until) days.push_back(*c.until);
  }
  std::erase_if(days, [&](Date d) { return d < days.front() || (rule.until && d >= *rule.until); });
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

/// The rule, in as many pieces as changes cut it into.
void add_pieces(const TableView& view, const AgreementContext& context, const DatedRule& rule,
                const std::vector<ContentChange>& changes, AgreementLaw& law) {
  const auto days = steps_of(rule, changes);
  for (std::size_t i = 0; i < days.size(); ++i) {
    DatedRule piece = rule;
    if (i > 0) piece.from = days[i];
    if (i + 1 < days.size()) piece.until = days[i + 1];
    double raised = 0;
    for (const auto& c : changes)
      if (c.concerns(rule.sector.index(), days[i])) raised += c.points;
    for (const auto& route : view.tables("any_of"))
      piece.rule.any_of.push_back(read_route(route, context, raised));
    if (piece.rule.any_of.empty())
      throw view.error(view.has("any_of") ? "any_of" : "", "a rule without a route",
                       "any_of = [{ ... }], at least one");
    law.rules.push_back(std::move(piece));
  }
}

void read_rule(const TableView& view, const AgreementContext& context,
               const std::vector<ContentChange>& changes, AgreementLaw& law) {
  DatedRule dated;
  dated.where = view.where();
  dated.rule.name = view.required_text("name");
  dated.rule.share = static_cast<float>(view.number("share", 0.0001, 1, 1));
  dated.from = view.optional_date("from");
  dated.until = view.optional_date("until");
  if (dated.from && dated.until && *dated.until <= *dated.from)
    throw view.error("until",
                     "until " + dated.until->text() + " is not after from " + dated.from->text(),
                     "a later date");
  dated.source = view.required_text("source");
  dated.confidence = kConfidences[view.choice("confidence", kConfidences)];
  (void)view.optional_text("note");
  for (const auto s : view.choices("sectors", context.world.sectors, "sector")) {
    dated.sector = SectorId{s};
    add_pieces(view, context, dated, changes, law);
  }
  view.finish();
}

} // namespace

std::vector<AgreementLaw> read_agreements(const TableView& root, const WorldNames& world) {
  static const std::vector<std::string> accumulation{"full", "domestic"};
  std::vector<AgreementLaw> out;
  for (const auto& view : root.tables("agreement")) {
    AgreementLaw law;
    law.where = view.where();
    law.header.name = view.required_text("name");
    law.header.members = read_set(view, "members", world.regions, "region", 0);
    if (std::popcount(law.header.members) < 2)
      throw view.error("members", "an agreement of fewer than two members", "two regions or more");
    law.header.accumulation =
        static_cast<Accumulation>(view.choice("accumulation", accumulation, 0));
    law.header.roll_up = view.boolean("roll_up", true);
    law.from = view.date("from");
    law.until = view.optional_date("until");
    if (law.until && *law.until <= law.from)
      throw view.error("until",
                       "until " + law.until->text() + " is not after from " + law.from.text(),
                       "a later date");
    law.source = view.required_text("source");
    (void)view.optional_text("note");
    const AgreementContext context{world, view.number("de_minimis", 0, 1),
                                   view.optional_number("high_wage_hourly", 0, 1000)};
    std::vector<ContentChange> changes;
    for (const auto& change : view.tables("change"))
      changes.push_back(read_change(change, world));
    for (const auto& rule : view.tables("rule"))
      read_rule(rule, context, changes, law);
    view.finish();
    out.push_back(std::move(law));
  }
  if (out.size() > 30) throw root.error("agreement", "too many agreements", "at most 30");
  return out;
}

} // namespace nearshore
