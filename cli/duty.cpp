// The stack of duties on a shipment: each measure, its rate, why it applies or not, and the total.
#include "cli/command.hpp"
#include "policy/shipment.hpp"
#include "sim/config/load_scenario.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>

namespace nearshore {
namespace {

struct Arguments : ShipmentQuestion {
  std::string config{"configs/history.toml"};
  std::vector<std::string> sets;
  bool json{false};
};

void print_text(const Regime& regime, const Arguments& a, const Shipment& q,
                const ShipmentDuty& out) {
  const auto& law = regime.data();
  std::cout << fmt::format(
      "{} -> {}, {}, {}, {}{}\n", a.from, a.to, a.sector, a.month,
      q.agreement ? "claimed under " + law.agreements[*q.agreement].header.name : "not claimed",
      a.us_content ? ", " + a.to + " content " + percent_text(q.own_content) : "");
  std::cout << good_in_words(q, a) << "\n\n";
  std::cout << fmt::format("{:<22} {:<34} {:>10}  {}\n", "authority", "measure", "rate", "why");
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    const auto& line = out.lines[i];
    if (relevant(line))
      std::cout << fmt::format(
          "{:<22} {:<34} {:>10}  {}\n", law.authorities[line.measure->authority.index()].key,
          line.measure->name, percent_text(out.rates[i]), why(line, q, law.regions));
  }
  std::cout << fmt::format("{:<22} {:<34} {:>10}\n", "total", "", percent_text(out.total));
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

void print_json(const Regime& regime, const Arguments& a, const Shipment& q,
                const ShipmentDuty& out) {
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
              const auto question = understand(*scenario.regime, *a);
              const auto out = duty_on(*scenario.regime, question);
              (a->json ? print_json : print_text)(*scenario.regime, *a, question, out);
              return 0;
            };
          }};
}

} // namespace nearshore
