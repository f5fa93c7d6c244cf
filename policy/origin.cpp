#include "policy/origin.hpp"

#include "policy/error.hpp"

#include <algorithm>
#include <cmath>

namespace nearshore {
namespace {

void weigh(Ceiling& ceiling, Bits goods) {
  for (std::size_t s = 0; s < kMaxSectors; ++s)
    ceiling.weight[s] = contains(goods, s) ? 1.0F : 0.0F;
}

} // namespace

Ceiling rvc_ceiling(Bits goods, float transaction, float net_cost) {
  Ceiling c;
  weigh(c, goods);
  if (transaction > 0) c.of_transaction_value = 1 - transaction;
  if (net_cost > 0) c.of_net_cost = 1 - net_cost;
  return c;
}

Ceiling tariff_shift_ceiling(const SectorWeights& named, float de_minimis) {
  Ceiling c;
  c.weight = named;
  c.of_transaction_value = de_minimis;
  return c;
}

Ceiling originating_share_ceiling(SectorId sector, float minimum) {
  Ceiling c;
  c.weight[sector.index()] = 1;
  c.of_group_value = 1 - minimum;
  return c;
}

Ceiling net_cost_content_ceiling(Bits goods, Bits regions, float minimum) {
  Ceiling c;
  weigh(c, goods);
  c.of_net_cost = 1 - minimum;
  c.counting_regions = regions;
  c.includes_own_value = true;
  return c;
}

Ceiling transaction_content_ceiling(Bits goods, Bits regions, float minimum) {
  Ceiling c;
  weigh(c, goods);
  c.of_transaction_value = 1 - minimum;
  c.counting_regions = regions;
  c.includes_own_value = true;
  return c;
}

double not_counting(const Agreement& agreement, const Ceiling& ceiling,
                    std::span<const OriginInput> inputs, double transaction_value, double net_cost,
                    RegionId own) {
  double out = 0, all_inputs = 0;
  for (const auto& input : inputs) {
    all_inputs += input.value;
    const bool from_member = contains(agreement.members, input.region.index());
    const bool accumulates =
        agreement.accumulation == Accumulation::full ? from_member : input.region == own;
    const bool counts = input.originating && accumulates &&
                        contains(ceiling.counting_regions, input.region.index());
    const double counting_part = counts ? (agreement.roll_up ? 1 : input.regional_content) : 0;
    out += ceiling.weight[input.sector.index()] * input.value * (1 - counting_part);
  }
  if (ceiling.includes_own_value && !contains(ceiling.counting_regions, own.index())) {
    const bool of_net_cost_alone = ceiling.of_net_cost > 0 && ceiling.of_transaction_value == 0;
    out += std::max(0.0, (of_net_cost_alone ? net_cost : transaction_value) - all_inputs);
  }
  return out;
}

bool holds(const Agreement& agreement, const Ceiling& ceiling, std::span<const OriginInput> inputs,
           double transaction_value, double net_cost, RegionId own) {
  double group = 0;
  for (const auto& input : inputs)
    group += ceiling.weight[input.sector.index()] * input.value;
  const double limit = std::max({ceiling.of_transaction_value * transaction_value,
                                 ceiling.of_net_cost * net_cost, ceiling.of_group_value * group});
  // Weights are single precision: a good exactly at the threshold must not fail by their rounding.
  return not_counting(agreement, ceiling, inputs, transaction_value, net_cost, own) <=
         limit + 1e-6 * std::max(transaction_value, net_cost);
}

bool originates(const Agreement& agreement, const RuleOfOrigin& rule,
                std::span<const OriginInput> inputs, double transaction_value, double net_cost,
                RegionId own) {
  if (!agreement.in_force || !contains(agreement.members, own.index())) return false;
  return std::any_of(rule.any_of.begin(), rule.any_of.end(), [&](const Route& route) {
    return std::all_of(route.all_of.begin(), route.all_of.end(), [&](const Ceiling& ceiling) {
      return holds(agreement, ceiling, inputs, transaction_value, net_cost, own);
    });
  });
}

double rvc_transaction(double transaction_value, double non_originating) {
  return transaction_value > 0 ? (transaction_value - non_originating) / transaction_value : 0;
}
double rvc_net_cost(double net_cost, double non_originating) {
  return net_cost > 0 ? (net_cost - non_originating) / net_cost : 0;
}

Agreement AgreementLaw::at(Month month, std::size_t sectors) const {
  const Date day{month.year(), month.month(), 1};
  Agreement out = header;
  out.in_force = from <= day && (!until || day < *until);
  out.rules.assign(sectors, {});
  for (const auto& dated : rules)
    if ((!dated.from || *dated.from <= day) && (!dated.until || day < *dated.until))
      out.rules[dated.sector.index()].push_back(dated.rule);
  for (const auto& dated : rules) {
    float sum = 0;
    for (const auto& rule : out.rules[dated.sector.index()])
      sum += rule.share;
    if (std::abs(sum - 1) > 1e-4F)
      throw Error{ErrorKind::input,
                  "shares of the sector's rules of origin in force on " + day.text() + " sum to " +
                      std::to_string(sum) + " (at rule '" + dated.rule.name + "')",
                  dated.where, "a sum of 1"};
  }
  return out;
}

} // namespace nearshore
