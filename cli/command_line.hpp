#pragma once
// All commands declared as one command line; what --help, the manual page and shell completion
// are made from.
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace nearshore {

struct DeclaredCommand {
  CLI::App* app; ///< owned by the command line
  std::function<int()> action;
};

struct CommandLine {
  std::shared_ptr<CLI::App> app;
  std::vector<DeclaredCommand> commands;

  /// Of the commands themselves, not of those below one.
  [[nodiscard]] std::vector<std::string> names() const;
};

CommandLine declare_commands();

/// "nearshore sweep" for the command `merge` below `sweep`.
std::string words_before(const CLI::App& command);

/// The long options of a command, or of the program itself, with "--".
std::vector<std::string> option_names(const CLI::App& app);

/// What the program's exit status says, as in docs/reliability.md.
std::vector<std::pair<int, std::string>> exit_statuses();

/// The manual page nearshore(1), in man's roff.
std::string manual_page();

/// A completion script for bash: commands, their options, files elsewhere. zsh takes it after
/// `autoload -U bashcompinit && bashcompinit`.
std::string bash_completion();

} // namespace nearshore
