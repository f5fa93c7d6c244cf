#include "cli/command_line.hpp"

#include "cli/command.hpp"
#include "output/version.hpp"

#include <CLI/CLI.hpp>

namespace nearshore {

namespace {

/// A command and, before it, those below it.
void declare(CLI::App& app, const Command& command, std::vector<DeclaredCommand>& declared) {
  auto* sub = app.add_subcommand(command.name, command.summary);
  sub->footer("Examples:\n" + command.examples);
  sub->allow_extras();
  for (const auto& child : command.children)
    declare(*sub, child, declared);
  OptionSet options(*sub);
  declared.push_back({sub, command.declare(options)});
}

} // namespace

std::vector<std::string> CommandLine::names() const {
  std::vector<std::string> out;
  for (const auto& command : commands)
    if (command.app->get_parent() == app.get()) out.push_back(command.app->get_name());
  return out;
}

CommandLine declare_commands() {
  CommandLine out;
  out.app = std::make_shared<CLI::App>(
      "North American firm sourcing under tariffs: a tariff regime in, a trajectory out.",
      "nearshore");
  out.app->set_version_flag("--version", std::string{version()},
                            "print the version, its commit and how it was built");
  out.app->require_subcommand(1);
  out.app->footer(
      "Without a command: run. `nearshore COMMAND --help` shows a command's options and examples;\n"
      "`./nearshore test` (the launcher) builds and runs the tests.\n\n"
      "Exit status: 0 well, 1 a fault of the program, 2 wrong input, 3 a file that cannot be "
      "written,\n"
      "4 an account that does not balance, 5 stopped by a signal after a checkpoint, 6 not enough\n"
      "memory, 7 disk full, 8 limit on the size of files, 9 nobody reads standard output, 10 "
      "another\n"
      "run is writing the same file (docs/reliability.md).");
  for (const auto& command : all_commands())
    declare(*out.app, command, out.commands);
  return out;
}

std::string words_before(const CLI::App& command) {
  const auto* parent = command.get_parent();
  if (parent == nullptr) return "";
  const auto above = words_before(*parent);
  return (above.empty() ? "" : above + " ") + parent->get_name();
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> out;
  for (const auto* option : app.get_options())
    for (const auto& name : option->get_lnames())
      out.push_back("--" + name);
  return out;
}

} // namespace nearshore
