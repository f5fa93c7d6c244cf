#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>

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
  for (const auto* command : commands_below(*line.app)) {
    auto known = option_names(*command);
    for (const auto* below : commands_below(*command)) {
      known.push_back(below->get_name());
      for (const auto& option : option_names(*below))
        if (std::find(known.begin(), known.end(), option) == known.end()) known.push_back(option);
    }
    cases += fmt::format("    {}) words='{}' ;;\n", command->get_name(), words(known));
  }
  return fmt::format(R"(# bash completion for nearshore. To use: source <(nearshore docs completion)
_nearshore() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} words=
  COMPREPLY=()
  if [[ $COMP_CWORD == 1 ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{} {}' -- "$word")
    return
  fi
  case ${{COMP_WORDS[1]}} in
{}  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}}
complete -o default -F _nearshore nearshore ./nearshore
)",
                     words(line.names()), words(option_names(*line.app)), cases);
}

} // namespace nearshore
