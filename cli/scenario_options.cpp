#include "cli/scenario_options.hpp"

namespace nearshore {

void ScenarioOptions::declare(OptionSet& options) {
  options.positional("FILE", file, "scenario (TOML)", false);
  options.option("--set", "KEY=VALUE", sets,
                 "override a key, e.g. --set run.firms=20000; may be repeated");
}

void ScenarioOptions::declare_run(OptionSet& options) {
  options.option("--firms", "N", firms, "number of firms (run.firms)");
  options.option("--seed", "N", seed, "random seed (run.seed)");
  options.option("--threads", "N", threads, "threads, 0 for all cores (run.threads)");
  options.option("--end", "MONTH", end, "last month (run.end)");
  options.option("-o,--output", "FILE", output, "where the trajectory goes (run.output)");
}

std::vector<std::string> ScenarioOptions::overrides() const {
  auto out = sets;
  const auto add = [&](const char* key, const std::optional<std::string>& value) {
    if (value) out.push_back(std::string{key} + "=" + *value);
  };
  add("run.firms", firms);
  add("run.seed", seed);
  add("run.threads", threads);
  add("run.end", end);
  add("run.output", output);
  return out;
}

} // namespace nearshore
