#include "cli/options.hpp"

#include "policy/error.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cmath>

namespace nearshore {
namespace {

/// The whole text as a number; nothing where it is none. A sign + may stand before it.
template <class Number> std::optional<Number> number_of(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  Number value{};
  const auto [at, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || at != text.data() + text.size()) return {};
  return value;
}

double finite_number(const std::string& text, const std::string& option) {
  const auto value = number_of<double>(text);
  if (!value || !std::isfinite(*value))
    throw Error{ErrorKind::input, "'" + text + "'", option, "a number, e.g. 0.35"};
  return *value;
}

std::int64_t whole_number(const std::string& text, const std::string& option) {
  const auto value = number_of<std::int64_t>(text);
  if (!value)
    throw Error{ErrorKind::input, "'" + text + "'", option,
                text.size() > 18 ? "a whole number of less than 19 digits"
                                 : "a whole number, e.g. 20"};
  return *value;
}

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
  named(app.add_option_function<std::string>(
            name, [&into, name](const std::string& v) { into = finite_number(v, name); }, help),
        value);
}

void OptionSet::option(const std::string& name, const std::string& value,
                       std::optional<std::int64_t>& into, const std::string& help) {
  named(app.add_option_function<std::string>(
            name, [&into, name](const std::string& v) { into = whole_number(v, name); }, help),
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
