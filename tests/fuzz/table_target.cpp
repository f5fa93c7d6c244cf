// The CSV files that a run reads, each beside whole ones of tests/fuzz/small. The first byte says
// which.
#include "policy/text.hpp"
#include "sim/claims_table.hpp"
#include "sim/config/policy_reader.hpp"
#include "sim/sector_behaviour.hpp"
#include "tests/fuzz/small_scenario.hpp"

#include <array>

namespace nearshore::fuzz {
namespace {

constexpr std::array<const char*, 15> kFiles{
    "regions.csv",      "sectors.csv",  "groups.csv",    "producers.csv", "inputs.csv",
    "final_demand.csv", "bridge.csv",   "behaviour.csv", "mfn_lines.csv", "product_lists.csv",
    "entry_values.csv", "schedule.csv", "claims.csv",    "regions.csv",   "sectors.csv"};

struct Fixture {
  Scratch folder{"table"};
  WorldTable world = read_world_table(folder.folder());
  WorldNames names = names_of(world);
  Document base = parse_document(base_toml(folder), "base");
  std::array<std::string, kFiles.size()> whole;
  Fixture() {
    for (std::size_t i = 0; i < kFiles.size(); ++i)
      whole[i] = read_text_file(folder / kFiles[i]);
  }
};

void read(std::size_t which, const Fixture& f) {
  if (which <= 5) {
    (void)read_world_table(f.folder.folder());
  } else if (which == 6) {
    const std::vector<std::string> names{"pact"}, authorities{"mfn"};
    (void)read_reporting(*f.base.root().optional_table("reporting"), f.world, f.folder.folder(),
                         names, authorities);
  } else if (which == 7) {
    (void)read_sector_behaviour(f.folder / "behaviour.csv", f.world);
  } else if (which <= 11) {
    (void)read_regime(f.base.root(), f.names);
  } else if (which == 12) {
    const auto table = read_claims_table(f.folder / "claims.csv");
    (void)claims_table_text(table, {"again"});
  } else {
    (void)read_world_names(f.folder.folder());
  }
}

} // namespace

void read_table(Bytes input) {
  static const Fixture fixture;
  if (input.empty()) return;
  const std::size_t which = input[0] % kFiles.size();
  fixture.folder.write(kFiles[which], input.subspan(1));
  expect_only_errors([&] { read(which, fixture); });
  fixture.folder.write(kFiles[which], std::string_view{fixture.whole[which]});
}

} // namespace nearshore::fuzz
