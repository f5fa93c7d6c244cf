#include "sim/csv.hpp"

#include "policy/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace nearshore {
namespace {

template <class Number> std::optional<Number> parse(std::string_view text) {
  Number value{};
  const auto* last = text.data() + text.size();
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, code] = std::from_chars(text.data(), last, value);
  if (code != std::errc{} || end != last) return {};
  return value;
}

std::string range_text(double low, double high) {
  const bool from = low > std::numeric_limits<double>::lowest();
  const bool to = high < std::numeric_limits<double>::max();
  if (from && to) return fmt::format("a number from {} to {}", low, high);
  if (from) return fmt::format("a number of at least {}", low);
  if (to) return fmt::format("a number of at most {}", high);
  return "a finite number";
}

} // namespace

CsvTable::CsvTable(std::string content, std::string file, std::span<const std::string> required,
                   std::span<const std::string> optional)
    : text(std::move(content)), name(std::move(file)) {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max())
    throw Error(ErrorKind::input, "file of 4 GiB or more", name);
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::uint32_t line = 1;
  std::vector<Field> record;
  if (!read_record(at, line, record))
    throw Error(ErrorKind::input, "no header row: the file is empty", name,
                "columns " + join(required));
  read_header(record, required, optional);
  while (read_record(at, line, record)) {
    if (record.size() != columns.size())
      throw Error(ErrorKind::input,
                  fmt::format("{} fields where the header has {}", record.size(), columns.size()),
                  place(record.size() > columns.size() ? record[columns.size()] : record.back()),
                  join(columns));
    fields.insert(fields.end(), record.begin(), record.end());
    ++records;
  }
}

// Reads the next record that is neither blank nor a comment. Quoted fields are unescaped in place:
// they only shrink.
bool CsvTable::read_record(std::size_t& at, std::uint32_t& line, std::vector<Field>& out) {
  const auto end_of_line = [&](std::size_t p) {
    return p >= text.size() || text[p] == '\n' ||
           (text[p] == '\r' && (p + 1 == text.size() || text[p + 1] == '\n'));
  };
  const auto next_line = [&](std::size_t p) {
    if (p < text.size() && text[p] == '\r') ++p;
    if (p < text.size()) ++p;
    ++line;
    return p;
  };
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  out.clear();
  while (at < text.size()) { // skip blank lines and comments
    std::size_t p = at;
    while (p < text.size() && blank(text[p]))
      ++p;
    if (end_of_line(p)) {
      at = next_line(p);
    } else if (text[p] == '#') {
      while (!end_of_line(p))
        ++p;
      at = next_line(p);
    } else {
      break;
    }
  }
  if (at >= text.size()) return false;

  std::size_t line_start = at;
  for (std::size_t p = at;;) {
    while (p < text.size() && blank(text[p]))
      ++p;
    Field field{static_cast<std::uint32_t>(p), 0, line,
                static_cast<std::uint32_t>(p - line_start + 1)};
    if (p < text.size() && text[p] == '"') {
      std::size_t write = ++p;
      field.offset = static_cast<std::uint32_t>(write);
      for (;; ++p) {
        if (p >= text.size()) throw Error(ErrorKind::input, "quote never closed", place(field));
        if (text[p] == '"') {
          if (p + 1 >= text.size() || text[p + 1] != '"') break;
          ++p;
        } else if (text[p] == '\n') {
          ++line;
          line_start = p + 1;
        }
        text[write++] = text[p];
      }
      field.length = static_cast<std::uint32_t>(write - field.offset);
      ++p;
      while (p < text.size() && blank(text[p]))
        ++p;
      if (!end_of_line(p) && text[p] != ',')
        throw Error(ErrorKind::input, "text after a closing quote",
                    fmt::format("{}:{}:{}", name, line, p - line_start + 1),
                    "a comma or the end of line");
    } else {
      while (!end_of_line(p) && text[p] != ',') {
        if (text[p] == '"')
          throw Error(ErrorKind::input, "quote inside an unquoted field",
                      fmt::format("{}:{}:{}", name, line, p - line_start + 1),
                      "the whole field in quotes, its quotes doubled");
        ++p;
      }
      std::size_t last = p;
      while (last > field.offset && blank(text[last - 1]))
        --last;
      field.length = static_cast<std::uint32_t>(last - field.offset);
    }
    out.push_back(field);
    if (end_of_line(p)) {
      at = next_line(p);
      return true;
    }
    ++p; // the comma
  }
}

void CsvTable::read_header(const std::vector<Field>& header, std::span<const std::string> required,
                           std::span<const std::string> optional) {
  accepted.assign(required.begin(), required.end());
  accepted.insert(accepted.end(), optional.begin(), optional.end());
  for (const auto& field : header) {
    std::string column{view(field)};
    if (std::find(accepted.begin(), accepted.end(), column) == accepted.end())
      throw Error(ErrorKind::input, fmt::format("unknown column '{}'", column), place(field),
                  join(accepted), nearest(column, std::span<const std::string>(accepted)));
    if (std::find(columns.begin(), columns.end(), column) != columns.end())
      throw Error(ErrorKind::input, fmt::format("column '{}' appears twice", column), place(field));
    columns.push_back(std::move(column));
  }
  for (const auto& column : required)
    if (!has_column(column))
      throw Error(ErrorKind::input, fmt::format("missing column '{}'", column),
                  place(header.front()), join(accepted));
}

bool CsvTable::has_column(std::string_view column) const {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::optional<std::size_t> CsvTable::position(std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i] == column) return i;
  // A reader that asks for a column it did not declare is a fault of the program, not of the file.
  if (std::find(accepted.begin(), accepted.end(), column) == accepted.end())
    throw Error(ErrorKind::internal,
                fmt::format("column '{}' was not declared by the reader", column), name,
                join(accepted));
  return {};
}

std::string CsvTable::place(const Field& f) const {
  return fmt::format("{}:{}:{}", name, f.line, f.column);
}

std::string_view CsvRow::text(std::string_view column) const {
  const auto i = table->position(column);
  if (!i) return {};
  return table->view(table->fields[record * table->columns.size() + *i]);
}

std::string_view CsvRow::required_text(std::string_view column) const {
  const auto t = text(column);
  if (t.empty()) throw error(column, fmt::format("empty {}", column), "a text");
  return t;
}

double CsvRow::number(std::string_view column, double low, double high) const {
  const auto t = text(column);
  const auto value = parse<double>(t);
  if (!value || !std::isfinite(*value))
    throw error(column, fmt::format("{} = '{}' is not a finite number", column, t),
                range_text(low, high));
  if (*value < low || *value > high)
    throw error(column, fmt::format("{} = {} is out of range", column, t), range_text(low, high));
  return *value;
}

std::optional<double> CsvRow::optional_number(std::string_view column, double low,
                                              double high) const {
  if (empty(column)) return {};
  return number(column, low, high);
}

std::int64_t CsvRow::integer(std::string_view column, std::int64_t low, std::int64_t high) const {
  const auto t = text(column);
  const auto value = parse<std::int64_t>(t);
  const auto allowed = [&] { return fmt::format("a whole number from {} to {}", low, high); };
  if (!value)
    throw error(column, fmt::format("{} = '{}' is not a whole number", column, t), allowed());
  if (*value < low || *value > high)
    throw error(column, fmt::format("{} = {} is out of range", column, t), allowed());
  return *value;
}

bool CsvRow::boolean(std::string_view column) const {
  const auto t = text(column);
  if (t == "1" || t == "true" || t == "yes") return true;
  if (t == "0" || t == "false" || t == "no") return false;
  throw error(column, fmt::format("{} = '{}' is neither true nor false", column, t),
              "true, false, yes, no, 1, 0");
}

std::size_t CsvRow::choice(std::string_view column, std::span<const std::string> allowed,
                           std::string_view what) const {
  const auto i = table->position(column);
  const auto t =
      i ? table->view(table->fields[record * table->columns.size() + *i]) : std::string_view{};
  if (table->last_choice.empty()) table->last_choice.resize(table->columns.size());
  if (i && table->last_choice[*i] < allowed.size() && allowed[table->last_choice[*i]] == t)
    return table->last_choice[*i];
  const auto found = std::find(allowed.begin(), allowed.end(), t);
  if (found == allowed.end())
    throw error(column, fmt::format("unknown {} '{}'", what, t), join(allowed),
                nearest(t, allowed));
  const auto place = static_cast<std::size_t>(found - allowed.begin());
  if (i) table->last_choice[*i] = place;
  return place;
}

std::string CsvRow::where(std::string_view column) const {
  const auto first = record * table->columns.size();
  const auto i = column.empty() ? std::nullopt : table->position(column);
  return table->place(table->fields[first + i.value_or(0)]);
}

Error CsvRow::error(std::string_view column, std::string what_is_wrong, std::string allowed,
                    std::string suggestion) const {
  return {ErrorKind::input, std::move(what_is_wrong), where(column), std::move(allowed),
          std::move(suggestion)};
}

CsvTable read_csv(const std::string& path, const std::vector<std::string>& required,
                  const std::vector<std::string>& optional) {
  return {read_text_file(path), path, required, optional};
}

} // namespace nearshore
