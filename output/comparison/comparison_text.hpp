#pragma once
// A comparison as people read it, and as a table for other programs.
#include "output/comparison/comparison.hpp"

#include <set>
#include <string>

namespace nearshore {

struct TextOptions {
  bool all{false};              ///< every key, not the headlines only
  std::set<std::string> topics; ///< none: all; "exemption" is one too
};

/// Fixed-width tables: one for each policy and period, the price of the exemption, and employment
/// and balances over the closures.
std::string comparison_text(const Comparison& comparison, const TextOptions& options);

/// Tidy: one row for each effect, with a header; the price of an exemption as topic "exemption".
std::string comparison_csv(const Comparison& comparison, const std::set<std::string>& topics);

/// What a row is of, e.g. "MX to US, auto parts".
std::string row_label(const EffectKey& key);

} // namespace nearshore
