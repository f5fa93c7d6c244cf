#include "cli/application.hpp"

#include "agents/parameters.hpp"
#include "cli/command_line.hpp"
#include "cli/standard_output.hpp"
#include "output/hdf5_open.hpp"
#include "output/version.hpp"
#include "policy/error.hpp"
#include "policy/one_line.hpp"
#include "policy/text.hpp"
#include "sim/config/settings.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <malloc.h>
#include <new>
#include <set>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>

namespace nearshore {
namespace {

// The --set that an option was meant to be: `--closure` is a key of a scenario.
std::string meant_as_key(const std::string& option) {
  auto key = option.substr(std::min(option.find_first_not_of('-'), option.size()));
  std::replace(key.begin(), key.end(), '-', '_');
  for (const auto& s : setting_table())
    if (s.key == key) return fmt::format("--set {}.{}=...", s.section, s.key);
  for (const auto& p : parameter_table())
    if (p.key == key) return fmt::format("--set parameters.{}=...", p.key);
  return {};
}

// Arguments that a command does not know; looked at first, since a misspelt option is often why
// another one is missing.
void refuse_unknown(const CLI::App& command) {
  const auto rest = command.remaining();
  if (rest.empty()) return;
  const auto unknown = std::find_if(rest.begin(), rest.end(),
                                    [](const std::string& a) { return a.starts_with('-'); });
  const auto names = option_names(command);
  if (unknown != rest.end()) {
    const auto name = unknown->substr(0, unknown->find('='));
    const bool sets = std::find(names.begin(), names.end(), "--set") != names.end();
    const auto as_key = sets ? meant_as_key(name) : "";
    throw Error(ErrorKind::input, "unknown option '" + name + "'", command.get_name(), join(names),
                as_key.empty() ? nearest(name, std::span<const std::string>(names)) : as_key);
  }
  throw Error(ErrorKind::input, "unexpected argument '" + rest.front() + "'", command.get_name(),
              join(names));
}

// What a first word that is none was meant to be: `run` is easily left out before its own options
// and its file.
std::string meant_by(const std::string& first, std::span<const std::string> known,
                     std::span<const std::string> options_of_run) {
  if (first == "help") return "--help";
  if (first.ends_with(".toml")) return "run " + first;
  if (first == "-o") return "run -o";
  const auto name = first.substr(0, first.find('='));
  const auto of_run = std::find(options_of_run.begin(), options_of_run.end(), name);
  if (of_run != options_of_run.end()) return "run " + name;
  auto near = nearest(name, known);
  if (!near.empty() || !first.starts_with('-')) return near;
  const auto near_of_run = nearest(name, options_of_run);
  return near_of_run.empty() ? "" : "run " + near_of_run;
}

// The first word must be a command or one of the program's own options.
void refuse_first(const std::string& first, std::span<const std::string> commands,
                  std::span<const std::string> options,
                  std::span<const std::string> options_of_run) {
  const bool is_option = first.starts_with('-');
  const auto known = is_option ? options : commands;
  if (first == "-h" || std::find(known.begin(), known.end(), first) != known.end()) return;
  throw Error(ErrorKind::input,
              (is_option ? "unknown option '" : "unknown command '") + first + "'", "nearshore",
              join(known), meant_by(first, known, options_of_run));
}

/// An empty value is nearly always a variable of a script that is not set.
void refuse_empty(const CLI::App& command) {
  for (const auto* option : command.get_options())
    for (const auto& value : option->results())
      if (value.empty())
        throw Error(ErrorKind::input, "''", option->get_name(), "a value that is not empty");
}

/// `--end= FILE` would take FILE for the value.
void refuse_no_value(const CLI::App& command, std::span<const std::string> arguments) {
  const auto names = option_names(command);
  for (const auto& argument : arguments)
    if (argument.ends_with('=') &&
        std::find(names.begin(), names.end(), argument.substr(0, argument.size() - 1)) !=
            names.end())
      throw Error(ErrorKind::input, "''", argument.substr(0, argument.size() - 1),
                  "a value that is not empty");
}

/// What the library says of a command line, in our words where an option is to blame.
Error in_our_words(const CLI::ParseError& e, const CLI::App& command) {
  std::string what = e.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&e) != nullptr)
    for (const auto* option : command.get_options()) {
      const auto name = option->get_name();
      if (option->count() > 1 && option->get_items_expected_max() == 1) {
        return {ErrorKind::input, "given more than once: '" + join(option->results(), "', '") + "'",
                name, "once"};
      }
      if (what.starts_with(name + ": ") && option->count() == 0)
        return {ErrorKind::input, "no value follows", name, name + " " + option->get_type_name()};
    }
  return {ErrorKind::input, what, command.get_name(), join(option_names(command))};
}

/// The innermost command that was asked for; null for none.
const CLI::App* chosen_of(const CLI::App& app) {
  const CLI::App* chosen = nullptr;
  for (const CLI::App* at = &app; !at->get_subcommands().empty();)
    chosen = at = at->get_subcommands().front();
  return chosen;
}

int run_command(std::vector<std::string> arguments) {
  const auto line = declare_commands();
  auto& app = *line.app;
  const auto names = line.names();

  if (arguments.empty()) arguments.emplace_back("run");
  refuse_first(arguments.front(), names, option_names(app),
               option_names(*app.get_subcommand("run")));
  for (const auto& [sub, action] : line.commands)
    if (sub->get_name() == arguments.front()) refuse_no_value(*sub, arguments);
  std::reverse(arguments.begin(), arguments.end()); // as the library wants them
  try {
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    const auto* chosen = chosen_of(app);
    std::cout << (chosen == nullptr ? app.help() : chosen->help(words_before(*chosen)));
    return 0;
  } catch (const CLI::CallForVersion&) {
    std::cout << fmt::format("nearshore {} (commit {}, {})\n", version(), git_commit(), build());
    return 0;
  } catch (const CLI::ParseError& e) {
    const auto* chosen = chosen_of(app);
    if (chosen != nullptr) refuse_unknown(*chosen);
    throw in_our_words(e, chosen == nullptr ? app : *chosen);
  } catch (const Error&) { // a number that is none
    const auto* chosen = chosen_of(app);
    if (chosen != nullptr) refuse_unknown(*chosen);
    throw;
  }
  for (const auto& [sub, action] : line.commands) { // those below a command come before it
    if (!sub->parsed()) continue;
    refuse_unknown(*sub);
    refuse_empty(*sub);
    return action();
  }
  return 0;
}

} // namespace

namespace {

/// Threads share one heap where address space is limited: one of their own asks for 64 MiB of it
/// each, and where a thread gets none, every small object takes a page.
void share_heap_if_limited() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    ::mallopt(M_ARENA_MAX, 1);
}

/// A file that the program opens must not become a standard stream that the caller has closed:
/// messages would be written into it.
void open_closed_streams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream)
    if (::fcntl(stream, F_GETFD) < 0 && errno == EBADF)
      (void)::open("/dev/null", O_RDWR); // the lowest that is free: this one
}

/// Once for each file, however often it is opened.
void say_unsealed(const std::string& path) {
  static std::set<std::string> told;
  if (told.insert(path).second)
    std::cerr << path +
                     ": it has no seal (any more): it cannot be told whether it was changed since "
                     "it was written; `nearshore reproduce` can\n";
}

} // namespace

int run_application(int argc, char** argv) {
  // Writing says why it failed; the signals would end the program without a word.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  open_closed_streams();
  share_heap_if_limited();
  hdf5::tell_unsealed(say_unsealed);
  const StandardOutput out;
  const auto fail = [](ErrorKind kind, std::string_view what) {
    std::cout.flush();
    std::cerr << one_line(what) << '\n';
    return static_cast<int>(kind);
  };
  try {
    const int code = run_command({argv + 1, argv + argc});
    if (!std::cout.flush())
      throw Error(kind_of_errno(out.reason()),
                  std::string{"standard output could not be written: "} +
                      std::strerror(out.reason()));
    return code;
  } catch (const Error& e) {
    return fail(e.kind, e.what());
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::memory, "error: not enough memory");
  } catch (const std::system_error& e) {
    if (e.code() == std::errc::resource_unavailable_try_again) // a thread that could not be made
      return fail(ErrorKind::memory, "error: not enough memory, or too many threads");
    return fail(kind_of_errno(e.code().value()), std::string{"error: "} + e.what());
  } catch (const std::exception& e) {
    if (std::string_view{e.what()}.find(std::strerror(EAGAIN)) != std::string_view::npos)
      return fail(ErrorKind::memory,
                  "error: not enough memory, or too many threads"); // oneTBB's words
    return fail(ErrorKind::internal, std::string{"internal error: "} + e.what());
  }
}

} // namespace nearshore
