#include "sim/config/node.hpp"

#include <algorithm>

namespace nearshore {

ConfigNode::Table::Table() = default;
ConfigNode::Table::Table(const Table&) = default;
ConfigNode::Table::Table(Table&&) noexcept = default;
ConfigNode::Table& ConfigNode::Table::operator=(const Table&) = default;
ConfigNode::Table& ConfigNode::Table::operator=(Table&&) noexcept = default;
ConfigNode::Table::~Table() = default;

ConfigNode::Array::Array() = default;
ConfigNode::Array::Array(const Array&) = default;
ConfigNode::Array::Array(Array&&) noexcept = default;
ConfigNode::Array& ConfigNode::Array::operator=(const Array&) = default;
ConfigNode::Array& ConfigNode::Array::operator=(Array&&) noexcept = default;
ConfigNode::Array::~Array() = default;

const ConfigNode* ConfigNode::Table::find(std::string_view key) const {
  for (const auto& [name, node] : entries)
    if (name == key) return &node;
  return nullptr;
}

ConfigNode* ConfigNode::Table::find(std::string_view key) {
  for (auto& [name, node] : entries)
    if (name == key) return &node;
  return nullptr;
}

ConfigNode& ConfigNode::Table::set(std::string_view key, ConfigNode node) {
  if (auto* old = find(key)) return *old = std::move(node);
  return entries.emplace_back(std::string{key}, std::move(node)).second;
}

void ConfigNode::Table::erase(std::string_view key) {
  std::erase_if(entries, [&](const auto& entry) { return entry.first == key; });
}

const std::string* ConfigNode::name() const {
  const auto* t = table();
  const auto* n = t ? t->find("name") : nullptr;
  return n ? std::get_if<std::string>(&n->value) : nullptr;
}

std::string_view ConfigNode::kind() const {
  static constexpr std::string_view kKinds[] = {
      "a table", "a list", "a text", "a whole number", "a number", "true or false", "a date"};
  return kKinds[value.index()];
}

bool is_named_array(const ConfigNode& node) {
  const auto* array = node.array();
  return array && !array->elements.empty() &&
         std::all_of(array->elements.begin(), array->elements.end(),
                     [](const ConfigNode& e) { return e.name() != nullptr; });
}

void name_paths(ConfigNode& node, const std::string& path) {
  node.path = path;
  const auto below = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
  if (auto* t = node.table())
    for (auto& [key, child] : t->entries)
      name_paths(child, below(key));
  if (auto* a = node.array()) {
    const bool named = is_named_array(node);
    for (std::size_t i = 0; i < a->elements.size(); ++i)
      name_paths(a->elements[i], below(named ? *a->elements[i].name() : std::to_string(i)));
  }
}

} // namespace nearshore
