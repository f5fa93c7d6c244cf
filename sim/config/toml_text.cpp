// ConfigNode to TOML text.
#include "policy/text.hpp"
#include "sim/config/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace nearshore {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string key_text(const std::string& key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
  return bare ? key : quoted(key);
}

struct Entry {
  const std::string* key;
  const ConfigNode* node;
  bool is_default;
};

// In the order in which readers ask, so that the same configuration gives the same text however it
// was written.
std::vector<Entry> entries_of(const ConfigNode& node) {
  std::vector<Entry> out;
  for (const auto& [key, value] : node.table()->entries)
    out.push_back({&key, &value, false});
  for (const auto& [key, value] : node.defaults)
    out.push_back({&key, value.get(), true});
  const auto rank = [&](const Entry& e) {
    return std::find(node.asked.begin(), node.asked.end(), *e.key) - node.asked.begin();
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const Entry& a, const Entry& b) { return rank(a) < rank(b); });
  return out;
}

bool is_array_of_tables(const ConfigNode& node) {
  const auto* a = node.array();
  return a && !a->elements.empty() &&
         std::all_of(a->elements.begin(), a->elements.end(),
                     [](const ConfigNode& e) { return e.table() != nullptr; });
}

std::string inline_text(const ConfigNode& node) {
  struct Visitor {
    const ConfigNode& node;
    std::string operator()(const ConfigNode::Table&) const {
      std::string out;
      for (const auto& e : entries_of(node))
        out += (out.empty() ? " " : ", ") + key_text(*e.key) + " = " + inline_text(*e.node);
      return out.empty() ? "{}" : "{" + out + " }";
    }
    std::string operator()(const ConfigNode::Array& a) const {
      std::string out;
      for (const auto& e : a.elements)
        out += (out.empty() ? "" : ", ") + inline_text(e);
      return "[" + out + "]";
    }
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(double v) const {
      auto out = number_text(v);
      // A TOML float needs a point or an exponent; 1e20 has one.
      if (out.find_first_not_of("-0123456789") == out.npos) out += ".0";
      return out;
    }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(const Date& d) const { return d.text(); }
  };
  return std::visit(Visitor{node}, node.value);
}

class Writer {
public:
  Writer(bool s, std::span<const std::string> l) : sources(s), left_out(l) {}

  void table(const ConfigNode& node, const std::string& path) {
    auto entries = entries_of(node);
    std::erase_if(entries, [&](const Entry& e) { return skipped(*e.node); });
    for (const auto& e : entries)
      if (!e.node->table() && !is_array_of_tables(*e.node))
        line(fmt::format("{} = {}", key_text(*e.key), inline_text(*e.node)), *e.node, e.is_default);
    for (const auto& e : entries) {
      const auto below = (path.empty() ? "" : path + ".") + key_text(*e.key);
      if (e.node->table()) {
        header("[" + below + "]", *e.node, e.is_default);
        table(*e.node, below);
      } else if (is_array_of_tables(*e.node)) {
        for (const auto& element : e.node->array()->elements) {
          header("[[" + below + "]]", element, e.is_default);
          table(element, below);
        }
      }
    }
  }
  std::string out;

private:
  void header(const std::string& text, const ConfigNode& node, bool is_default) {
    if (!out.empty()) out += "\n";
    line(text, node, is_default);
  }
  void line(const std::string& text, const ConfigNode& node, bool is_default) {
    out += text;
    if (sources) {
      const auto place = is_default ? std::string{"default"} : node.where;
      if (!place.empty())
        out += fmt::format("{:{}} # {}", "", text.size() < 48 ? 48 - text.size() : 1, place);
    }
    out += "\n";
  }
  [[nodiscard]] bool skipped(const ConfigNode& node) const {
    return std::find(left_out.begin(), left_out.end(), node.path) != left_out.end();
  }
  bool sources;
  std::span<const std::string> left_out;
};

} // namespace

std::string toml_text(const ConfigNode& root, bool sources, std::span<const std::string> left_out) {
  Writer writer(sources, left_out);
  writer.table(root, "");
  return std::move(writer.out);
}

} // namespace nearshore
