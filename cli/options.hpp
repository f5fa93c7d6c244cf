#pragma once
// How a command declares its arguments; hides the command-line library.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace nearshore {

/// Arguments of one command. Every target must live until the command has run; its value when
/// declared is the default shown by --help.
class OptionSet {
public:
  explicit OptionSet(CLI::App& a) : app(a) {}

  /// An argument by position.
  void positional(const std::string& name, std::string& into, const std::string& help,
                  bool required = true);
  void positional(const std::string& name, std::vector<std::string>& into, const std::string& help,
                  bool required = true);
  /// "--name VALUE"; `value` is what --help calls it.
  void option(const std::string& name, const std::string& value, std::string& into,
              const std::string& help, bool required = false);
  void option(const std::string& name, const std::string& value, std::optional<std::string>& into,
              const std::string& help);
  void option(const std::string& name, const std::string& value, std::optional<double>& into,
              const std::string& help);
  void option(const std::string& name, const std::string& value, std::optional<std::int64_t>& into,
              const std::string& help);
  /// May be given several times.
  void option(const std::string& name, const std::string& value, std::vector<std::string>& into,
              const std::string& help);
  /// "--name", no value.
  void flag(const std::string& name, bool& into, const std::string& help);

private:
  CLI::App& app;
};

} // namespace nearshore
