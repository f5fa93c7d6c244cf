#pragma once
// The HDF5 form of the log of a calibration.
#include "output/calibration/evaluation_log.hpp"

#include <string>
#include <vector>

namespace nearshore {

/// Writes a whole file with labelled dimensions. Throws Error (kind resource).
void write_log(const std::string& path, const CalibrationProblem& problem,
               const std::string& identity, const std::vector<Evaluation>& evaluations,
               const std::vector<LogAxis>& axes, const std::vector<LogTable>& tables);

/// The evaluations of such a file; objectives are left to be computed. Throws Error (kind input)
/// for a file that is missing, damaged or of another calibration.
std::vector<Evaluation> read_log(const std::string& path, const CalibrationProblem& problem,
                                 const std::string& identity);

} // namespace nearshore
