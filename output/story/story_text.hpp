#pragma once
#include "output/story/firm_story.hpp"

#include <string>

namespace nearshore {

/// A story as people read it: what the firm is, then each month in a line, with suppliers where
/// they changed and the plans of every review.
std::string story_text(const FirmStory& story);

/// Tidy rows of all stories, with a header: firm, month, and one value each.
std::string story_csv(const std::vector<FirmStory>& stories);

/// Why a review ended as it did, in a sentence.
std::string reason_of(const ReviewTold& review);

} // namespace nearshore
