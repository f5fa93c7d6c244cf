#pragma once
// The tree behind a Document; free of any TOML library's types.
#include "policy/calendar.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace nearshore {

struct ConfigNode {
  // Defined where ConfigNode is complete: both hold nodes.
  struct Table {
    Table();
    Table(const Table&);
    Table(Table&&) noexcept;
    Table& operator=(const Table&);
    Table& operator=(Table&&) noexcept;
    ~Table();
    std::vector<std::pair<std::string, ConfigNode>> entries; // in the order of the file

    [[nodiscard]] const ConfigNode* find(std::string_view key) const;
    [[nodiscard]] ConfigNode* find(std::string_view key);
    ConfigNode& set(std::string_view key, ConfigNode value); // replaces or appends
    void erase(std::string_view key);
  };
  struct Array {
    Array();
    Array(const Array&);
    Array(Array&&) noexcept;
    Array& operator=(const Array&);
    Array& operator=(Array&&) noexcept;
    ~Array();
    std::vector<ConfigNode> elements;
  };
  using Value = std::variant<Table, Array, std::string, std::int64_t, double, bool, Date>;

  Value value;
  std::string where;     ///< of the value: "file:line:column" or "--set KEY=VALUE"
  std::string key_where; ///< of its key; empty for elements of arrays
  std::string path;      ///< "measure.ieepa_mexico.rate"

  // What readers asked for: reading does not change the configuration, only what is known of its
  // use.
  mutable std::vector<std::string> asked;
  mutable std::vector<std::pair<std::string, std::shared_ptr<const ConfigNode>>> defaults;

  [[nodiscard]] const Table* table() const { return std::get_if<Table>(&value); }
  [[nodiscard]] Table* table() { return std::get_if<Table>(&value); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&value); }
  [[nodiscard]] Array* array() { return std::get_if<Array>(&value); }
  /// The text of its `name` key, if it is a table with one.
  [[nodiscard]] const std::string* name() const;
  /// "a text", "a whole number", ...
  [[nodiscard]] std::string_view kind() const;
};

/// A non-empty array of tables that all have a name: merged and addressed by name.
bool is_named_array(const ConfigNode& node);

/// Parses a file's text; throws Error at file:line:column.
ConfigNode parse_toml(std::string_view text, const std::string& file);
/// Parses one TOML value; a text that is no TOML value but a bare word is a string.
ConfigNode parse_toml_value(std::string_view text, const std::string& where);

/// Lays `over` on `base`: see load_document.
void merge_tables(ConfigNode& base, ConfigNode over);
/// Refuses doubled names in arrays of tables, also nested.
void check_names(const ConfigNode& node);
/// Applies "KEY=VALUE".
void apply_override(ConfigNode& root, const std::string& setting);
/// Fills `path` of every node.
void name_paths(ConfigNode& node, const std::string& path);

/// The TOML text of a tree (Document::resolved).
std::string toml_text(const ConfigNode& root, bool sources, std::span<const std::string> left_out);

} // namespace nearshore
