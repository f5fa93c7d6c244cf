// TOML as a scenario is read, but for the world's tables, which do not depend on it. A first line
// "#set KEY=VALUE" is an override; "@/" is the folder of base.toml, which is there to be extended.
#include "sim/config/policy_reader.hpp"
#include "sim/config/settings.hpp"
#include "tests/fuzz/small_scenario.hpp"

#include <stdexcept>
#include <vector>

namespace nearshore::fuzz {
namespace {

struct Fixture {
  Scratch folder{"configuration"};
  WorldTable world;
  WorldNames names;
  Fixture() {
    folder.write("base.toml", std::string_view{base_toml(folder)});
    world = read_world_table(folder.folder());
    names = names_of(world);
  }
};

/// As load_scenario does.
void read_all(const Document& document, const Fixture& f) {
  const auto root = document.root();
  (void)root.text("title", "untitled");
  (void)root.optional_text("description");
  RunSettings run;
  Switches switches;
  read_settings(document, run, switches);
  (void)read_parameters(document);
  for (const auto* section : {"run", "switches", "parameters"})
    root.table(section).finish();
  (void)read_sectors(root, f.world);
  const auto regime = read_regime(root, f.names);
  if (const auto section = root.optional_table("reporting")) {
    std::vector<std::string> agreements, authorities;
    for (const auto& a : regime.data().agreements)
      agreements.push_back(a.header.name);
    for (const auto& a : regime.data().authorities)
      authorities.push_back(a.key);
    (void)read_reporting(*section, f.world, f.folder.folder(), agreements, authorities);
  }
  document.finish();
  (void)regime.compile(run.start);
}

} // namespace

void read_configuration(Bytes input) {
  static const Fixture fixture;
  std::string_view toml = text(input);
  std::vector<std::string> sets;
  constexpr std::string_view kSet = "#set ";
  while (toml.starts_with(kSet) && sets.size() < 4) {
    const auto end = std::min(toml.find('\n'), toml.size());
    sets.emplace_back(toml.substr(kSet.size(), end - kSet.size()));
    toml.remove_prefix(std::min(end + 1, toml.size()));
  }
  std::string resolved;
  expect_only_errors([&] {
    const auto document = parse_document(with_paths(std::string{toml}, fixture.folder),
                                         fixture.folder / "fuzz.toml", sets);
    read_all(document, fixture);
    resolved = document.resolved(false);
    (void)document.resolved(true);
  });
  if (resolved.empty()) return;
  try { // what a run carries must be read again
    read_all(parse_document(resolved, "resolved"), fixture);
  } catch (const Error& e) {
    throw std::logic_error{std::string{"the resolved configuration cannot be read: "} + e.what()};
  }
}

} // namespace nearshore::fuzz
