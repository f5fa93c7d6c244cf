#pragma once
// A run of a file made again, with someone looking on at chosen firms.
#include "output/story/firm_story.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

struct StoryAsked {
  std::string file;
  std::optional<std::int64_t> seed; ///< of an ensemble; none: the first
  std::string policy;               ///< of a file of two: baseline or reform; empty: the reform
  std::vector<std::uint32_t> firms; ///< these, or
  std::size_t sample{0};            ///< so many of those that are as below, drawn at random
  std::string region, sector;       ///< empty: any
  bool switched{false};             ///< turned to a supplier in another region in some review
  int threads{0};
};

struct StoriesTold {
  std::vector<FirmStory> stories;
  std::int64_t seed{0};
  std::size_t matching{0}; ///< firms of that region and sector that produce at the start
  std::size_t watched{0};  ///< of them, those that `switched` was looked for in
};

/// Runs the file's configuration again and checks that every value of every month is the file's.
/// Throws Error (kind input) where there is no such run, firm, region or sector, and where the
/// result is another: then this program is not the one that wrote the file.
StoriesTold tell_stories(const StoryAsked& asked);

} // namespace nearshore
