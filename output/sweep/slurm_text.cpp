#include "output/sweep/slurm_text.hpp"

#include <algorithm>
#include <cctype>
#include <regex>
#include <string_view>

namespace nearshore {

bool is_slurm_time(const std::string& text) {
  static const std::regex form{
      "[0-9]{1,9}(:[0-9]{1,9}){0,2}|[0-9]{1,9}-[0-9]{1,9}(:[0-9]{1,9}){0,2}"};
  return std::regex_match(text, form);
}

std::string slurm_file(const std::string& path, const std::string& pattern) {
  std::string out;
  bool plain = true;
  for (const char c : path) {
    plain &= std::isalnum(static_cast<unsigned char>(c)) != 0 ||
             std::string_view{"_-./=,:+%"}.find(c) != std::string_view::npos;
    if (c == '"' || c == '\\') out += '\\';
    if (c == '%') out += '%';
    out += c;
  }
  return plain ? out + pattern : '"' + out + pattern + '"';
}

std::string slurm_job_name(std::string name) {
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) {
        return std::isalnum(c) == 0 && c < 0x80 &&
               std::string_view{"_-."}.find(static_cast<char>(c)) == std::string_view::npos;
      },
      '_');
  return name;
}

} // namespace nearshore
