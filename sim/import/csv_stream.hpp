#pragma once
// A big CSV file, one record at a time: the text in memory is never more than a record and a block.
#include "policy/error.hpp"

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore::importing {

/// How far a reader has come, in bytes and records.
struct StreamPosition {
  std::uint64_t read{0}, total{0}, records{0};
};
/// Called now and then while a file is read.
using OnProgress = std::function<void(const StreamPosition&)>;

/// Reads records separated by line ends (LF or CRLF), fields by commas; quoted fields, a byte-order
/// mark and blank lines are understood. Errors (kind input) name file:line:column.
class CsvStream {
public:
  /// Opens `path`. Throws Error (kind input) if it cannot be read.
  explicit CsvStream(std::string path, OnProgress on_progress = {});

  /// Reads the next record; false at the end of the file. Fields stay valid until the next call.
  bool next();
  [[nodiscard]] std::size_t size() const { return fields.size(); }
  [[nodiscard]] std::string_view field(std::size_t i) const {
    return {buffer.data() + fields[i].offset, fields[i].length};
  }
  [[nodiscard]] std::uint64_t line() const { return record_line; }
  [[nodiscard]] const std::string& path() const { return file_name; }
  [[nodiscard]] StreamPosition position() const { return {read_bytes, total_bytes, records}; }

  /// "file:line:column" of a field; of the record's end for an index past the last.
  [[nodiscard]] std::string where(std::size_t i) const;
  /// To be thrown: an input error at a field.
  [[nodiscard]] Error error(std::size_t i, std::string what_is_wrong, std::string allowed = {},
                            std::string suggestion = {}) const;
  /// A finite number; blanks around it and a leading + are allowed. Throws at anything else.
  [[nodiscard]] double number(std::size_t i) const;

private:
  struct Field {
    std::size_t offset, length;
    std::size_t column; ///< in bytes from the start of its line, from 1
    std::uint64_t line;
  };
  struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  void drop_what_was_read();
  /// Reads another block; false at the end of the file.
  bool refill();
  [[nodiscard]] bool more(std::size_t position_in_buffer) {
    return position_in_buffer < end || refill();
  }
  void read_field(bool& last_of_record);
  void read_quoted(Field& field);

  std::string file_name;
  OnProgress progress;
  std::unique_ptr<std::FILE, Close> file;
  std::string buffer;
  std::size_t at{0}, end{0}, line_start{0};
  std::uint64_t read_bytes{0}, total_bytes{0}, records{0}, current_line{1}, record_line{1};
  std::vector<Field> fields;
};

/// The fields of a header row as names, without blanks around them.
std::vector<std::string> header_names(const CsvStream&);

} // namespace nearshore::importing
