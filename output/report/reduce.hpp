#pragma once
// Sums over the axes of a variable that a chart does not show.
#include "output/run_view.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace nearshore {

/// Labels that count, by axis; an axis not named: all.
using Only = std::map<std::string, std::set<std::string>>;

/// Sums `array` over every axis but those of `keep` (in their order), row-major. Throws Error (kind
/// input) for an axis that there is not.
std::vector<double> reduce(const LabelledArray& array, const std::vector<std::string>& keep,
                           const Only& only = {});

/// The months of one cell: one label on each axis but time.
std::vector<double> cell(const LabelledArray& array,
                         const std::map<std::string, std::string>& labels);

} // namespace nearshore
