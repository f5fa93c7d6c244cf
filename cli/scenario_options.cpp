#include "cli/scenario_options.hpp"

namespace nearshore {

void refuse_set(const std::vector<std::string>& sets, const std::string& key,
                const std::string& why, const std::string& instead) {
  for (const auto& set : sets)
    if (set.starts_with(key + "="))
      throw Error{ErrorKind::input, "would be ignored: " + why, "--set " + set, instead};
}

void ScenarioOptions::declare(OptionSet& options) {
  options.positional("FILE", file, "scenario (TOML)", false);
  options.option("--set", "KEY=VALUE", sets,
                 "override a key, e.g. --set run.firms=20000; may be repeated");
}

void ScenarioOptions::declare_run(OptionSet& options) {
  options.option("--firms", "N", firms, "number of firms, about (run.firms)");
  options.option("--seed", "N", seed, "random seed (run.seed)");
  options.option("--threads", "N", threads, "threads, 0 for all cores (run.threads)");
  options.option("--end", "MONTH", end, "last month (run.end)");
  options.option("-o,--output", "FILE", output, "where the trajectory goes (run.output)");
}

std::vector<ScenarioOptions::Short> ScenarioOptions::shorts() const {
  return {{"--firms", "run.firms", firms},
          {"--seed", "run.seed", seed},
          {"--threads", "run.threads", threads},
          {"--end", "run.end", end},
          {"--output", "run.output", output}};
}

std::vector<std::string> ScenarioOptions::overrides() const {
  auto out = sets;
  for (const auto& s : shorts())
    if (s.value) out.push_back(s.key + "=" + *s.value);
  return out;
}

Scenario ScenarioOptions::load() const {
  try {
    return load_scenario(file, overrides());
  } catch (const Error& e) {
    for (const auto& s : shorts())
      if (s.value && e.where == "--set " + s.key + "=" + *s.value)
        throw Error(e.kind, e.what_is_wrong, s.option + " " + *s.value, e.allowed, e.suggestion);
    throw;
  }
}

} // namespace nearshore
