#include "sim/import/csv_stream.hpp"

#include "policy/input_file.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <filesystem>

namespace nearshore::importing {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
// Of one record, with what was read beyond it: a row of the largest Inter-Country table has 0.1 MB.
constexpr std::size_t kLongestRecord = std::size_t{64} << 20;

bool blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view t) {
  while (!t.empty() && blank(t.front()))
    t.remove_prefix(1);
  while (!t.empty() && blank(t.back()))
    t.remove_suffix(1);
  return t;
}

} // namespace

CsvStream::CsvStream(std::string path, OnProgress on_progress)
    : file_name(std::move(path)), progress(std::move(on_progress)) {
  require_readable_kind(file_name);
  file.reset(std::fopen(file_name.c_str(), "rb"));
  if (!file)
    throw Error(ErrorKind::input, "cannot be read", file_name, "a CSV file that may be read");
  std::error_code failed;
  total_bytes = std::filesystem::file_size(file_name, failed);
  if (failed) total_bytes = 0; // a pipe: its length is not known
  if (more(0) && end >= 3 && buffer.compare(0, 3, "\xEF\xBB\xBF") == 0) at = line_start = 3;
}

void CsvStream::drop_what_was_read() {
  if (at < kBlock) return;
  std::memmove(buffer.data(), buffer.data() + at, end - at);
  end -= at;
  at = line_start = 0;
}

bool CsvStream::refill() {
  if (end > kLongestRecord)
    throw Error(ErrorKind::input, fmt::format("a line of more than {} MiB", kLongestRecord >> 20),
                fmt::format("{}:{}", file_name, current_line), "a CSV file");
  if (buffer.size() < end + kBlock) buffer.resize(end + kBlock);
  const auto got = std::fread(buffer.data() + end, 1, kBlock, file.get());
  if (got == 0 && std::ferror(file.get()))
    throw Error(ErrorKind::input, fmt::format("reading failed after {} bytes", read_bytes),
                file_name);
  end += got;
  read_bytes += got;
  if (progress && got > 0) progress(position());
  return got > 0;
}

bool CsvStream::next() {
  fields.clear();
  drop_what_was_read(); // between records only: fields are offsets into the buffer
  while (more(at)) {    // blank lines
    const char c = buffer[at];
    if (c == '\n') {
      line_start = at + 1;
      ++current_line;
    } else if (c != '\r' && !blank(c)) {
      break;
    }
    ++at;
  }
  if (!more(at)) return false;
  at = line_start;
  record_line = current_line;
  bool last = false;
  while (!last)
    read_field(last);
  ++records;
  return true;
}

void CsvStream::read_field(bool& last_of_record) {
  while (more(at) && blank(buffer[at]))
    ++at;
  Field field{at, 0, at - line_start + 1, current_line};
  if (more(at) && buffer[at] == '"') {
    read_quoted(field);
  } else {
    while (more(at) && buffer[at] != ',' && buffer[at] != '\n')
      ++at;
    field.length = at - field.offset;
    if (field.length > 0 && buffer[at - 1] == '\r') --field.length;
    field.length = trimmed({buffer.data() + field.offset, field.length}).size();
  }
  fields.push_back(field);
  if (!more(at)) {
    last_of_record = true;
  } else if (buffer[at] == '\n') {
    last_of_record = true;
    ++at;
    ++current_line;
    line_start = at;
  } else {
    ++at; // the comma
  }
}

void CsvStream::read_quoted(Field& field) {
  std::size_t write = ++at;
  field.offset = write;
  for (;; ++at) {
    if (!more(at))
      throw Error(ErrorKind::input, "quote never closed",
                  fmt::format("{}:{}:{}", file_name, field.line, field.column));
    if (buffer[at] == '"') {
      if (!more(at + 1) || buffer[at + 1] != '"') break;
      ++at;
    } else if (buffer[at] == '\n') {
      ++current_line;
      line_start = at + 1;
    }
    buffer[write++] = buffer[at];
  }
  field.length = write - field.offset;
  ++at;
  while (more(at) && (blank(buffer[at]) || buffer[at] == '\r'))
    ++at;
  if (more(at) && buffer[at] != ',' && buffer[at] != '\n')
    throw Error(ErrorKind::input, "text after a closing quote",
                fmt::format("{}:{}:{}", file_name, current_line, at - line_start + 1),
                "a comma or the end of line");
}

std::string CsvStream::where(std::size_t i) const {
  if (fields.empty()) return fmt::format("{}:{}", file_name, record_line);
  const auto& f = i < fields.size() ? fields[i] : fields.back();
  return fmt::format("{}:{}:{}", file_name, f.line, f.column + (i < fields.size() ? 0 : f.length));
}

Error CsvStream::error(std::size_t i, std::string what_is_wrong, std::string allowed,
                       std::string suggestion) const {
  return {ErrorKind::input, std::move(what_is_wrong), where(i), std::move(allowed),
          std::move(suggestion)};
}

double CsvStream::number(std::size_t i) const {
  auto text = trimmed(field(i));
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value{};
  const auto [last, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || last != text.data() + text.size() || !std::isfinite(value))
    throw error(i, fmt::format("'{}' is not a finite number", field(i)), "a decimal number");
  return value;
}

std::vector<std::string> header_names(const CsvStream& in) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < in.size(); ++i)
    names.emplace_back(trimmed(in.field(i)));
  return names;
}

} // namespace nearshore::importing
