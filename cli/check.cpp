#include "cli/check_file.hpp"
#include "cli/command.hpp"
#include "cli/scenario_options.hpp"
#include "policy/error.hpp"

#include <iostream>
#include <memory>

namespace nearshore {
namespace {

struct Arguments {
  ScenarioOptions scenario;
  bool sources{false}, quiet{false};
};

int check(const Arguments& a) {
  if (is_hdf5(a.scenario.file)) {
    if (a.sources || !a.scenario.sets.empty())
      throw Error{ErrorKind::input, "--sources and --set are for scenarios", a.scenario.file,
                  "a file of results alone, or with --quiet"};
    return check_file(a.scenario.file, a.quiet);
  }
  const auto scenario = a.scenario.load();
  if (!a.quiet) std::cout << (a.sources ? scenario.resolved_sources : scenario.resolved);
  return 0;
}

} // namespace

Command check_command() {
  return {
      "check", "Validate a scenario and print it resolved; or say whether a run's file is whole",
      "  nearshore check\n"
      "  nearshore check configs/history.toml --sources\n"
      "  nearshore check my.toml --set run.firms=100000 > resolved.toml\n"
      "  nearshore check history.h5\n"
      "Of a run's file: whether it is as it was written, by which program, from which data. Exit "
      "status 0 if\n"
      "it is, 2 if it was changed, 4 if that cannot be told (it has no seal).",
      [](OptionSet& options) {
        const auto a = std::make_shared<Arguments>();
        a->scenario.declare(options);
        options.flag("--sources", a->sources, "say where each value was set");
        options.flag("--quiet", a->quiet, "print nothing if it is valid");
        return [a] { return check(*a); };
      }};
}

} // namespace nearshore
