#pragma once
#include "output/story/firm_story.hpp"

#include <string>
#include <vector>

namespace nearshore {

/// Stories as a JSON list, indented; the names of docs/comparison.md.
std::string story_json(const std::vector<FirmStory>& stories);

} // namespace nearshore
