// How fast are the months on this machine?
#include "cli/command.hpp"
#include "cli/measure/bench_plan.hpp"
#include "cli/scratch_folder.hpp"
#include "output/tell.hpp"
#include "policy/error.hpp"
#include "sim/checkpoint/written_file.hpp"
#include "sim/config/paths.hpp"
#include "sim/config/settings.hpp"
#include "sim/machine.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>

namespace nearshore {
namespace {

struct Arguments {
  std::string file{"configs/history.toml"}, start{"2025-01"};
  std::vector<std::string> sets;
  std::optional<std::string> firms, threads, months, spin_up, json;
  std::string seed{"1"};
  bool quick{false}, whole{false};
};

/// One whole number within the bounds of a setting.
std::int64_t whole_number(std::string_view text, const std::string& option, std::int64_t low,
                          std::int64_t high) {
  std::int64_t value = 0;
  const auto [at, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || at != text.data() + text.size() || value < low || value > high)
    throw Error{ErrorKind::input, fmt::format("'{}'", text), option,
                fmt::format("a whole number from {} to {}", low, high)};
  return value;
}

/// "10000,100000": numbers between commas, each once.
std::vector<std::int64_t> numbers(const std::string& text, const std::string& option,
                                  std::int64_t low, std::int64_t high) {
  std::vector<std::int64_t> list;
  for (std::size_t from = 0; from <= text.size();) {
    const auto comma = std::min(text.find(',', from), text.size());
    const auto n =
        whole_number(std::string_view{text}.substr(from, comma - from), option, low, high);
    if (std::find(list.begin(), list.end(), n) != list.end())
      throw Error{ErrorKind::input, fmt::format("{} is given twice", n), option,
                  "each number once"};
    list.push_back(n);
    from = comma + 1;
  }
  std::sort(list.begin(), list.end());
  return list;
}

const Setting& setting(std::string_view key) {
  const auto table = setting_table();
  return *std::find_if(table.begin(), table.end(),
                       [&](const Setting& s) { return s.section == "run" && s.key == key; });
}

std::vector<std::int64_t> firms_asked(const Arguments& a) {
  const auto& bounds = setting("firms");
  if (a.firms) return numbers(*a.firms, "--firms", bounds.low, bounds.high);
  return a.quick ? std::vector<std::int64_t>{10'000}
                 : std::vector<std::int64_t>{10'000, 100'000, 1'000'000};
}

/// 1, 2, 4, ... and all processors.
std::vector<int> threads_asked(const Arguments& a) {
  if (!a.threads) {
    std::vector<int> list;
    for (int t = 1; t < processors(); t *= 2)
      list.push_back(t);
    list.push_back(processors());
    return list;
  }
  const auto list = numbers(*a.threads, "--threads", 1, setting("threads").high);
  return {list.begin(), list.end()};
}

/// The scenario with the months that are measured.
Scenario load_of(const Arguments& a) {
  const auto first = parse_month(a.start);
  if (!first) throw Error{ErrorKind::input, "'" + a.start + "'", "--start", "a month, YYYY-MM"};
  const auto months = a.months ? whole_number(*a.months, "--months", 1, 1200) : 12;
  const auto& spin_up = setting("spin_up");
  auto sets = a.sets;
  const auto set = [&](const std::string& key, const std::string& value) {
    sets.push_back("run." + key + "=" + value);
  };
  set("start", a.start);
  set("end", (*first + static_cast<int>(months - 1)).text());
  set("reference", a.start);
  const auto& seed = setting("seed");
  set("seed", std::to_string(whole_number(a.seed, "--seed", seed.low, seed.high)));
  set("spin_up",
      std::to_string(a.spin_up ? whole_number(*a.spin_up, "--spin-up", spin_up.low, spin_up.high)
                               : 6));
  return load_scenario(a.file, sets);
}

/// Where the figures go besides the table.
std::optional<OutputPlace> json_place(const Arguments& a) {
  if (!a.json || *a.json == "-") return std::nullopt;
  return OutputPlace{*a.json,
                     beginning_with("{\n  \"program\": \"nearshore\"", "JSON of nearshore bench"),
                     "--json",
                     {find_input(a.file)}};
}

int run(const Arguments& a) {
  const auto firms = firms_asked(a);
  const auto threads = threads_asked(a);
  const auto json = json_place(a);
  if (json) check_place(*json); // before minutes are spent
  const ScratchFolder scratch;
  const BenchPlan plan{{a.file, a.sets, scratch.path},
                       load_scenario(a.file, a.sets),
                       load_of(a),
                       firms,
                       threads,
                       a.whole};
  const auto result = run_bench(plan, [](const std::string& what) {
    tell(stderr, "bench: {}\n", what);
    std::fflush(stderr);
  });
  std::cout << (a.json == "-" ? bench_json(result) : bench_text(result));
  if (json) write_output(*json, bench_json(result));
  return 0;
}

} // namespace

Command bench_command() {
  return {
      "bench", "Measure the speed of the months, and of whole runs, on this machine",
      "  nearshore bench\n"
      "  nearshore bench --quick\n"
      "  nearshore bench --firms 10000,100000 --threads 1,2 --json bench.json\n"
      "Times are wall times: nothing else should run. The exit status is 0 also where a target\n"
      "is missed. docs/performance.md says what is measured and how.",
      [](OptionSet& options) {
        const auto a = std::make_shared<Arguments>();
        options.positional("FILE", a->file, "scenario (TOML)", false);
        options.option("--set", "KEY=VALUE", a->sets, "override a key; may be repeated");
        options.option("--firms", "LIST", a->firms, "sizes [10000,100000,1000000]");
        options.option("--threads", "LIST", a->threads, "threads [1,2,4,... all processors]");
        options.option("--start", "MONTH", a->start, "first month measured");
        options.option("--months", "N", a->months, "months measured [12]");
        options.option("--spin-up", "N", a->spin_up, "months of spin-up before them [6]");
        options.option("--seed", "N", a->seed, "random seed of the first world");
        options.option("--json", "FILE", a->json,
                       "write the figures there too; - for JSON "
                       "alone on standard output");
        options.flag("--quick", a->quick, "10,000 firms only");
        options.flag("--whole", a->whole, "whole runs also where they take minutes");
        return [a] { return run(*a); };
      }};
}

} // namespace nearshore
