#pragma once
// The sensitivities of a sweep's outcomes, as a table and as data.
#include "output/sweep/ledger.hpp"
#include "output/sweep/sensitivity.hpp"

#include <string>
#include <vector>

namespace nearshore {

struct SensitivityRow {
  std::string policy, outcome, parameter, measure;
  Estimate estimate;
};

struct SensitivityOptions {
  std::vector<std::string> outcomes; ///< names; empty: all
  std::vector<std::string> policies; ///< names; empty: all
  Bootstrap bootstrap;
};

struct SensitivityReport {
  std::string text; ///< tables for people
  std::vector<SensitivityRow> rows;
};

/// Of every outcome under every policy, means over seeds: the standardised effect of each
/// parameter; with method = "saltelli" Sobol indices, with "morris" elementary effects. Throws
/// Error (kind input) where runs are missing or outcomes are no numbers.
SensitivityReport sensitivity_of(const Sweep& sweep, const Ledger& ledger,
                                 const SensitivityOptions& options);

std::string sensitivity_csv(const std::vector<SensitivityRow>& rows);

} // namespace nearshore
