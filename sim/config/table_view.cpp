#include "policy/text.hpp"
#include "sim/config/document.hpp"
#include "sim/config/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nearshore {
namespace {

std::string number_range(double low, double high) {
  const bool from = low > std::numeric_limits<double>::lowest();
  const bool to = high < std::numeric_limits<double>::max();
  if (from && to) return fmt::format("a number from {} to {}", low, high);
  if (from) return fmt::format("a number of at least {}", low);
  if (to) return fmt::format("a number of at most {}", high);
  return "a finite number";
}

std::string shown(const ConfigNode& node) {
  if (const auto* text = std::get_if<std::string>(&node.value)) return fmt::format("'{}'", *text);
  if (const auto* d = std::get_if<double>(&node.value)) return number_text(*d);
  if (const auto* i = std::get_if<std::int64_t>(&node.value)) return std::to_string(*i);
  if (const auto* b = std::get_if<bool>(&node.value)) return *b ? "true" : "false";
  if (const auto* d = std::get_if<Date>(&node.value)) return d->text();
  return std::string{node.kind()};
}

Error wrong(const ConfigNode& node, const std::string& allowed, std::string suggestion = {}) {
  return {ErrorKind::input, fmt::format("{} = {}", node.path, shown(node)), node.where, allowed,
          std::move(suggestion)};
}

const std::string& as_text(const ConfigNode& node) {
  const auto* text = std::get_if<std::string>(&node.value);
  if (!text) throw wrong(node, "a text");
  if (text->empty()) throw wrong(node, "a text that is not empty");
  return *text;
}

double as_number(const ConfigNode& node, double low, double high) {
  double value = std::numeric_limits<double>::quiet_NaN();
  if (const auto* d = std::get_if<double>(&node.value)) value = *d;
  if (const auto* i = std::get_if<std::int64_t>(&node.value)) value = static_cast<double>(*i);
  if (!std::isfinite(value) || value < low || value > high)
    throw wrong(node, number_range(low, high));
  return value;
}

std::int64_t as_integer(const ConfigNode& node, std::int64_t low, std::int64_t high) {
  const auto* value = std::get_if<std::int64_t>(&node.value);
  if (!value || *value < low || *value > high)
    throw wrong(node, low == std::numeric_limits<std::int64_t>::min() ||
                              high == std::numeric_limits<std::int64_t>::max()
                          ? fmt::format("a whole number of at least {}", low)
                          : fmt::format("a whole number from {} to {}", low, high));
  return *value;
}

bool as_boolean(const ConfigNode& node) {
  const auto* value = std::get_if<bool>(&node.value);
  if (!value) throw wrong(node, "true, false");
  return *value;
}

Date as_date(const ConfigNode& node) {
  if (const auto* date = std::get_if<Date>(&node.value)) return *date;
  if (const auto* text = std::get_if<std::string>(&node.value))
    if (const auto date = parse_date(*text)) return *date;
  throw wrong(node, "a date such as 2025-03-04");
}

Month as_month(const ConfigNode& node) {
  if (const auto* text = std::get_if<std::string>(&node.value))
    if (const auto month = parse_month(*text)) return *month;
  throw wrong(node, "a month such as \"2025-03\"");
}

std::size_t as_choice(const ConfigNode& node, std::span<const std::string> allowed,
                      std::string_view what) {
  const auto& text = as_text(node);
  const auto found = std::find(allowed.begin(), allowed.end(), text);
  if (found == allowed.end())
    throw Error(ErrorKind::input,
                what.empty() ? fmt::format("{} = '{}'", node.path, text)
                             : fmt::format("unknown {} '{}' in {}", what, text, node.path),
                node.where, join(allowed), nearest(text, allowed));
  return static_cast<std::size_t>(found - allowed.begin());
}

// One text counts as a list of one.
std::vector<const ConfigNode*> as_list(const ConfigNode& node) {
  std::vector<const ConfigNode*> out;
  if (const auto* array = node.array())
    for (const auto& element : array->elements)
      out.push_back(&element);
  else if (std::holds_alternative<std::string>(node.value))
    out.push_back(&node);
  else
    throw wrong(node, "a list of texts");
  return out;
}

std::vector<std::string> as_texts(const ConfigNode& node) {
  std::vector<std::string> out;
  for (const auto* element : as_list(node))
    out.push_back(as_text(*element));
  return out;
}

std::vector<std::size_t> as_choices(const ConfigNode& node, std::span<const std::string> allowed,
                                    std::string_view what) {
  std::vector<std::size_t> out;
  for (const auto* element : as_list(node)) {
    const auto i = as_choice(*element, allowed, what);
    if (std::find(out.begin(), out.end(), i) != out.end())
      throw Error(ErrorKind::input, fmt::format("'{}' appears twice in {}", allowed[i], node.path),
                  element->where);
    out.push_back(i);
  }
  return out;
}

// Remembers what stands for an absent key, for Document::resolved.
void remember_default(const ConfigNode& table, std::string_view key, ConfigNode::Value value) {
  for (const auto& known : table.defaults)
    if (known.first == key) return;
  auto node = std::make_shared<ConfigNode>();
  node->value = std::move(value);
  node->where = table.where; // where a key missing below it is missed
  node->path = table.path.empty() ? std::string{key} : fmt::format("{}.{}", table.path, key);
  table.defaults.emplace_back(key, std::move(node));
}

} // namespace

const ConfigNode* TableView::find(std::string_view key) const {
  if (std::find(node->asked.begin(), node->asked.end(), key) == node->asked.end())
    node->asked.emplace_back(key);
  return node->table()->find(key);
}

const ConfigNode& TableView::require(std::string_view key) const {
  if (const auto* found = find(key)) return *found;
  throw Error(ErrorKind::input,
              node->path.empty() ? fmt::format("missing key '{}'", key)
                                 : fmt::format("missing key '{}' in [{}]", key, node->path),
              node->where);
}

bool TableView::has(std::string_view key) const {
  return node->table()->find(key) != nullptr;
}

bool TableView::is_table(std::string_view key) const {
  const auto* found = node->table()->find(key);
  return found && found->table();
}

bool TableView::is_text(std::string_view key) const {
  const auto* found = node->table()->find(key);
  return found && std::holds_alternative<std::string>(found->value);
}

std::vector<std::string> TableView::keys() const {
  std::vector<std::string> out;
  for (const auto& entry : node->table()->entries)
    out.push_back(entry.first);
  return out;
}

const std::string& TableView::path() const {
  return node->path;
}

std::string TableView::required_text(std::string_view key) const {
  return as_text(require(key));
}

std::string TableView::text(std::string_view key, std::string_view otherwise) const {
  if (const auto* found = find(key)) {
    const auto* text = std::get_if<std::string>(&found->value);
    return text && text->empty() && otherwise.empty() ? *text : as_text(*found);
  }
  remember_default(*node, key, std::string{otherwise});
  return std::string{otherwise};
}

std::optional<std::string> TableView::optional_text(std::string_view key) const {
  if (const auto* found = find(key)) return as_text(*found);
  return {};
}

double TableView::number(std::string_view key, double low, double high) const {
  return as_number(require(key), low, high);
}

double TableView::number(std::string_view key, double low, double high, double otherwise) const {
  if (const auto* found = find(key)) return as_number(*found, low, high);
  remember_default(*node, key, otherwise);
  return otherwise;
}

std::optional<double> TableView::optional_number(std::string_view key, double low,
                                                 double high) const {
  if (const auto* found = find(key)) return as_number(*found, low, high);
  return {};
}

std::vector<double> TableView::numbers(std::string_view key, double low, double high) const {
  const auto& found = require(key);
  if (!found.array()) throw wrong(found, "a list of numbers");
  std::vector<double> out;
  for (const auto& element : found.array()->elements)
    out.push_back(as_number(element, low, high));
  return out;
}

std::int64_t TableView::integer(std::string_view key, std::int64_t low, std::int64_t high) const {
  return as_integer(require(key), low, high);
}

std::int64_t TableView::integer(std::string_view key, std::int64_t low, std::int64_t high,
                                std::int64_t otherwise) const {
  if (const auto* found = find(key)) return as_integer(*found, low, high);
  remember_default(*node, key, otherwise);
  return otherwise;
}

bool TableView::boolean(std::string_view key) const {
  return as_boolean(require(key));
}

bool TableView::boolean(std::string_view key, bool otherwise) const {
  if (const auto* found = find(key)) return as_boolean(*found);
  remember_default(*node, key, otherwise);
  return otherwise;
}

Date TableView::date(std::string_view key) const {
  return as_date(require(key));
}

std::optional<Date> TableView::optional_date(std::string_view key) const {
  if (const auto* found = find(key)) return as_date(*found);
  return {};
}

Month TableView::month(std::string_view key) const {
  return as_month(require(key));
}

Month TableView::month(std::string_view key, Month otherwise) const {
  if (const auto* found = find(key)) return as_month(*found);
  remember_default(*node, key, otherwise.text());
  return otherwise;
}

std::optional<Month> TableView::optional_month(std::string_view key) const {
  if (const auto* found = find(key)) return as_month(*found);
  return {};
}

std::size_t TableView::choice(std::string_view key, std::span<const std::string> allowed,
                              std::string_view what) const {
  return as_choice(require(key), allowed, what);
}

std::size_t TableView::choice(std::string_view key, std::span<const std::string> allowed,
                              std::size_t otherwise, std::string_view what) const {
  if (const auto* found = find(key)) return as_choice(*found, allowed, what);
  remember_default(*node, key, allowed[otherwise]);
  return otherwise;
}

std::vector<std::string> TableView::texts(std::string_view key) const {
  return as_texts(require(key));
}

std::vector<std::string> TableView::optional_texts(std::string_view key) const {
  const auto* found = find(key);
  return found ? as_texts(*found) : std::vector<std::string>{};
}

std::vector<std::size_t> TableView::choices(std::string_view key,
                                            std::span<const std::string> allowed,
                                            std::string_view what) const {
  return as_choices(require(key), allowed, what);
}

std::vector<std::size_t> TableView::optional_choices(std::string_view key,
                                                     std::span<const std::string> allowed,
                                                     std::string_view what) const {
  const auto* found = find(key);
  return found ? as_choices(*found, allowed, what) : std::vector<std::size_t>{};
}

TableView TableView::table(std::string_view key) const {
  if (const auto found = optional_table(key)) return *found;
  remember_default(*node, key, ConfigNode::Table{});
  for (const auto& [name, absent] : node->defaults)
    if (name == key) return TableView{absent.get()};
  throw Error(ErrorKind::internal, fmt::format("default of '{}' was not kept", key));
}

std::optional<TableView> TableView::optional_table(std::string_view key) const {
  const auto* found = find(key);
  if (!found) return {};
  if (!found->table()) throw wrong(*found, fmt::format("a table, [{}]", found->path));
  return TableView{found};
}

std::vector<TableView> TableView::tables(std::string_view key) const {
  std::vector<TableView> out;
  const auto* found = find(key);
  if (!found) return out;
  if (!found->array()) throw wrong(*found, fmt::format("tables, [[{}]]", found->path));
  for (const auto& element : found->array()->elements) {
    if (!element.table()) throw wrong(element, fmt::format("tables, [[{}]]", found->path));
    out.emplace_back(&element);
  }
  return out;
}

namespace {

bool asked_for(const ConfigNode& node, std::string_view key) {
  return std::find(node.asked.begin(), node.asked.end(), key) != node.asked.end();
}

/// A key that belongs into a table below, with its section, if there is one: 'run.firms' for
/// 'firms'.
std::string key_below(const ConfigNode& node, std::string_view key) {
  for (const auto& [name, below] : node.table()->entries)
    if (below.table() && asked_for(below, key)) return fmt::format("{}.{}", name, key);
  for (const auto& [name, absent] : node.defaults)
    if (absent->table() && asked_for(*absent, key)) return fmt::format("{}.{}", name, key);
  return {};
}

} // namespace

void TableView::finish() const {
  for (const auto& [key, value] : node->table()->entries) {
    if (asked_for(*node, key)) continue;
    const auto below = key_below(*node, key);
    throw Error(ErrorKind::input,
                node->path.empty() ? fmt::format("unknown key '{}'", key)
                                   : fmt::format("unknown key '{}' in [{}]", key, node->path),
                value.key_where, join(node->asked),
                below.empty() ? nearest(key, std::span<const std::string>(node->asked)) : below);
  }
}

std::string TableView::where(std::string_view key) const {
  if (!key.empty())
    if (const auto* found = node->table()->find(key)) return found->where;
  return node->where;
}

Error TableView::error(std::string_view key, std::string what_is_wrong, std::string allowed,
                       std::string suggestion) const {
  return {ErrorKind::input, std::move(what_is_wrong), where(key), std::move(allowed),
          std::move(suggestion)};
}

} // namespace nearshore
