#pragma once
// The folder of a world table as text, and its comparison with what is on disk.
#include "sim/balance/report.hpp"

#include <map>
#include <string>
#include <vector>

namespace nearshore::balance {

/// Contents by file name. The same table gives the same bytes.
using Files = std::map<std::string, std::string>;

/// All files of a world folder: regions.csv, sectors.csv and groups.csv as in the folder of
/// sources, sources.csv, producers.csv, inputs.csv, final_demand.csv, fit.csv, us_trade_bridge.csv,
/// us_trade_comparison.csv.
Files render_world(const Sources&, const std::string& sources_folder, const WorldTable&);

/// Writes every file beside its place and renames them when all are complete; tables are written
/// over by such of the same columns only. A folder that was made for them goes again if that fails.
/// Throws Error (sim/checkpoint/written_file.hpp).
void write_files(const Files&, const std::string& folder);

/// One line for each file that is missing or differs, with the first line that does; empty if all
/// are equal.
std::vector<std::string> compare_files(const Files&, const std::string& folder);

} // namespace nearshore::balance
