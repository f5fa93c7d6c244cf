// The only file that sees the TOML library: text to ConfigNode.
#include "policy/error.hpp"
#include "sim/config/node.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

namespace nearshore {
namespace {

std::string place(const std::string& file, const toml::source_position& at) {
  return fmt::format("{}:{}:{}", file, at.line, at.column);
}

ConfigNode convert(const toml::node& in, const std::string& file);

ConfigNode::Table convert_table(const toml::table& in, const std::string& file) {
  std::vector<std::pair<toml::source_position, std::pair<std::string, ConfigNode>>> found;
  for (const auto& [key, value] : in) {
    auto node = convert(value, file);
    const auto at = key.source().begin;
    node.key_where = place(file, at);
    found.push_back({at, {std::string{key.str()}, std::move(node)}});
  }
  // The library sorts by name; people read in the order in which it was written.
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::pair{a.first.line, a.first.column} < std::pair{b.first.line, b.first.column};
  });
  ConfigNode::Table out;
  for (auto& entry : found)
    out.entries.push_back(std::move(entry.second));
  return out;
}

ConfigNode convert(const toml::node& in, const std::string& file) {
  ConfigNode out;
  out.where = place(file, in.source().begin);
  if (const auto* table = in.as_table()) {
    out.value = convert_table(*table, file);
  } else if (const auto* array = in.as_array()) {
    ConfigNode::Array elements;
    for (const auto& element : *array)
      elements.elements.push_back(convert(element, file));
    out.value = std::move(elements);
  } else if (const auto* text = in.as_string()) {
    // The system would read a path only as far as that.
    if (text->get().find('\0') != std::string::npos)
      throw Error(ErrorKind::input, "a zero byte in '" + text->get() + "'", out.where,
                  "a text without");
    out.value = text->get();
  } else if (const auto* whole = in.as_integer()) {
    out.value = std::int64_t{whole->get()};
  } else if (const auto* number = in.as_floating_point()) {
    out.value = number->get();
  } else if (const auto* flag = in.as_boolean()) {
    out.value = flag->get();
  } else if (const auto* date = in.as_date()) {
    const auto& d = date->get();
    out.value = Date{static_cast<int>(d.year), static_cast<int>(d.month), static_cast<int>(d.day)};
  } else {
    throw Error(ErrorKind::input, "times of day are not used here", out.where,
                "a date such as 2025-03-04");
  }
  return out;
}

/// After a string that begins at `at`: the position behind it. The library finds what is wrong in
/// it.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool is_long = text.substr(at, 3) == three;
  at += is_long ? 3 : 1;
  while (at < text.size()) {
    if (text[at] == '\\' && quote == '"') {
      at += 2;
    } else if (is_long ? text.substr(at, 3) == three : text[at] == quote) {
      return at + (is_long ? 3 : 1);
    } else if (text[at] == '\n' && !is_long) {
      return at;
    } else {
      ++at;
    }
  }
  return text.size();
}

/// What the library does not take well. Every part of a key "a.a.a..." is a table in a table, and
/// so is every bracket: whoever walks them goes down as deep. And of a letter outside ASCII that is
/// in neither a text nor a comment toml++ 3.3 asks whether it is a blank in a way that C++ does not
/// define.
void refuse_before_parsing(std::string_view text, const std::string& file) {
  constexpr int kMost = 32;
  int dots = 0, brackets = 0, line = 1;
  std::size_t line_start = 0;
  const auto refuse = [&](std::size_t at, const std::string& what, const char* allowed) {
    throw Error(ErrorKind::input, what, fmt::format("{}:{}:{}", file, line, at - line_start + 1),
                allowed);
  };
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      const auto end = behind_string(text, at);
      for (; at < end; ++at)
        if (text[at] == '\n') ++line, line_start = at + 1;
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (std::string_view{"\n=,{}[]"}.find(c) != std::string_view::npos) dots = 0;
    if (c == '[' || c == '{') ++brackets;
    if ((c == ']' || c == '}') && brackets > 0) --brackets;
    if (static_cast<unsigned char>(c) >= 0x80)
      refuse(at, "a character outside ASCII in neither a text nor a comment",
             "keys and texts in quotes (TOML 1.0, https://toml.io)");
    if (c == '.' && ++dots >= kMost)
      refuse(at, fmt::format("a key of more than {} parts", kMost),
             "tables within tables, but not so deep");
    if (brackets > kMost)
      refuse(at, fmt::format("more than {} brackets within brackets", kMost),
             "lists and tables, but not so deep");
    if (c == '\n') ++line, line_start = at + 1;
    ++at;
  }
}

[[noreturn]] void rethrow(const toml::parse_error& e, const std::string& where) {
  std::string what{e.description()};
  std::replace(what.begin(), what.end(), '\n', ' ');
  throw Error(ErrorKind::input, what, where, "TOML 1.0 (https://toml.io)");
}

} // namespace

ConfigNode parse_toml(std::string_view text, const std::string& file) {
  refuse_before_parsing(text, file);
  try {
    ConfigNode root;
    root.value = convert_table(toml::parse(text, file), file);
    root.where = fmt::format("{}:1:1", file);
    return root;
  } catch (const toml::parse_error& e) {
    rethrow(e, place(file, e.source().begin));
  }
}

ConfigNode parse_toml_value(std::string_view text, const std::string& where) {
  const auto set_places = [&](auto& self, ConfigNode& node) -> void {
    node.where = node.key_where = where;
    if (auto* table = node.table())
      for (auto& entry : table->entries)
        self(self, entry.second);
    if (auto* array = node.array())
      for (auto& element : array->elements)
        self(self, element);
  };
  if (text.find_first_of("\r\n") != text.npos)
    throw Error(ErrorKind::input, "a value of more than one line", where);
  const auto first = std::min(text.find_first_not_of(" \t"), text.size());
  const bool is_bare = first == text.size() ||
                       std::string_view{"\"'[{#"}.find(text[first]) == std::string_view::npos;
  ConfigNode out;
  if (is_bare && std::any_of(text.begin(), text.end(),
                             [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    try {
      (void)toml::parse("# " + std::string{text}); // the library finds what is no UTF-8
    } catch (const toml::parse_error& e) {
      rethrow(e, where);
    }
    out.value = std::string{text}; // a word; not for the library (see above)
    set_places(set_places, out);
    return out;
  }
  try {
    refuse_before_parsing(text, "");
    const auto table = toml::parse("v = " + std::string{text});
    out = convert(*table.get("v"), "");
  } catch (const Error& e) {
    throw Error(e.kind, e.what_is_wrong, where, e.allowed);
  } catch (const toml::parse_error& e) {
    // A bare word is a text: --set run.output=a.h5. What starts as another TOML value is a mistake.
    if (text.empty() || std::string_view{"\"'[{#"}.find(text.front()) != std::string_view::npos)
      rethrow(e, where);
    out.value = std::string{text};
  }
  set_places(set_places, out);
  return out;
}

} // namespace nearshore
