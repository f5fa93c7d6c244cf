#pragma once
// Strict CSV: a header row that must name the expected columns, in any order; quoted fields; whole
// lines starting with '#' are comments. Every error says file:line:column and what would be right.
#include "policy/error.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

class CsvTable;

/// One record; valid as long as its table. Columns are asked by name: an absent optional column
/// reads as empty.
class CsvRow {
public:
  [[nodiscard]] std::string_view text(std::string_view column) const;
  /// As text, but an empty field is an error.
  [[nodiscard]] std::string_view required_text(std::string_view column) const;
  /// A finite number in [low, high]; units are those of the column.
  [[nodiscard]] double number(std::string_view column,
                              double low = std::numeric_limits<double>::lowest(),
                              double high = std::numeric_limits<double>::max()) const;
  /// Nothing if the field is empty.
  [[nodiscard]] std::optional<double>
  optional_number(std::string_view column, double low = std::numeric_limits<double>::lowest(),
                  double high = std::numeric_limits<double>::max()) const;
  [[nodiscard]] std::int64_t
  integer(std::string_view column, std::int64_t low = std::numeric_limits<std::int64_t>::min(),
          std::int64_t high = std::numeric_limits<std::int64_t>::max()) const;
  /// 1/0, true/false, yes/no.
  [[nodiscard]] bool boolean(std::string_view column) const;
  /// Position of the field's text in `allowed`; `what` names the thing in the error ("region").
  [[nodiscard]] std::size_t choice(std::string_view column, std::span<const std::string> allowed,
                                   std::string_view what) const;
  [[nodiscard]] bool empty(std::string_view column) const { return text(column).empty(); }

  /// "file:line:column" of a field; of the record for an empty name.
  [[nodiscard]] std::string where(std::string_view column = {}) const;
  /// To be thrown: an input error at a field.
  [[nodiscard]] Error error(std::string_view column, std::string what_is_wrong,
                            std::string allowed = {}, std::string suggestion = {}) const;

private:
  friend class CsvTable;
  CsvRow(const CsvTable* t, std::size_t r) : table(t), record(r) {}
  const CsvTable* table;
  std::size_t record;
};

class CsvTable {
public:
  /// Parses `text`; `name` is what errors call the file.
  CsvTable(std::string text, std::string name, std::span<const std::string> required,
           std::span<const std::string> optional = {});

  [[nodiscard]] std::size_t size() const { return records; }
  [[nodiscard]] CsvRow operator[](std::size_t record) const { return {this, record}; }
  [[nodiscard]] bool has_column(std::string_view column) const;
  [[nodiscard]] const std::string& file() const { return name; }

  class Iterator {
  public:
    Iterator(const CsvTable* t, std::size_t r) : table(t), record(r) {}
    CsvRow operator*() const { return (*table)[record]; }
    Iterator& operator++() {
      ++record;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

  private:
    const CsvTable* table;
    std::size_t record;
  };
  [[nodiscard]] Iterator begin() const { return {this, 0}; }
  [[nodiscard]] Iterator end() const { return {this, records}; }

private:
  friend class CsvRow;
  struct Field {
    std::uint32_t offset, length, line, column;
  };
  [[nodiscard]] std::string_view view(const Field& f) const {
    return std::string_view{text}.substr(f.offset, f.length);
  }
  [[nodiscard]] std::optional<std::size_t> position(std::string_view column) const;
  [[nodiscard]] std::string place(const Field& f) const;
  bool read_record(std::size_t& at, std::uint32_t& line, std::vector<Field>& out);
  void read_header(const std::vector<Field>& header, std::span<const std::string> required,
                   std::span<const std::string> optional);

  std::string text, name;
  std::vector<std::string> columns;             // as in the header
  std::vector<std::string> accepted;            // required and optional names
  std::vector<Field> fields;                    // [record][column]
  mutable std::vector<std::size_t> last_choice; // [column] records that follow mostly repeat it
  std::size_t records{0};
};

/// Reads a file; throws Error (input) for a missing or empty file, a missing, unknown or doubled
/// column, a record with a wrong number of fields, an unclosed quote.
CsvTable read_csv(const std::string& path, const std::vector<std::string>& required,
                  const std::vector<std::string>& optional = {});

} // namespace nearshore
