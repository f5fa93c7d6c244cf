// nearshore(1): every command with its options and examples, from the declarations themselves.
#include "cli/command_line.hpp"

#include "output/version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

namespace nearshore {
namespace {

/// Text that man shows as it stands: no backslash, hyphen or leading dot is taken for a request.
std::string plain(const std::string& text) {
  std::string out;
  bool line_starts = true;
  for (const char c : text) {
    if (line_starts && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
    line_starts = c == '\n';
  }
  return out;
}

std::string usage(const CLI::Option& option) {
  if (option.get_positional()) return plain(option.get_name(true));
  std::string out;
  for (const auto& name : option.get_snames())
    out += (out.empty() ? "-" : ", -") + name;
  for (const auto& name : option.get_lnames())
    out += (out.empty() ? "--" : ", --") + name;
  if (const auto& value = option.get_option_text(); !value.empty())
    out += " " + value;
  else if (option.get_items_expected_max() > 0)
    out += " " + option.get_type_name();
  return plain(out);
}

std::string options(const CLI::App& app) {
  std::string out;
  for (const auto* option : app.get_options()) {
    if (option->get_lnames() == std::vector<std::string>{"help"} && app.get_parent() != nullptr)
      continue;
    out += fmt::format(".TP\n.B {}\n{}\n", usage(*option), plain(option->get_description()));
  }
  return out;
}

} // namespace

std::string manual_page() {
  const auto line = declare_commands();
  std::string out =
      fmt::format(".TH NEARSHORE 1 \"\" \"nearshore {}\" \"User Commands\"\n", version());
  out += ".SH NAME\nnearshore \\- North American firm sourcing under tariffs\n"
         ".SH SYNOPSIS\n.B nearshore\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR...]\n"
         ".SH DESCRIPTION\nA tariff regime in, a trajectory out: firms choose suppliers and decide "
         "whether to claim USMCA origin,\nmonth by month. Without a command: run.\n.SH OPTIONS\n";
  out += options(*line.app);
  out += ".SH COMMANDS\n";
  for (const auto& command : line.commands) {
    out += fmt::format(".SS {} {}\n{}.\n", plain(words_before(*command.app)),
                       plain(command.app->get_name()), plain(command.app->get_description()));
    out += options(*command.app);
    out += fmt::format(".PP\n.nf\n{}\n.fi\n", plain(command.app->get_footer()));
  }
  out += ".SH EXIT STATUS\n";
  for (const auto& [status, meaning] : exit_statuses())
    out += fmt::format(".TP\n.B {}\n{}\n", status, plain(meaning));
  out += ".SH ENVIRONMENT\n.TP\n.B NEARSHORE_ROOT\nwhere relative paths of the project's own files "
         "(configs/...) start\n";
  return out;
}

} // namespace nearshore
