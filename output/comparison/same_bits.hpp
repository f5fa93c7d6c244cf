#pragma once
// Whether two files hold the same bits: everything but the group /run.
#include <cstddef>
#include <string>
#include <vector>

namespace nearshore {

struct BitDifferences {
  std::vector<std::string> found; ///< in words, e.g. "claim_share: 3 of 972 values differ, ..."
  std::size_t objects{0};         ///< datasets and groups compared
  std::size_t values{0};          ///< numbers and texts in datasets
};

/// What of two files is held against each other: all, or all but which program wrote them.
enum class Program { counts, left_out };

/// Compares names, types, shapes, axes, values and attributes of every object outside /run, to the
/// bit (NaN equals the same NaN; 0 and -0 differ). At most `most` differences are told. Throws
/// Error (kind input) for a file that cannot be read.
BitDifferences bit_differences(const std::string& path, const std::string& other,
                               std::size_t most = 10, Program = Program::counts);

} // namespace nearshore
