#include "policy/shipment.hpp"

#include "policy/error.hpp"
#include "policy/text.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace nearshore {
namespace {

std::size_t choose(const std::string& text, const std::vector<std::string>& names,
                   const char* option, const char* what) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == text) return i;
  throw Error{ErrorKind::input, fmt::format("unknown {} '{}'", what, text), option, join(names),
              nearest(text, std::span<const std::string>(names))};
}

double in_range(std::optional<double> value, double otherwise, double low, double high,
                const char* option) {
  if (!value) return otherwise;
  if (!(*value >= low && *value <= high))
    throw Error{ErrorKind::input, fmt::format("{} = {}", option, *value), option,
                fmt::format("a number from {} to {}", low, high)};
  return *value;
}

// The lane's own classes, or those of them on the lists asked for.
void lane_goods(const Regime& regime, Shipment& q, Bits wanted) {
  double all = 0;
  for (const auto& line : regime.lines())
    if (line.origin == q.origin && line.sector == q.sector && (line.lists & wanted) == wanted) {
      q.goods.push_back({{q.sector, line.mfn_rate, line.lists, line.entry_value, 0}, line.share});
      all += line.share;
    }
  for (auto& good : q.goods)
    good.second /= all;
}

void choose_goods(const Regime& regime, const ShipmentQuestion& a, Shipment& q) {
  const auto& law = regime.data();
  Bits lists = 0;
  for (const auto& name : a.lists)
    lists |= bit(choose(name, law.lists, "--list", "product list"));
  const bool by_line = law.lines_known[q.importer.index()];
  if (lists != 0 && !by_line)
    throw Error{ErrorKind::input,
                "tariff lines of " + a.to + " are not known: it has no product lists", "--list"};
  const bool one_good = a.mfn_rate || lists != 0;
  q.average = !one_good && by_line;
  if (q.average) {
    lane_goods(regime, q, 0);
    if (a.entry_value)
      for (auto& good : q.goods)
        good.first.entry_value = static_cast<float>(*a.entry_value);
    return;
  }
  Good good{q.sector, 0, lists, static_cast<float>(a.entry_value.value_or(0)), 0};
  if (a.mfn_rate) {
    good.mfn_rate = static_cast<float>(*a.mfn_rate);
  } else if (by_line) { // the mean of the lane's lines on these lists
    lane_goods(regime, q, lists);
    double mean = 0;
    for (const auto& [other, weight] : q.goods)
      mean += weight * other.mfn_rate;
    good.mfn_rate = static_cast<float>(mean);
    q.goods.clear();
  } else {
    good.mfn_rate = regime.scheduled(q.importer, q.origin, q.sector);
  }
  q.goods.emplace_back(good, 1);
}

} // namespace

Shipment understand(const Regime& regime, const ShipmentQuestion& a) {
  const auto& law = regime.data();
  Shipment q;
  q.origin = RegionId{choose(a.from, law.regions, "--from", "region")};
  q.importer = RegionId{choose(a.to, law.regions, "--to", "region")};
  q.sector = SectorId{choose(a.sector, law.sectors, "--sector", "sector")};
  const auto month = parse_month(a.month);
  if (!month)
    throw Error{ErrorKind::input, "'" + a.month + "' is no month", "--month",
                "a month such as 2025-06"};
  if (law.known_from && *month < law.known_from->in_month())
    throw Error{ErrorKind::input, a.month + " is before the calendar of measures begins", "--month",
                law.known_from->in_month().text() + " or later"};
  q.month = *month;
  q.own_content = in_range(a.us_content, 0, 0, 1, "--us-content");
  (void)in_range(a.mfn_rate, 0, 0, 10, "--mfn-rate");
  (void)in_range(a.entry_value, 1, 1, 1e12, "--entry-value");
  if (a.claim) {
    std::vector<Agreement> now;
    for (const auto& agreement : law.agreements)
      now.push_back(agreement.at(q.month, law.sectors.size()));
    const auto open = regime.open_agreements(now, q.importer, q.origin);
    for (std::size_t i = now.size(); i-- > 0;)
      if (contains(open, i)) q.agreement = i;
    if (!q.agreement)
      throw Error{
          ErrorKind::input,
          fmt::format("no agreement in force between {} and {} in {}", a.from, a.to, a.month),
          "--claim"};
  }
  choose_goods(regime, a, q);
  if (q.agreement)
    for (auto& good : q.goods)
      good.first.claim = bit(*q.agreement);
  return q;
}

ShipmentDuty duty_on(const Regime& regime, const Shipment& q) {
  ShipmentDuty out;
  out.lines = explain(regime, q.importer, q.origin, q.month, q.goods);
  out.by_authority.resize(regime.data().authorities.size());
  double sum = 0;
  for (const auto& line : out.lines) {
    out.rates.push_back(line.full + line.content * (1 - q.own_content));
    out.by_authority[line.measure->authority.index()] += out.rates.back();
    sum += out.rates.back();
  }
  for (const auto rate : out.by_authority)
    out.total += rate;
  if (std::abs(out.total - sum) > 1e-12)
    throw Error{ErrorKind::invariant,
                fmt::format("parts {} do not sum to the total {}", sum, out.total)};
  return out;
}

std::string percent_text(double share) {
  return fmt::format("{:.4g} %", 100 * share);
}

// Why a measure takes what it takes: reasons with their shares where goods or days differ.
std::string why(const StackLine& line, const Shipment& q, const std::vector<std::string>& regions) {
  static const std::array<const char*, kReasons> kWords{
      "applies",           "another sector",        "not on its product lists",
      "on an exempt list", "exempt as originating", "displaced"};
  const auto& m = *line.measure;
  std::string out;
  const auto add = [&](const std::string& words) { out += (out.empty() ? "" : "; ") + words; };
  for (std::size_t r = 0; r < kReasons; ++r) {
    if (line.because[r] < 1e-9) continue;
    // "gives way" below says it, and to what.
    if (r == static_cast<std::size_t>(Reason::displaced) && line.displaced > 1e-9) continue;
    std::string words = kWords[r];
    if (line.because[r] < 1 - 1e-6)
      words += (r == static_cast<std::size_t>(Reason::applies) ? " to " : " for ") +
               percent_text(line.because[r]) + " of the value";
    add(words);
  }
  if (line.displaced > 1e-9) {
    std::vector<std::string> names;
    for (const auto* other : line.displaced_by)
      names.push_back(other->name);
    add("gives way on " + percent_text(line.displaced) + " of the value to " + join(names));
  }
  const auto last = Date{q.month.year(), q.month.month(), q.month.days()};
  const auto& terms = m.terms(m.end && *m.end <= last ? m.start : last);
  if (line.content > 0) add("only on content from outside " + regions[q.importer.index()]);
  if (terms.all_in) add("the rate includes the ordinary duty");
  const auto s = q.sector.index();
  if (terms.part[s] < 1) add("on " + percent_text(terms.part[s]) + " of a good's value");
  if (terms.coverage[s] < 1) add("covers " + percent_text(terms.coverage[s]) + " of the sector");
  if (terms.quota_free > 0) add(percent_text(terms.quota_free) + " enters within the quota");
  if (line.days < q.month.days())
    add(fmt::format("in force {} of {} days", line.days, q.month.days()));
  if (m.legal_start != m.start) add("in law from " + m.legal_start.text());
  if (m.legal_end != m.end && m.legal_end && m.end && m.end->in_month() == q.month)
    add("in law to " + m.legal_end->text());
  if (m.assumption) add("an assumption");
  return out;
}

bool relevant(const StackLine& line) {
  return line.because[static_cast<std::size_t>(Reason::other_sector)] < 1 - 1e-9;
}

std::string good_in_words(const Shipment& q, const ShipmentQuestion& a) {
  if (q.average)
    return fmt::format("average of the lane's {} tariff-line class{}, weighted by value",
                       q.goods.size(), q.goods.size() == 1 ? "" : "es");
  const auto& good = q.goods.front().first;
  auto out = "a good with an ordinary duty of " + percent_text(good.mfn_rate);
  out += a.lists.empty() ? ", on no product list" : ", on " + join(a.lists);
  if (a.entry_value) out += fmt::format(", {} USD an entry", *a.entry_value);
  return out;
}

} // namespace nearshore
