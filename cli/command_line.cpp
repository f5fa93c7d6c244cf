#include "cli/command_line.hpp"

#include "cli/command.hpp"
#include "output/version.hpp"

#include <CLI/CLI.hpp>

namespace nearshore {

std::vector<std::string> CommandLine::names() const {
  std::vector<std::string> out;
  for (const auto& command : commands)
    out.push_back(command.app->get_name());
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
      "`./nearshore test` (the launcher) builds and runs the tests.");
  for (const auto& command : all_commands()) {
    auto* sub = out.app->add_subcommand(command.name, command.summary);
    sub->footer("Examples:\n" + command.examples);
    sub->allow_extras();
    OptionSet options(*sub);
    out.commands.push_back({sub, command.declare(options)});
  }
  return out;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> out;
  for (const auto* option : app.get_options())
    for (const auto& name : option->get_lnames())
      out.push_back("--" + name);
  return out;
}

} // namespace nearshore
