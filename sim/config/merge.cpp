// How configurations lie on each other, and how --set reaches a key.
#include "policy/error.hpp"
#include "policy/text.hpp"
#include "sim/config/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace nearshore {
namespace {

std::vector<std::string> names_of(const ConfigNode::Array& array) {
  std::vector<std::string> out;
  for (const auto& e : array.elements)
    if (e.name()) out.push_back(*e.name());
  return out;
}

ConfigNode* element_named(ConfigNode::Array& array, std::string_view name) {
  for (auto& e : array.elements)
    if (e.name() && *e.name() == name) return &e;
  return nullptr;
}

bool take_marker(ConfigNode& element, std::string_view key) {
  const auto* marker = element.table()->find(key);
  if (!marker) return false;
  const auto* flag = std::get_if<bool>(&marker->value);
  if (!flag)
    throw Error(ErrorKind::input, fmt::format("'{}' is {}", key, marker->kind()), marker->where,
                "true, false");
  const bool set = *flag;
  element.table()->erase(key);
  return set;
}

void merge_named(ConfigNode::Array& base, ConfigNode::Array over);

// A subtree without a counterpart in the base: its markers speak of names that do not exist.
ConfigNode as_new(ConfigNode node) {
  if (auto* t = node.table())
    for (auto& entry : t->entries)
      entry.second = as_new(std::move(entry.second));
  if (is_named_array(node)) {
    ConfigNode::Array fresh;
    merge_named(fresh, std::move(*node.array()));
    node.value = std::move(fresh);
  } else if (auto* a = node.array()) {
    for (auto& e : a->elements)
      e = as_new(std::move(e));
  }
  return node;
}

void merge_named(ConfigNode::Array& base, ConfigNode::Array over) {
  for (auto& element : over.elements) {
    const auto where = element.where;
    const auto name = *element.name();
    const bool removes = take_marker(element, "remove");
    const bool overrides = take_marker(element, "override");
    auto* old = element_named(base, name);
    if (!old && (removes || overrides)) {
      const auto names = names_of(base);
      throw Error(ErrorKind::input,
                  fmt::format("'{}' is to be {}, but the base has no such name", name,
                              removes ? "removed" : "overridden"),
                  where, join(names), nearest(name, std::span<const std::string>(names)));
    }
    if (removes)
      std::erase_if(base.elements, [&](const auto& e) { return e.name() && *e.name() == name; });
    else if (old)
      merge_tables(*old, std::move(element));
    else
      base.elements.push_back(as_new(std::move(element)));
  }
}

struct Segment {
  std::string text;
  bool quoted{false};
};

// a.b."c.d"
std::vector<Segment> split_path(std::string_view key, const std::string& where) {
  const auto bad = [&](const std::string& what) {
    return Error(ErrorKind::input, what, where,
                 "KEY=VALUE with a dotted key, e.g. run.firms=20000 or measure.NAME.rate=0.1");
  };
  std::vector<Segment> out(1);
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (key[i] == '"') {
      const auto close = key.find('"', i + 1);
      if (close == key.npos) throw bad("quote never closed");
      out.back().text += key.substr(i + 1, close - i - 1);
      out.back().quoted = true;
      i = close;
    } else if (key[i] == '.') {
      out.emplace_back();
    } else {
      out.back().text += key[i];
    }
  }
  constexpr std::size_t kMostParts = 32; // as in files
  if (out.size() > kMostParts) throw bad(fmt::format("a key of more than {} parts", kMostParts));
  for (const auto& s : out)
    if (s.text.empty() && !s.quoted) throw bad("empty part in the key");
  return out;
}

std::optional<std::size_t> as_index(const std::string& text) {
  std::size_t i = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), i);
  if (code != std::errc{} || end != text.data() + text.size()) return {};
  return i;
}

ConfigNode& element_of(ConfigNode& node, const Segment& segment, const std::string& done,
                       const std::string& where) {
  auto& array = *node.array();
  if (auto* found = element_named(array, segment.text)) return *found;
  if (const auto i = as_index(segment.text); i && !is_named_array(node)) {
    if (*i < array.elements.size()) return array.elements[*i];
    throw Error(ErrorKind::input, fmt::format("'{}' has no element {}", done, *i), where,
                array.elements.empty() ? std::string{"none: the list is empty"}
                                       : fmt::format("0 to {}", array.elements.size() - 1));
  }
  const auto names = names_of(array);
  throw Error(ErrorKind::input, fmt::format("'{}' has no element named '{}'", done, segment.text),
              where, names.empty() ? "a position, counted from 0" : join(names),
              nearest(segment.text, std::span<const std::string>(names)));
}

} // namespace

void merge_tables(ConfigNode& base, ConfigNode over) {
  auto& into = *base.table();
  for (auto& [key, value] : over.table()->entries) {
    auto* old = into.find(key);
    if (!old) {
      into.set(key, as_new(std::move(value)));
    } else if (old->table() && value.table()) {
      merge_tables(*old, std::move(value));
    } else if (is_named_array(*old) && is_named_array(value)) {
      merge_named(*old->array(), std::move(*value.array()));
    } else {
      if (is_named_array(*old) && value.array())
        for (const auto& e : value.array()->elements)
          if (e.table() && !e.name())
            throw Error(ErrorKind::input,
                        fmt::format("an element of '{}' without a name cannot be merged", key),
                        e.where, "name = \"...\" in every element");
      *old = as_new(std::move(value));
    }
  }
}

void check_names(const ConfigNode& node) {
  if (const auto* t = node.table())
    for (const auto& entry : t->entries)
      check_names(entry.second);
  if (const auto* a = node.array()) {
    for (std::size_t i = 0; i < a->elements.size(); ++i) {
      const auto* name = a->elements[i].name();
      for (std::size_t j = 0; name && j < i; ++j)
        if (a->elements[j].name() && *a->elements[j].name() == *name)
          throw Error(
              ErrorKind::input,
              fmt::format("name '{}' is used twice (first at {})", *name, a->elements[j].where),
              a->elements[i].where, "each name once in a file");
      check_names(a->elements[i]);
    }
  }
}

void apply_override(ConfigNode& root, const std::string& setting) {
  const auto where = "--set " + setting;
  const auto equals = setting.find('=');
  if (equals == setting.npos || equals == 0)
    throw Error(ErrorKind::input, "no key and value", where, "KEY=VALUE, e.g. run.firms=20000");
  const auto segments = split_path(std::string_view{setting}.substr(0, equals), where);
  if (segments.front().text == "extends")
    throw Error(ErrorKind::input, "'extends' cannot be overridden", where, "a file that extends");
  auto value = parse_toml_value(std::string_view{setting}.substr(equals + 1), where);

  ConfigNode* at = &root;
  std::string done;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    const auto& segment = segments[i];
    if (at->array()) {
      at = &element_of(*at, segment, done, where);
      if (last) {
        // An element replaced as a whole keeps its name.
        if (const auto* name = at->name(); name && value.table() && !value.name())
          value.table()->entries.insert(value.table()->entries.begin(),
                                        {"name", *at->table()->find("name")});
        *at = std::move(value);
        return;
      }
    } else if (auto* t = at->table()) {
      if (last) {
        if (segment.text == "name" && at->name() && at != &root)
          throw Error(ErrorKind::input, "a name cannot be changed", where);
        t->set(segment.text, std::move(value)).key_where = where;
        return;
      }
      auto* next = t->find(segment.text);
      if (!next) {
        ConfigNode empty;
        empty.where = empty.key_where = where;
        next = &t->set(segment.text, std::move(empty));
      }
      at = next;
    } else {
      throw Error(ErrorKind::input, fmt::format("'{}' is {}, not a table", done, at->kind()), where,
                  done + "=VALUE");
    }
    done += (done.empty() ? "" : ".") + segment.text;
  }
}

} // namespace nearshore
