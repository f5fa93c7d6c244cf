#pragma once
// Configuration as TOML, strictly read: every key that nobody asks for, every wrong type and every
// impossible value is an error at file:line:column. `extends` and --set are resolved before anybody
// reads.
#include "policy/calendar.hpp"
#include "policy/error.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

struct ConfigNode; // sim/config/node.hpp

/// One table of a document, typed. Every key asked for is remembered; finish() refuses the others.
/// With a default the key may be absent, and the default appears in Document::resolved(). A view is
/// a cheap handle, valid as long as its document.
class TableView {
public:
  explicit TableView(const ConfigNode* t) : node(t) {}

  [[nodiscard]] bool has(std::string_view key) const;
  /// What a key that may hold one of several types holds; false if it is absent.
  [[nodiscard]] bool is_table(std::string_view key) const;
  [[nodiscard]] bool is_text(std::string_view key) const;
  /// All keys present, in the order of the file (for tables whose keys are names, e.g. one a
  /// region).
  [[nodiscard]] std::vector<std::string> keys() const;
  /// The table's own path: "run", "measure.ieepa_mexico".
  [[nodiscard]] const std::string& path() const;

  [[nodiscard]] std::string required_text(std::string_view key) const; ///< not empty
  /// Empty only where the default is.
  [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise) const;
  [[nodiscard]] std::optional<std::string> optional_text(std::string_view key) const;

  /// A finite number in [low, high]; a whole number is one too.
  [[nodiscard]] double number(std::string_view key, double low, double high) const;
  [[nodiscard]] double number(std::string_view key, double low, double high,
                              double otherwise) const;
  [[nodiscard]] std::optional<double> optional_number(std::string_view key, double low,
                                                      double high) const;
  [[nodiscard]] std::vector<double> numbers(std::string_view key, double low, double high) const;

  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t low,
                                     std::int64_t high) const;
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high,
                                     std::int64_t otherwise) const;

  [[nodiscard]] bool boolean(std::string_view key) const;
  [[nodiscard]] bool boolean(std::string_view key, bool otherwise) const;

  /// 2025-03-04 or "2025-03-04"; "2025-03" is its first day.
  [[nodiscard]] Date date(std::string_view key) const;
  [[nodiscard]] std::optional<Date> optional_date(std::string_view key) const;
  /// "2025-03"
  [[nodiscard]] Month month(std::string_view key) const;
  [[nodiscard]] Month month(std::string_view key, Month otherwise) const;
  [[nodiscard]] std::optional<Month> optional_month(std::string_view key) const;

  /// One of `allowed`; its position. `what` names the thing in errors ("region"); by default the
  /// key.
  [[nodiscard]] std::size_t choice(std::string_view key, std::span<const std::string> allowed,
                                   std::string_view what = {}) const;
  [[nodiscard]] std::size_t choice(std::string_view key, std::span<const std::string> allowed,
                                   std::size_t otherwise, std::string_view what = {}) const;
  /// A list of texts; a single text counts as a list of one. Absent: an error, unless `optional`.
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> optional_texts(std::string_view key) const;
  /// As texts, each one of `allowed`, none twice: their positions.
  [[nodiscard]] std::vector<std::size_t> choices(std::string_view key,
                                                 std::span<const std::string> allowed,
                                                 std::string_view what = {}) const;
  [[nodiscard]] std::vector<std::size_t> optional_choices(std::string_view key,
                                                          std::span<const std::string> allowed,
                                                          std::string_view what = {}) const;

  /// A table; an absent one reads as empty, so that its defaults apply.
  [[nodiscard]] TableView table(std::string_view key) const;
  [[nodiscard]] std::optional<TableView> optional_table(std::string_view key) const;
  /// An array of tables; absent: empty.
  [[nodiscard]] std::vector<TableView> tables(std::string_view key) const;

  /// Throws for the first key that nobody asked for, with the allowed keys and the nearest one.
  void finish() const;

  /// "file:line:column" or "--set KEY=VALUE" of a key's value; of the table for an empty or absent
  /// key.
  [[nodiscard]] std::string where(std::string_view key = {}) const;
  /// To be thrown: an input error at a key.
  [[nodiscard]] Error error(std::string_view key, std::string what_is_wrong,
                            std::string allowed = {}, std::string suggestion = {}) const;

private:
  const ConfigNode* find(std::string_view key) const;    // remembers the key
  const ConfigNode& require(std::string_view key) const; // remembers the key
  const ConfigNode* node;
};

/// A configuration after `extends` and --set. Not to be read from two threads at once: reading
/// remembers keys.
class Document {
public:
  explicit Document(std::shared_ptr<const ConfigNode> r) : top(std::move(r)) {}
  [[nodiscard]] TableView root() const { return TableView{top.get()}; }
  /// Throws for the first key anywhere that nobody asked for. Call after the last reader.
  void finish() const;
  /// TOML of everything read, defaults included once they were asked for. With `sources`, each
  /// line's comment says where the value was set. Reading it back gives the same configuration.
  /// Keys whose dotted path is in `left_out` are not written.
  [[nodiscard]] std::string resolved(bool sources,
                                     std::span<const std::string> left_out = {}) const;

private:
  std::shared_ptr<const ConfigNode> top;
};

/// Reads a file with all that it extends, then applies the overrides "KEY=VALUE" in order.
///
/// `extends = "base.toml"` or a list, relative to the file: tables merge key by key; arrays of
/// tables whose elements have a `name` merge by name (`remove = true` deletes; `override = true`
/// says that the name must exist); anything else replaces. Throws Error (input) for a missing file,
/// a TOML fault, a cycle, a doubled name, a name to remove that does not exist.
Document load_document(const std::string& path, std::span<const std::string> set_overrides = {});

/// As load_document, from a text; `name` is what errors call the file, its folder is where
/// `extends` looks.
Document parse_document(std::string_view text, const std::string& name,
                        std::span<const std::string> set_overrides = {});

} // namespace nearshore
