#pragma once
// The report: one HTML file that opens without a network. This side reads finished runs and embeds
// what the page draws as JSON; the page (output/report/page/) is bundled when the program is built.
#include "output/comparison/comparison.hpp"
#include "sim/checkpoint/written_file.hpp"

#include <string>
#include <vector>

namespace nearshore {

struct ReportRequest {
  std::string title{"North American sourcing under tariffs"};
  /// Finished trajectories, single runs or ensembles. Each policy of a file is a scenario; the
  /// first one is the base.
  std::vector<std::string> files;
  /// What the base is compared with; empty: nothing.
  std::string targets{"configs/validation_targets.toml"};
  /// Effects of policies; null: there are none.
  const Comparison* comparison{nullptr};
  std::string no_comparison; ///< why there are none, in words
};

/// The data of the page, as JSON that may stand in a <script> element. Throws Error (kind input)
/// for a file that is no trajectory, or targets that cannot be read.
std::string report_json(const ReportRequest& request);

/// The whole page. Throws Error (kind resource) if this program was built without it.
std::string report_html(const ReportRequest& request);

/// Where a page may be written: over another page that nearshore made.
OutputPlace report_place(const std::string& path, std::vector<std::string> inputs);

/// Throws Error (kind resource) that says how to get it, if the program was built without the page:
/// to be called before anything long.
void require_report_page();

/// Files of the comparison under the base's own closure, for ReportRequest::files.
std::vector<std::string> report_files(const Comparison& comparison);

} // namespace nearshore
