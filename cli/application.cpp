#include "cli/application.hpp"

#include "cli/command_line.hpp"
#include "output/version.hpp"
#include "policy/error.hpp"
#include "policy/text.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <new>

namespace nearshore {
namespace {

// Arguments that a command does not know; looked at first, since a misspelt option is often why
// another one is missing.
void refuse_unknown(const CLI::App& command) {
  const auto rest = command.remaining();
  if (rest.empty()) return;
  const auto unknown = std::find_if(rest.begin(), rest.end(),
                                    [](const std::string& a) { return a.rfind("-", 0) == 0; });
  const auto names = option_names(command);
  if (unknown != rest.end()) {
    const auto name = unknown->substr(0, unknown->find('='));
    throw Error(ErrorKind::input, "unknown option '" + name + "'", command.get_name(), join(names),
                nearest(name, std::span<const std::string>(names)));
  }
  throw Error(ErrorKind::input, "unexpected argument '" + rest.front() + "'", command.get_name(),
              join(names));
}

// The first word must be a command or one of the program's own options.
void refuse_first(const std::string& first, std::span<const std::string> commands,
                  std::span<const std::string> options) {
  const bool is_option = first.rfind("-", 0) == 0;
  const auto known = is_option ? options : commands;
  if (first == "-h" || std::find(known.begin(), known.end(), first) != known.end()) return;
  throw Error(ErrorKind::input,
              (is_option ? "unknown option '" : "unknown command '") + first + "'", "nearshore",
              join(known), nearest(first, known));
}

int run_command(std::vector<std::string> arguments) {
  const auto line = declare_commands();
  auto& app = *line.app;
  const auto names = line.names();

  if (arguments.empty()) arguments.emplace_back("run");
  refuse_first(arguments.front(), names, option_names(app));
  std::reverse(arguments.begin(), arguments.end()); // as the library wants them
  try {
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    std::cout << (chosen.empty() ? app.help() : chosen.front()->help("nearshore"));
    return 0;
  } catch (const CLI::CallForVersion&) {
    std::cout << fmt::format("nearshore {} (commit {}, {})\n", version(), git_commit(), build());
    return 0;
  } catch (const CLI::ParseError& e) {
    const auto chosen = app.get_subcommands();
    if (!chosen.empty()) refuse_unknown(*chosen.front());
    std::string what = e.what();
    std::replace(what.begin(), what.end(), '\n', ' ');
    const auto all = option_names(chosen.empty() ? app : *chosen.front());
    throw Error(ErrorKind::input, what, chosen.empty() ? "nearshore" : chosen.front()->get_name(),
                join(all));
  }
  for (const auto& [sub, action] : line.commands) {
    if (!sub->parsed()) continue;
    refuse_unknown(*sub);
    return action();
  }
  return 0;
}

} // namespace

int run_application(int argc, char** argv) {
  const auto fail = [](ErrorKind kind, std::string_view what) {
    std::cout.flush();
    std::cerr << what << '\n';
    return static_cast<int>(kind);
  };
  try {
    const int code = run_command({argv + 1, argv + argc});
    if (!std::cout.flush())
      throw Error(ErrorKind::resource, "standard output could not be written");
    return code;
  } catch (const Error& e) {
    return fail(e.kind, e.what());
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::resource, "error: not enough memory");
  } catch (const std::exception& e) {
    return fail(ErrorKind::internal, std::string{"internal error: "} + e.what());
  }
}

} // namespace nearshore
