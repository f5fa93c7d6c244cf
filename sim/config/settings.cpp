#include "sim/config/settings.hpp"

#include "policy/one_line.hpp"
#include "policy/text.hpp"
#include "sim/sector_behaviour.hpp"

#include <fmt/format.h>

#include <array>

namespace nearshore {
namespace {

template <class... Ts> struct Overloaded : Ts... { using Ts::operator()...; };
template <class... Ts> Overloaded(Ts...) -> Overloaded<Ts...>;

constexpr std::int64_t kMost =
    9'007'199'254'740'992; // 2^53: exact also where a reader knows doubles only

std::string text_of(bool value) {
  return value ? "true" : "false";
}

} // namespace

std::span<const Setting> setting_table() {
  using R = RunSettings;
  using W = Switches;
  static const std::array kTable{
      Setting{"run", "start", &R::start, 0, 0, "month", "first month written"},
      Setting{"run", "end", &R::end, 0, 0, "month", "last month written"},
      Setting{"run", "spin_up", &R::spin_up, 0, 1200, "months",
              "months before `start`, under the policy of `start`, not written: the population "
              "settles"},
      Setting{"run", "firms", &R::firms, 1000, 2'000'000, "firms", "size of the population"},
      Setting{"run", "seed", &R::seed, 0, kMost, "1", "every random draw follows from it"},
      Setting{"run", "threads", &R::threads, 0, 1024, "threads",
              "0: all cores; no result depends on it", false},
      Setting{"run", "closure", &R::closure, 0, 0, "",
              "how factor cost answers to output, and whether trade is balanced"},
      Setting{
          "run", "reference", &R::reference, 0, 0, "month",
          "month against which the change of the claim share is counted; when not set and outside "
          "the run, its first month"},
      Setting{"run", "world", &R::world, 0, 0, "folder",
              "the balanced world table of the base year"},
      Setting{"run", "output", &R::output, 0, 0, "file",
              "the trajectory, HDF5; when not set, the scenario file's name with .h5", false},
      Setting{"run", "structure", &R::structure, 0, 0, "",
              "true: keep how firms are spread (claims by size, tails, links that broke by age); "
              "off, these outputs are NaN"},
      Setting{"switches", "claims", &W::claims, 0, 0, "",
              "false: claims stay as they were at the end of the spin-up"},
      Setting{"switches", "resourcing", &W::resourcing, 0, 0, "",
              "false: firms only replace suppliers whose contracts end, in the same region"},
      Setting{"switches", "observation", &W::observation, 0, 0, "",
              "false: statistics record every claim"},
      Setting{"switches", "capacity", &W::capacity, 0, 0, "",
              "false: no investment, entry or exit"},
  };
  return kTable;
}

std::span<const std::string> closure_names() {
  static const std::array<std::string, 3> kNames{"fixed_wage", "labour_supply", "balanced_trade"};
  return kNames;
}

std::string default_text(const Setting& setting) {
  static const RunSettings run;
  static const Switches switches;
  const auto shown = Overloaded{
      [](Month m) { return "\"" + m.text() + "\""; },
      [](const std::string& s) { return "\"" + s + "\""; },
      [](Closure c) { return "\"" + closure_names()[static_cast<std::size_t>(c)] + "\""; },
      [](bool b) { return text_of(b); },
      [](auto number) { return std::to_string(number); },
  };
  return std::visit(Overloaded{[&](bool Switches::*m) { return shown(switches.*m); },
                               [&](auto RunSettings::*m) { return shown(run.*m); }},
                    setting.member);
}

std::string allowed_text(const Setting& setting) {
  const auto whole = [&] { return fmt::format("{} to {}", setting.low, setting.high); };
  return std::visit(
      Overloaded{[](bool RunSettings::*) { return std::string{"true, false"}; },
                 [](Month RunSettings::*) { return std::string{"a month, \"YYYY-MM\""}; },
                 [](std::string RunSettings::*) { return std::string{"a path"}; },
                 [](Closure RunSettings::*) { return join(closure_names()); },
                 [](bool Switches::*) { return std::string{"true, false"}; },
                 [&](auto RunSettings::*) { return whole(); }},
      setting.member);
}

void read_settings(const Document& document, RunSettings& run, Switches& switches) {
  const auto top = document.root();
  for (const auto& s : setting_table()) {
    const auto table = top.table(s.section);
    const auto whole = [&](auto& value) {
      using Number = std::remove_reference_t<decltype(value)>;
      value = static_cast<Number>(
          table.integer(s.key, s.low, s.high, static_cast<std::int64_t>(value)));
    };
    std::visit(Overloaded{
                   [&](Month RunSettings::*m) {
                     // An unset reference follows the start (below); the month shown is the one
                     // used.
                     if (m == &RunSettings::reference && !table.has(s.key) &&
                         (run.reference < run.start || run.reference > run.end))
                       run.reference = run.start;
                     run.*m = table.month(s.key, run.*m);
                   },
                   [&](std::string RunSettings::*m) {
                     run.*m = table.text(s.key, run.*m);
                     if (has_control_character(run.*m))
                       throw table.error(s.key, "a control character in '" + run.*m + "'",
                                         "a path without");
                   },
                   [&](Closure RunSettings::*m) {
                     run.*m = static_cast<Closure>(
                         table.choice(s.key, closure_names(), static_cast<std::size_t>(run.*m)));
                   },
                   [&](bool RunSettings::*m) { run.*m = table.boolean(s.key, run.*m); },
                   [&](bool Switches::*m) { switches.*m = table.boolean(s.key, switches.*m); },
                   [&](auto RunSettings::*m) { whole(run.*m); },
               },
               s.member);
  }
  const auto table = top.table("run");
  if (run.end < run.start)
    throw table.error(
        table.has("end") ? "end" : "start",
        fmt::format("run.end = {} is before run.start = {}", run.end.text(), run.start.text()),
        "a month not before run.start");
  if (run.reference < run.start || run.reference > run.end)
    throw table.error("reference",
                      fmt::format("run.reference = {} is outside the run", run.reference.text()),
                      fmt::format("{} to {}", run.start.text(), run.end.text()));
}

Parameters read_parameters(const Document& document) {
  Parameters out;
  const auto table = document.root().table("parameters");
  for (const auto& p : parameter_table())
    out.*p.member = p.whole()
                        ? static_cast<double>(table.integer(p.key, static_cast<std::int64_t>(p.low),
                                                            static_cast<std::int64_t>(p.high),
                                                            static_cast<std::int64_t>(p.value)))
                        : table.number(p.key, p.low, p.high, p.value);
  return out;
}

std::string parameters_page() {
  const auto cell = [](std::string_view text) {
    std::string out;
    for (const char c : text)
      out += c == '|' ? std::string{"\\|"} : std::string{c};
    return out;
  };
  std::string out = "# Settings and parameters\n\n"
                    "Made from the code's own tables by `./nearshore docs parameters > "
                    "docs/parameters.md`; do not "
                    "edit.\nEvery key can be set in a file and by `--set KEY=VALUE`, e.g. `--set "
                    "run.firms=100000`.\n";
  std::string_view section;
  for (const auto& s : setting_table()) {
    if (s.section != section) {
      section = s.section;
      out += fmt::format(
          "\n## [{}]\n\n| key | default | allowed | unit | meaning |\n|---|---|---|---|---|\n",
          section);
    }
    out += fmt::format("| `{}` | `{}` | {} | {} | {} |\n", s.key, default_text(s),
                       cell(allowed_text(s)), cell(s.unit), cell(s.meaning));
  }
  out += "\n## [parameters]\n\nBehaviour. A value outside its range is refused.\n\n"
         "| key | default | range | unit | meaning | source |\n|---|---|---|---|---|---|\n";
  for (const auto& p : parameter_table())
    out += fmt::format("| `{}` | {} | {} to {} | {} | {} | {} |\n", p.key, p.value, p.low, p.high,
                       cell(p.unit), cell(p.meaning), cell(p.source));
  out += "\n## [sectors]\n\n`behaviour` names the table of behaviour by sector (default "
         "`configs/data/sector_behaviour.csv`, which\nholds the values and their sources); "
         "`[sectors.NAME]` changes it for one sector, e.g. `--set "
         "sectors.metals.lead_high=9`.\n\n| key | range | unit | meaning |\n|---|---|---|---|\n";
  for (const auto& k : sector_keys())
    out += fmt::format("| `{}` | {} to {} | {} | {} |\n", k.key, k.low, k.high, cell(k.unit),
                       cell(k.meaning));
  return out;
}

} // namespace nearshore
