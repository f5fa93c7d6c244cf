#pragma once
#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace nearshore {

/// A word for a shell: in single quotes unless nothing in it needs them.
inline std::string shell_word(const std::string& text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view{"_-./=,:+"}.find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain && !text.empty()) return text;
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return out + "'";
}

} // namespace nearshore
