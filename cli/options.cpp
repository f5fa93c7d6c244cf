#include "cli/options.hpp"

#include <CLI/CLI.hpp>

namespace nearshore {
namespace {

CLI::Option* named(CLI::Option* option, const std::string& value) {
  return option->type_name(value);
}

} // namespace

void OptionSet::positional(const std::string& name, std::string& into, const std::string& help,
                           bool required) {
  auto* o = app.add_option(name, into, help)->type_name("");
  if (required)
    o->required();
  else
    o->capture_default_str();
}

void OptionSet::positional(const std::string& name, std::vector<std::string>& into,
                           const std::string& help, bool required) {
  auto* o = app.add_option(name, into, help)->type_name("");
  if (required) o->required();
}

void OptionSet::option(const std::string& name, const std::string& value, std::string& into,
                       const std::string& help, bool required) {
  auto* o = named(app.add_option(name, into, help), value);
  if (required)
    o->required();
  else if (!into.empty())
    o->capture_default_str();
}

void OptionSet::option(const std::string& name, const std::string& value,
                       std::optional<std::string>& into, const std::string& help) {
  named(app.add_option_function<std::string>(
            name, [&into](const std::string& v) { into = v; }, help),
        value);
}

void OptionSet::option(const std::string& name, const std::string& value,
                       std::optional<double>& into, const std::string& help) {
  named(app.add_option_function<double>(
            name, [&into](const double& v) { into = v; }, help),
        value);
}

void OptionSet::option(const std::string& name, const std::string& value,
                       std::optional<std::int64_t>& into, const std::string& help) {
  named(app.add_option_function<std::int64_t>(
            name, [&into](const std::int64_t& v) { into = v; }, help),
        value);
}

void OptionSet::option(const std::string& name, const std::string& value,
                       std::vector<std::string>& into, const std::string& help) {
  // One value for each time it is given: what follows may be another argument.
  named(app.add_option(name, into, help)->expected(1)->take_all(), value);
}

void OptionSet::flag(const std::string& name, bool& into, const std::string& help) {
  app.add_flag(name, into, help);
}

} // namespace nearshore
