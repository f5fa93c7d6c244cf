#pragma once
// The grammar of a figure in TOML, shared by validation and calibration.
#include "output/validation.hpp"
#include "sim/config/document.hpp"

#include <map>
#include <string>
#include <vector>

namespace nearshore {

/// Names of several labels of an axis: [axis][name], from [groups.AXIS].
using LabelGroups = std::map<std::string, std::map<std::string, std::vector<std::string>>>;

LabelGroups read_groups(const TableView& root);

/// All of a target but its range and kind, which only `validate` has. Throws Error (kind input)
/// with file:line:column.
Target read_figure(const TableView& table, const LabelGroups& groups);

} // namespace nearshore
