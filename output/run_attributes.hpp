#pragma once
// Attributes of a file or of a data set in memory: what identifies the run and how it was made.
#include "output/trajectory_writer.hpp"
#include "sim/config/load_scenario.hpp"

#include <variant>

namespace nearshore {

struct RunAttribute {
  std::string name;
  std::variant<std::string, std::int64_t> value;
  bool any_length{false}; ///< may exceed 64 KiB
};
/// In the order of the file.
std::vector<RunAttribute> run_attributes(const RunDescription& description);

/// The description of one scenario's runs on these seeds. Throws Error as describe_run() does.
RunDescription describe_ensemble(const Scenario& scenario, const std::vector<std::uint64_t>& seeds);

} // namespace nearshore
