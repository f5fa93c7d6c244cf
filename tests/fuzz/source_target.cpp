// The CSV files that the balance of the base year starts from. The first byte says which.
#include "policy/text.hpp"
#include "sim/balance/sources.hpp"
#include "tests/fuzz/targets.hpp"

#include <array>

namespace nearshore::fuzz {
namespace {

constexpr std::array<const char*, 13> kFiles{
    "confidence.csv",          "estimate_output.csv",   "estimate_trade.csv",
    "estimate_use.csv",        "processing.csv",        "origin_odds.csv",
    "import_partners.csv",     "import_sectors.csv",    "us_imports_by_partner.csv",
    "value_added_targets.csv", "reported_contents.csv", "trade_targets.csv",
    "published_trade.csv"};

} // namespace

void read_source(Bytes input) {
  static const Scratch folder{"source"};
  if (input.empty()) return;
  const std::string file = kFiles[input[0] % kFiles.size()];
  static std::array<std::string, kFiles.size()> whole;
  auto& kept = whole[input[0] % kFiles.size()];
  if (kept.empty()) kept = read_text_file(folder / file);
  folder.write(file, input.subspan(1));
  expect_only_errors([&] { (void)balance::read_sources(folder.folder()); });
  folder.write(file, std::string_view{kept});
}

} // namespace nearshore::fuzz
