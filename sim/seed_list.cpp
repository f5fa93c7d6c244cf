#include "sim/seed_list.hpp"

#include "policy/error.hpp"
#include "sim/config/settings.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace nearshore {
namespace {

constexpr std::size_t kMostSeeds = 100'000;
constexpr const char* kAllowed = "seeds and ranges of seeds, e.g. 1-20 or 1,3,101-105";

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t value = 0;
  const auto end = text.data() + text.size();
  const auto [at, code] = std::from_chars(text.data(), end, value);
  if (text.empty() || at != end || code != std::errc{}) return {};
  return value;
}

/// The largest that run.seed allows.
std::uint64_t largest_seed() {
  const auto table = setting_table();
  const auto at = std::find_if(table.begin(), table.end(), [](const Setting& s) {
    return s.section == "run" && s.key == "seed";
  });
  return static_cast<std::uint64_t>(at->high);
}

} // namespace

std::vector<std::uint64_t> parse_seeds(std::string_view text, const std::string& where) {
  const auto refuse = [&](const std::string& why, const std::string& allowed) -> Error {
    return {ErrorKind::input, "'" + std::string{text} + "': " + why, where, allowed};
  };
  std::vector<std::uint64_t> seeds;
  std::set<std::uint64_t> seen;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    const auto part = text.substr(from, comma - from);
    from = comma + 1;
    const auto dash = part.find('-');
    const auto first = whole(part.substr(0, dash));
    const auto last = dash == part.npos ? first : whole(part.substr(dash + 1));
    if (!first || !last)
      throw refuse("'" + std::string{part} + "' is no seed and no range of seeds", kAllowed);
    if (*last > largest_seed())
      throw refuse("the seed " + std::to_string(*last) + " is too large",
                   "0 to " + std::to_string(largest_seed()));
    if (*last < *first)
      throw refuse("the range " + std::string{part} + " runs backwards",
                   std::to_string(*last) + "-" + std::to_string(*first));
    if (*last - *first >= kMostSeeds - seeds.size())
      throw refuse("too many seeds", "at most " + std::to_string(kMostSeeds));
    for (std::uint64_t seed = *first; seed <= *last; ++seed) {
      if (!seen.insert(seed).second)
        throw refuse("the seed " + std::to_string(seed) + " is given twice", "each seed once");
      seeds.push_back(seed);
    }
  }
  return seeds;
}

std::string seeds_text(const std::vector<std::uint64_t>& seeds) {
  std::string text;
  for (std::size_t i = 0; i < seeds.size();) {
    std::size_t last = i;
    while (last + 1 < seeds.size() && seeds[last + 1] == seeds[last] + 1)
      ++last;
    text += (text.empty() ? "" : ",") + std::to_string(seeds[i]);
    if (last > i) text += "-" + std::to_string(seeds[last]);
    i = last + 1;
  }
  return text;
}

} // namespace nearshore
