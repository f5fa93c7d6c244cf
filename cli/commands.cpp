#include "cli/command.hpp"

namespace nearshore {

#define NEARSHORE_COMMAND(name) Command name##_command();
#include "cli/commands.def"
#undef NEARSHORE_COMMAND

std::vector<Command> all_commands() {
  return {
#define NEARSHORE_COMMAND(name) name##_command(),
#include "cli/commands.def"
#undef NEARSHORE_COMMAND
  };
}

} // namespace nearshore
