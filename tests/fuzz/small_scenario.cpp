#include "tests/fuzz/small_scenario.hpp"

#include "policy/text.hpp"

namespace nearshore::fuzz {

std::string with_paths(std::string toml, const Scratch& folder) {
  for (auto at = toml.find("\"@"); at != toml.npos; at = toml.find("\"@", at))
    toml.replace(at + 1, 1, folder.folder());
  return toml;
}

std::string base_toml(const Scratch& folder) {
  return with_paths(read_text_file(folder / "base.toml"), folder);
}

Scenario small_scenario(const Scratch& folder) {
  auto s = load_scenario_text(base_toml(folder), folder / "base.toml");
  s.run.firms = 40;
  auto& text = s.resolved_outcome; // the same in every folder
  for (auto at = text.find(folder.folder()); at != text.npos; at = text.find(folder.folder()))
    text.replace(at, folder.folder().size(), "@");
  return s;
}

} // namespace nearshore::fuzz
