#include "cli/command_line.hpp"

#include "cli/command.hpp"
#include "output/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

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

std::string exit_text() {
  std::string out = "Exit status (docs/reliability.md):\n";
  for (const auto& [status, meaning] : exit_statuses())
    out += fmt::format("  {:>2}  {}\n", status, meaning);
  return out;
}

} // namespace

std::vector<std::pair<int, std::string>> exit_statuses() {
  return {{0, "well"},
          {1, "a fault of the program"},
          {2, "wrong input: file, line and column, what is allowed, the nearest valid key"},
          {3, "a file that cannot be written; packages that are missing"},
          {4, "an account that does not balance; files that differ (reproduce, --exact, --check); "
              "--strict: a target missed"},
          {5, "stopped by a signal after a checkpoint"},
          {6, "not enough memory"},
          {7, "disk full"},
          {8, "a limit on the size of files"},
          {9, "nobody reads standard output"},
          {10, "another run is writing the same file"},
          {11, "sweep: runs failed, or are left"}};
}

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
      std::string{} +
      "Without a command: run. `nearshore COMMAND --help` shows a command's options and examples;\n"
      "`./nearshore test` (the launcher) builds and runs the tests.\n\n" +
      exit_text());
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
