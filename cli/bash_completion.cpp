#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace nearshore {
namespace {

std::string words(const std::vector<std::string>& list) {
  std::string out;
  for (const auto& word : list)
    out += (out.empty() ? "" : " ") + word;
  return out;
}

} // namespace

std::string bash_completion() {
  const auto line = declare_commands();
  std::string cases;
  for (const auto& command : line.commands)
    if (command.app->get_parent() == line.app.get())
      cases += fmt::format("    {}) words='{}' ;;\n", command.app->get_name(),
                           words(option_names(*command.app)));
  return fmt::format(R"(# bash completion for nearshore. To use: source <(nearshore docs completion)
_nearshore() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} words=
  COMPREPLY=()
  if [[ $COMP_CWORD == 1 ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{} {}' -- "$word")
    return
  fi
  [[ $word == -* ]] || return 0 # a file: the shell's own completion
  case ${{COMP_WORDS[1]}} in
{}  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}}
complete -o default -F _nearshore nearshore ./nearshore
)",
                     words(line.names()), words(option_names(*line.app)), cases);
}

} // namespace nearshore
