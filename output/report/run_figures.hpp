#pragma once
// What the report shows of one run: named series of numbers, later summed up over seeds.
#include "output/run_view.hpp"

#include <map>
#include <string>
#include <vector>

namespace nearshore {

/// Whom and what the figures are of, as labels of the files' axes.
struct ReportScope {
  std::string home;                   ///< importer of claims, collector of duties
  std::vector<std::string> exporters; ///< fellow members whose claims are shown
  std::vector<std::string> regions, goods;
  /// Exporters of value-added content, and the sectors whose spread over seeds is kept, both as the
  /// table of published contents names them: regions or groups.
  std::vector<std::string> content_exporters, content_sectors;
  std::map<std::string, std::vector<std::string>> region_groups; ///< [group] regions
  std::vector<std::string> content_sources;                      ///< regions or groups
};

/// Series by name, e.g. "claim_share/MX": [month], or one number for a calendar year.
using Series = std::map<std::string, std::vector<double>>;

struct RunFigures {
  Series spread; ///< shown as median and 5-95 % range over seeds
  Series mean;   ///< shown as means over seeds: parts that must sum to a whole
};

RunFigures run_figures(const RunView& run, const ReportScope& scope);

} // namespace nearshore
