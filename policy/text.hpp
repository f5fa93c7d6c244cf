#pragma once
// Words in messages: the nearest valid name and lists of what is allowed.
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

/// The candidate nearest to `name` by edit distance (insertions, deletions, substitutions, swaps of
/// neighbours; case counts half); empty if none is near enough to be what was meant.
std::string nearest(std::string_view name, std::span<const std::string> candidates);
std::string nearest(std::string_view name, std::span<const std::string_view> candidates);

/// "a, b, c"
std::string join(std::span<const std::string> words, std::string_view separator = ", ");
std::string join(std::span<const std::string_view> words, std::string_view separator = ", ");

/// Shortest decimal text that reads back to the same number, e.g. "0.1", "25".
std::string number_text(double value);

/// Whole text of a file; throws Error (input) with its name when it cannot be read.
std::string read_text_file(const std::string& path);

} // namespace nearshore
