#pragma once
// Pictures for papers, without a browser: the report's main charts as SVG, PNG or PDF, drawn by
// gnuplot.
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

struct PictureRequest {
  std::string file;     ///< a finished run or ensemble
  std::string what;     ///< one of picture_kinds()
  std::string output;   ///< ends in .svg, .png or .pdf
  std::string exporter; ///< whose goods; empty: the first fellow member
  std::string sector;   ///< of `content`: a sector or group of sectors; empty: manufacturing
  std::string month; ///< of `content` and `flows`, and of titles; empty: a year after the reference
};

/// claims, decomposition, content, flows
const std::vector<std::string>& picture_kinds();

/// Writes the picture beside its name and renames it. Throws Error: kind input for a wrong kind,
/// ending, exporter, sector or month, or a file that is no trajectory; kind resource where gnuplot
/// is missing or the file cannot be written.
void write_picture(const PictureRequest& request);

} // namespace nearshore
