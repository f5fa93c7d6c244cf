#pragma once
// A configuration file as the program uses it: everything read, checked and resolved.
#include "policy/regime.hpp"
#include "sim/config/document.hpp"
#include "sim/reporting.hpp"
#include "sim/scenario.hpp"
#include "sim/sector_behaviour.hpp"
#include "sim/world_table.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nearshore {

struct Scenario {
  std::string file;        ///< as asked for
  std::string title;       ///< one line, `title` at the top of the file
  std::string description; ///< what it is for, may be empty
  RunSettings run;
  Switches switches;
  Parameters parameters;
  std::shared_ptr<const WorldTable> world;    ///< of the base year
  std::shared_ptr<const SectorData> sectors;  ///< behaviour by sector: [sectors] over its table
  std::shared_ptr<const Regime> regime;       ///< by the world's regions and sectors
  std::shared_ptr<const Reporting> reporting; ///< [reporting]; null if there is no such table
  std::string resolved; ///< TOML of everything, defaults included; reads back to the same scenario
  std::string resolved_sources; ///< the same, each line with the place where it was set
  std::string resolved_outcome; ///< without what cannot change a result (threads, output): an
                                ///< attribute of runs
  std::string data_sums; ///< files of data that it names, a checksum each (data_files.hpp): another
                         ///< attribute
};

/// Reads and checks a scenario, with all that it extends, and applies --set overrides in order. A
/// file that does not exist from the current folder is looked for under the project's root. Throws
/// Error (input).
Scenario load_scenario(const std::string& path, std::span<const std::string> set_overrides = {});

/// The same of a text, e.g. the configuration that a trajectory carries; `name` is what errors call
/// it.
Scenario load_scenario_text(std::string_view text, const std::string& name,
                            std::span<const std::string> set_overrides = {});

} // namespace nearshore
