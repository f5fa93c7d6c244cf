#pragma once
// The seeds of an ensemble, as people write them.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

/// "1-20", "7", "1,3,101-105": seeds in the order given, each once. Throws Error (kind input) that
/// names `where` for what is no list, a range that runs backwards, a seed given twice, and more
/// than 100,000 of them.
std::vector<std::uint64_t> parse_seeds(std::string_view text, const std::string& where);

/// The shortest such text, with ranges where seeds follow one another.
std::string seeds_text(const std::vector<std::uint64_t>& seeds);

} // namespace nearshore
