#pragma once
// A command of the program. To add one: a file cli/NAME.cpp that defines `Command NAME_command()`,
// and a line in cli/commands.def.
#include "cli/options.hpp"

#include <functional>
#include <string>
#include <vector>

namespace nearshore {

struct Command {
  std::string name;
  std::string summary;  ///< one line for the list of commands
  std::string examples; ///< lines shown at the end of --help
  /// Declares the arguments; the action that it returns runs after parsing and gives the exit code
  /// (0: well). Faults are thrown as Error.
  std::function<std::function<int()>(OptionSet&)> declare;
  /// Commands below this one: `nearshore NAME CHILD`.
  std::vector<Command> children{};
};

/// All commands, in the order of --help.
std::vector<Command> all_commands();

} // namespace nearshore
