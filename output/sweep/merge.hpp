#pragma once
// All runs of a sweep in one file, read run by run.
#include "output/sweep/ledger.hpp"

#include <functional>
#include <string>

namespace nearshore {

struct MergeOptions {
  std::string output;
  bool partial{false}; ///< runs that are not done are NaN, instead of an error
  bool mixed{false};   ///< results of other programs or configurations are taken too
  std::function<void(std::size_t done, std::size_t all)> progress; ///< points, of all policies
};

/// Writes OUTPUT whole or not at all. The bytes outside /run depend on the results alone, not on
/// slices or on the order in which runs ended. Memory does not grow with the number of points:
/// what is held is one variable of the seeds of one point, at most some 256 MB. Throws Error: input
/// where runs are missing, mixed or damaged, resource where the file cannot be written.
void merge_sweep(const SweepFolder& folder, const Sweep& sweep, const SweepScenarios& scenarios,
                 const Ledger& ledger, const MergeOptions& options);

/// Throws Error (kind input) where results were not all made by the program and from the
/// configuration that the sweep began with.
void refuse_mixture(const SweepFolder& folder, const Ledger& ledger);

} // namespace nearshore
