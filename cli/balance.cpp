#include "sim/balance/balance.hpp"

#include "cli/command.hpp"
#include "policy/error.hpp"
#include "sim/config/paths.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

namespace nearshore {
namespace {

using namespace balance;

struct Arguments {
  std::string inputs{"configs/data/sources"};
  std::optional<std::string> output;
  std::optional<double> asia_share;
  bool check{false}, variants{false};
};

void print_fit(const Balance& b) {
  std::cout << fmt::format("{:<20} {:<44} {:>12} {:>12} {:>9}\n", "group", "item", "given", "table",
                           "tolerance");
  std::size_t targets = 0, met = 0, held_out = 0, right = 0, imports = 0, imports_met = 0;
  double worst = 0;
  for (const auto& row : measure_fit(b.sources, b.table)) {
    (row.is_target ? targets : held_out) += 1;
    (row.is_target ? met : right) += row.within();
    if (row.group == kImports) { // sixty rows: counted, and shown only where they miss
      ++imports;
      imports_met += row.within();
      worst = std::max(worst, std::abs(row.achieved / row.target - 1));
      if (row.within()) continue;
    }
    const int decimals = row.unit == "%" ? 2 : 0;
    std::cout << fmt::format("{:<20} {:<44} {:>12.{}f} {:>12.{}f} {:>9.{}f} {}{}\n", row.group,
                             row.item, row.target, decimals, row.achieved, decimals, row.tolerance,
                             decimals, row.is_target ? "" : "prediction",
                             row.within() ? "" : (row.is_target ? "MISSED" : ": outside"));
  }
  std::cout << fmt::format(
      "published imports by partner and sector: {} of {} within tolerance, worst {:.3f} %\n"
      "targets {} of {} met; predictions {} of {} within the same tolerance\n",
      imports_met, imports, 100 * worst, met, targets, right, held_out);
}

void print_identification(const Balance& b) {
  const auto& solution = b.solution;
  std::cout << fmt::format(
      "\n{} iterations; cells moved {:.2f} % on average, technology {:.2f} %\n\n"
      "{:<44} {:>9} {:>16} {:>16}\n",
      solution.iterations, 100 * solution.mean_change, 100 * solution.technology_change,
      "share of value added in exports, %", "table", "sd, prior", "sd, controlled");
  for (const auto& i : solution.identification)
    std::cout << fmt::format("{:<44} {:>9.2f} {:>16.2f} {:>16.2f}\n", i.name, 100 * i.value,
                             100 * i.prior_sd, 100 * i.remaining_sd);
}

void print_variants(const Sources& sources) {
  const auto variants = run_variants(sources);
  std::cout << "\nvariants, share of value added in exports, %\n";
  for (std::size_t v = 0; v < variants.size(); ++v)
    std::cout << fmt::format("  [{}] {} ({} targets missed)\n", v, variants[v].name,
                             variants[v].missed);
  std::cout << fmt::format("{:<44}", "");
  for (std::size_t v = 0; v < variants.size(); ++v)
    std::cout << fmt::format(" {:>6}", fmt::format("[{}]", v));
  std::cout << '\n';
  for (std::size_t i = 0; i < sources.reported.size(); ++i) {
    std::cout << fmt::format("{:<44}", sources.reported[i].name);
    for (const auto& v : variants)
      std::cout << fmt::format(" {:>6.2f}", 100 * v.values[i]);
    std::cout << '\n';
  }
}

int run(const Arguments& a) {
  const auto inputs = find_input(a.inputs);
  std::error_code ignored;
  if (a.output && std::filesystem::equivalent(*a.output, inputs, ignored))
    throw Error(ErrorKind::input, "the world would replace the sources that it is made from",
                "--output", "another folder");
  auto sources = read_sources(inputs);
  std::string output = a.output.value_or("configs/data/world");
  if (a.asia_share) {
    set_intra_share(sources, "asia", *a.asia_share);
    if (!a.output) output += fmt::format("_asia{:.0f}", 100 * *a.asia_share);
  }
  const auto b = run_balance(std::move(sources), inputs);
  print_fit(b);
  print_identification(b);
  if (a.variants) print_variants(b.sources);
  if (a.check) {
    const auto folder = find_input(output);
    const auto differences = compare_files(b.files, folder);
    for (const auto& d : differences)
      std::cerr << d << '\n';
    if (!differences.empty())
      throw Error(ErrorKind::invariant, "the tables are not what the procedure gives", folder,
                  "the files as written by `nearshore balance`");
    std::cout << fmt::format("\n{}: {} files equal the rerun\n", folder, b.files.size());
    return 0;
  }
  // Without --output the project's own tables are meant, from any folder.
  const auto folder = a.output ? output : project_root() + "/" + output;
  write_files(b.files, folder);
  std::cout << fmt::format("\nwritten: {} files in {}\n", b.files.size(), folder);
  return 0;
}

} // namespace

Command balance_command() {
  return {"balance", "Rerun the balancing of the base-year world table, offline",
          "  nearshore balance --check\n"
          "  nearshore balance --asia-share 0.52 --check\n"
          "  nearshore balance --inputs my_sources --output my_world",
          [](OptionSet& options) {
            const auto a = std::make_shared<Arguments>();
            options.option("--inputs", "DIR", a->inputs,
                           "folder of sources (estimates, published figures, targets)");
            options.option("--output", "DIR", a->output,
                           "folder to write [configs/data/world; with --asia-share 0.52: "
                           "configs/data/world_asia52]");
            options.option(
                "--asia-share", "SHARE", a->asia_share,
                "intraregional share of Asia's intermediate trade instead of the sources' one");
            options.flag(
                "--check", a->check,
                "write nothing; compare the folder with the rerun, status 4 if it differs");
            options.flag("--variants", a->variants,
                         "also balance under other assumptions and show what moves");
            return [a] { return run(*a); };
          }};
}

} // namespace nearshore
