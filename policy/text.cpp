#include "policy/text.hpp"

#include "policy/error.hpp"
#include "policy/input_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

namespace nearshore {
namespace {

constexpr std::size_t kLargestText = std::size_t{256} << 20; // the largest table shipped has 1.7 MB
constexpr std::size_t kLongestName = 200; // nobody misspells a longer one, and comparing it is slow

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

// Optimal string alignment distance in half edits: a change of case costs one half edit, others
// two.
std::size_t half_edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    last[j] = 2 * j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = 2 * i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = a[i - 1], y = b[j - 1];
      const std::size_t change = x == y ? 0 : lower(x) == lower(y) ? 1 : 2;
      now[j] = std::min({last[j] + 2, now[j - 1] + 2, last[j - 1] + change});
      if (i > 1 && j > 1 && x == b[j - 2] && a[i - 2] == y)
        now[j] = std::min(now[j], before[j - 2] + 2);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

template <class Text> std::string nearest_of(std::string_view name, std::span<const Text> words) {
  std::string best;
  if (name.size() > kLongestName) return best;
  std::size_t least = ~std::size_t{0};
  for (const auto& word : words) {
    if (word.size() > kLongestName) continue;
    const auto distance = half_edits(name, word);
    const auto longer = std::max(name.size(), word.size());
    // A third of the letters may be wrong; more is another word.
    if (distance < least && 3 * distance <= 2 * std::max<std::size_t>(longer, 3)) {
      least = distance;
      best = word;
    }
  }
  return best;
}

template <class Text> std::string joined(std::span<const Text> words, std::string_view separator) {
  std::string out;
  for (const auto& word : words) {
    if (!out.empty()) out += separator;
    out += word;
  }
  return out;
}

} // namespace

std::string nearest(std::string_view name, std::span<const std::string> candidates) {
  return nearest_of(name, candidates);
}
std::string nearest(std::string_view name, std::span<const std::string_view> candidates) {
  return nearest_of(name, candidates);
}
std::string join(std::span<const std::string> words, std::string_view separator) {
  return joined(words, separator);
}
std::string join(std::span<const std::string_view> words, std::string_view separator) {
  return joined(words, separator);
}

std::string number_text(double value) {
  return fmt::format("{}", value);
}

std::string read_text_file(const std::string& path) {
  require_readable_kind(path);
  std::ifstream in(path, std::ios::binary);
  if (!in)
    throw Error(ErrorKind::input, fmt::format("cannot read: {}", std::strerror(errno)), path);
  // Piece by piece: the size of a pipe or a device is not known beforehand, and may have no end.
  std::string text;
  std::array<char, 4096> piece{};
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > kLargestText)
      throw Error(ErrorKind::input, fmt::format("larger than {} MiB", kLargestText >> 20), path,
                  "a text file of tables or configuration");
  }
  if (in.bad()) throw Error(ErrorKind::input, "reading failed", path);
  return text;
}

} // namespace nearshore
