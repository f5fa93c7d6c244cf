// The stack of duties on a shipment: each measure, its rate, why it applies or not, and the total.
#include "cli/command.hpp"
#include "policy/error.hpp"
#include "policy/explain.hpp"
#include "policy/text.hpp"
#include "sim/config/load_scenario.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <memory>
#include <optional>

namespace nearshore {
namespace {

struct Arguments {
  std::string from, to, sector, month, config{"configs/history.toml"};
  std::optional<double> us_content, mfn_rate, entry_value;
  std::vector<std::string> lists, sets;
  bool claim{false}, json{false};
};

struct Question {
  RegionId importer, origin;
  SectorId sector;
  Month month;
  double own_content{0};
  std::vector<std::pair<Good, double>> goods; // with weights
  std::optional<std::size_t> agreement;       // claimed
  bool average{true};                         // over the classes of the lane
};

struct Answer {
  std::vector<StackLine> lines;
  std::vector<double> rates;        // [line], of the whole value
  std::vector<double> by_authority; // [authority]
  double total{0};
};

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
void lane_goods(const Regime& regime, Question& q, Bits wanted) {
  double all = 0;
  for (const auto& line : regime.lines())
    if (line.origin == q.origin && line.sector == q.sector && (line.lists & wanted) == wanted) {
      q.goods.push_back({{q.sector, line.mfn_rate, line.lists, line.entry_value, 0}, line.share});
      all += line.share;
    }
  for (auto& good : q.goods)
    good.second /= all;
}

void choose_goods(const Regime& regime, const Arguments& a, Question& q) {
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
  q.goods.push_back({good, 1});
}

Question ask(const Regime& regime, const Arguments& a) {
  const auto& law = regime.data();
  Question q;
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

Answer answer(const Regime& regime, const Question& q) {
  Answer out;
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

std::string percent(double share) {
  return fmt::format("{:.4g} %", 100 * share);
}

// Why a measure takes what it takes: reasons with their shares where goods or days differ.
std::string why(const StackLine& line, const Question& q, const std::vector<std::string>& regions) {
  static const std::array<const char*, kReasons> kWords{
      "applies",           "another sector",        "not on its product lists",
      "on an exempt list", "exempt as originating", "displaced"};
  const auto& m = *line.measure;
  std::string out;
  const auto add = [&](const std::string& words) { out += (out.empty() ? "" : "; ") + words; };
  for (std::size_t r = 0; r < kReasons; ++r) {
    if (line.because[r] < 1e-9) continue;
    std::string words = kWords[r];
    if (line.because[r] < 1 - 1e-6) words += " to " + percent(line.because[r]) + " of the value";
    add(words);
  }
  if (line.displaced > 1e-9) {
    std::vector<std::string> names;
    for (const auto* other : line.displaced_by)
      names.push_back(other->name);
    add("gives way on " + percent(line.displaced) + " of the value to " + join(names));
  }
  const auto last = Date{q.month.year(), q.month.month(), q.month.days()};
  const auto& terms = m.terms(m.end && *m.end <= last ? m.start : last);
  if (line.content > 0) add("only on content from outside " + regions[q.importer.index()]);
  if (terms.all_in) add("the rate includes the ordinary duty");
  const auto s = q.sector.index();
  if (terms.part[s] < 1) add("on " + percent(terms.part[s]) + " of a good's value");
  if (terms.coverage[s] < 1) add("covers " + percent(terms.coverage[s]) + " of the sector");
  if (terms.quota_free > 0) add(percent(terms.quota_free) + " enters within the quota");
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

std::string good_in_words(const Question& q, const Arguments& a) {
  if (q.average)
    return fmt::format("average of the lane's {} tariff-line classes, weighted by value",
                       q.goods.size());
  const auto& good = q.goods.front().first;
  auto out = "a good with an ordinary duty of " + percent(good.mfn_rate);
  out += a.lists.empty() ? ", on no product list" : ", on " + join(a.lists);
  if (a.entry_value) out += fmt::format(", {} USD an entry", *a.entry_value);
  return out;
}

void print_text(const Regime& regime, const Arguments& a, const Question& q, const Answer& out) {
  const auto& law = regime.data();
  std::cout << fmt::format("{} -> {}, {}, {}, {}{}\n", a.from, a.to, a.sector, a.month,
                           q.agreement ? "claimed under " + law.agreements[*q.agreement].header.name
                                       : "not claimed",
                           a.us_content ? ", " + a.to + " content " + percent(q.own_content) : "");
  std::cout << good_in_words(q, a) << "\n\n";
  std::cout << fmt::format("{:<22} {:<34} {:>10}  {}\n", "authority", "measure", "rate", "why");
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    const auto& line = out.lines[i];
    if (relevant(line))
      std::cout << fmt::format(
          "{:<22} {:<34} {:>10}  {}\n", law.authorities[line.measure->authority.index()].key,
          line.measure->name, percent(out.rates[i]), why(line, q, law.regions));
  }
  std::cout << fmt::format("{:<22} {:<34} {:>10}\n", "total", "", percent(out.total));
  if (law.known_until && Date{q.month.year(), q.month.month(), 1} >= *law.known_until &&
      !law.assumption.empty())
    std::cout << "\nAssumed: " << law.assumption << '\n';
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<int>(c));
    else
      out += c;
  }
  return out + "\"";
}

void print_json(const Regime& regime, const Arguments& a, const Question& q, const Answer& out) {
  const auto& law = regime.data();
  std::string text = fmt::format("{{\n  \"from\": {}, \"to\": {}, \"sector\": {}, \"month\": {},\n",
                                 quoted(a.from), quoted(a.to), quoted(a.sector), quoted(a.month));
  text += fmt::format("  \"claim\": {}, \"importer_content\": {}, \"good\": {},\n  \"stack\": [\n",
                      q.agreement ? quoted(law.agreements[*q.agreement].header.name) : "null",
                      q.own_content, quoted(good_in_words(q, a)));
  bool first = true;
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    const auto& line = out.lines[i];
    if (!relevant(line)) continue;
    const auto& m = *line.measure;
    text += fmt::format("{}    {{\"authority\": {}, \"measure\": {}, \"rate\": {}, \"applies_to\": "
                        "{}, \"days\": {}, "
                        "\"why\": {}, \"source\": {}, \"confidence\": {}, \"assumption\": {}}}",
                        first ? "" : ",\n", quoted(law.authorities[m.authority.index()].key),
                        quoted(m.name), out.rates[i], line.because[0], line.days,
                        quoted(why(line, q, law.regions)), quoted(m.source), quoted(m.confidence),
                        m.assumption);
    first = false;
  }
  text += "\n  ],\n  \"by_authority\": {";
  for (std::size_t i = 0; i < out.by_authority.size(); ++i)
    text += fmt::format("{}{}: {}", i == 0 ? "" : ", ", quoted(law.authorities[i].key),
                        out.by_authority[i]);
  std::cout << text << fmt::format("}},\n  \"total\": {}\n}}\n", out.total);
}

} // namespace

Command duty_command() {
  return {"duty", "Print the stack of duties on a shipment: each measure, its rate, and why",
          "  nearshore duty --from MX --to US --sector auto_parts --month 2025-06 --claim\n"
          "  nearshore duty --from MX --to US --sector motor_vehicles --month 2025-06 --claim "
          "--us-content 0.35 "
          "--mfn-rate 0.025 --list autos\n"
          "  nearshore duty --from CN --to US --sector electronics --month 2025-04 --json",
          [](OptionSet& options) {
            const auto a = std::make_shared<Arguments>();
            options.option("--from", "REGION", a->from, "origin of the good", true);
            options.option("--to", "REGION", a->to, "importer", true);
            options.option("--sector", "SECTOR", a->sector, "sector of the good", true);
            options.option("--month", "MONTH", a->month, "e.g. 2025-06; days are weighted", true);
            options.flag("--claim", a->claim, "origin is claimed under the agreement of both");
            options.option(
                "--us-content", "SHARE", a->us_content,
                "importer's own content of the value, 0 to 1 (matters where only the rest pays)");
            options.option("--mfn-rate", "RATE", a->mfn_rate,
                           "ordinary duty of one good, e.g. 0.025");
            options.option("--list", "NAME", a->lists,
                           "product list of one good; may be repeated. Without --list and "
                           "--mfn-rate: the lane's average");
            options.option("--entry-value", "USD", a->entry_value,
                           "value of a customs entry (bounds of the fee)");
            options.option("--config", "FILE", a->config, "scenario (TOML)");
            options.option("--set", "KEY=VALUE", a->sets,
                           "override a key of the scenario; may be repeated");
            options.flag("--json", a->json, "machine-readable; rates as shares of value");
            return [a] {
              const auto scenario = load_scenario(a->config, a->sets);
              const auto question = ask(*scenario.regime, *a);
              const auto out = answer(*scenario.regime, question);
              (a->json ? print_json : print_text)(*scenario.regime, *a, question, out);
              return 0;
            };
          }};
}

} // namespace nearshore
