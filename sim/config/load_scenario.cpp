#include "sim/config/load_scenario.hpp"

#include "sim/config/paths.hpp"
#include "sim/config/settings.hpp"

namespace nearshore {

Scenario load_scenario(const std::string& path, std::span<const std::string> set_overrides) {
  const auto document = load_document(find_input(path), set_overrides);
  Scenario out;
  out.file = path;
  out.title = document.root().text("title", "untitled");
  out.description = document.root().optional_text("description").value_or("");
  read_settings(document, out.run, out.switches);
  out.parameters = read_parameters(document);
  document.finish();

  std::vector<std::string> left_out;
  for (const auto& s : setting_table())
    if (!s.affects_results) left_out.push_back(std::string{s.section} + "." + std::string{s.key});
  out.resolved = document.resolved(false);
  out.resolved_sources = document.resolved(true);
  out.resolved_outcome = document.resolved(false, left_out);
  return out;
}

} // namespace nearshore
