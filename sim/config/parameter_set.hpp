#pragma once
// Several vectors of parameters that fit the data about equally well (`calibrate --set`), to be run
// side by side.
#include <string>
#include <vector>

namespace nearshore {

struct ParameterVector {
  std::string name;
  std::vector<std::string> sets; ///< KEY=VALUE, as --set takes them
};

/// Reads a file of [[member]]: name, [member.parameters], [member.sectors.SECTOR]. Throws
/// Error (kind input) with file:line:column.
std::vector<ParameterVector> read_parameter_set(const std::string& path);

} // namespace nearshore
