#include "sim/config/data_files.hpp"

#include "policy/text.hpp"
#include "sim/config/paths.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>

namespace nearshore {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestPath = 200;

/// Every text in quotes.
std::set<std::string> texts_of(const std::string& toml) {
  std::set<std::string> out;
  for (std::size_t from = 0; (from = toml.find('"', from)) != toml.npos;) {
    const auto close = toml.find_first_of("\"\n", from + 1);
    if (close == toml.npos) break;
    out.insert(toml.substr(from + 1, close - from - 1));
    from = close + 1;
  }
  return out;
}

std::set<std::string> lines_of(const std::string& text) {
  std::set<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);)
    lines.insert(line);
  return lines;
}

std::string name_in(const std::string& line) {
  return line.substr(0, line.find_last_of(' '));
}

} // namespace

std::vector<std::string> data_files_of(const std::string& resolved) {
  std::set<std::string> files;
  for (const auto& text : texts_of(resolved)) {
    if (text.size() > kLongestPath) continue; // words for people
    std::error_code failed;
    const fs::path path{find_input(text)};
    if (path.extension() == ".csv" && fs::is_regular_file(path, failed)) files.insert(path);
    if (text.find('/') == text.npos || !fs::is_directory(path, failed)) continue;
    for (const auto& entry : fs::directory_iterator{path, failed})
      if (entry.path().extension() == ".csv") files.insert(entry.path());
  }
  return {files.begin(), files.end()};
}

std::string data_sums_of(const std::string& resolved) {
  std::set<std::string> lines;
  for (const auto& file : data_files_of(resolved)) {
    const auto text = read_text_file(file);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    lines.insert(fmt::format("{} {:08x}\n", fs::path{file}.filename().string(),
                             crc32_z(0, bytes, text.size())));
  }
  std::string out;
  for (const auto& line : lines)
    out += line;
  return out;
}

std::vector<std::string> differing_data(const std::string& a, const std::string& b) {
  const auto left = lines_of(a), right = lines_of(b);
  std::vector<std::string> either;
  std::set_symmetric_difference(left.begin(), left.end(), right.begin(), right.end(),
                                std::back_inserter(either));
  std::set<std::string> names;
  for (const auto& line : either)
    names.insert(name_in(line));
  return {names.begin(), names.end()};
}

std::vector<std::string> changed_data(const std::string& a, const std::string& b) {
  const auto names_of = [](const std::string& text) {
    std::set<std::string> names;
    for (const auto& line : lines_of(text))
      names.insert(name_in(line));
    return names;
  };
  auto out = differing_data(a, b);
  const auto left = names_of(a), right = names_of(b);
  std::erase_if(out, [&](const auto& x) { return left.count(x) == 0 || right.count(x) == 0; });
  return out;
}

} // namespace nearshore
