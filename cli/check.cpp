#include "cli/command.hpp"
#include "cli/scenario_options.hpp"

#include <iostream>
#include <memory>

namespace nearshore {

Command check_command() {
  return {"check", "Validate a scenario and print it resolved, defaults included",
          "  nearshore check\n"
          "  nearshore check configs/history.toml --sources\n"
          "  nearshore check my.toml --set run.firms=100000 > resolved.toml",
          [](OptionSet& options) {
            struct Arguments {
              ScenarioOptions scenario;
              bool sources{false}, quiet{false};
            };
            const auto a = std::make_shared<Arguments>();
            a->scenario.declare(options);
            options.flag("--sources", a->sources, "say where each value was set");
            options.flag("--quiet", a->quiet, "print nothing if it is valid");
            return [a] {
              const auto scenario = a->scenario.load();
              if (!a->quiet)
                std::cout << (a->sources ? scenario.resolved_sources : scenario.resolved);
              return 0;
            };
          }};
}

} // namespace nearshore
