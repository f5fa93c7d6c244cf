#pragma once
// A small run of a scenario, timed part by part: what the prediction of a large one starts from.
// It is made on the machine, with the threads and beside as many others as the large one will be.
#include "sim/config/load_scenario.hpp"

#include <cstdint>
#include <vector>

namespace nearshore {

struct ProbeRequest {
  std::int64_t firms{0};
  int copies{1}, threads{1}; ///< runs at a time, with other seeds; threads of each
  int spin_up{0}, months{0}; ///< at most; the months are the first of the scenario
};

/// Seconds as a free machine would need them, means over the copies: processor time where a run
/// has one thread, else wall time.
struct Probe {
  std::int64_t firms{0};
  double links{0};                     ///< a firm
  double state_bytes{0};               ///< a firm, all columns
  double world{0};                     ///< building it
  double rebase{0};                    ///< setting the base year anew, once; 0 without spin-up
  std::vector<double> spin_up, months; ///< of each month, output left out
  double figures{0};                   ///< computing the variables of a month for the file: mean
  double compression{0}; ///< writing a month into a file, beside the next months: mean
};

/// Bytes of a trajectory, from months compressed into a file in memory: empty, per month, and the
/// index that a variable opens for each group of months.
struct FileShape {
  double empty{0}, month{0}, index{0};
  /// Of so many months, of all runs.
  [[nodiscard]] double bytes(double months) const;
};

/// Of the times of months: what one takes when nobody else uses the processor, who makes months
/// longer and never shorter. 0 of none.
double undisturbed(std::vector<double> seconds);

/// How often the base year is set anew in a spin-up of so many months.
int rebases_of(int spin_up);

struct ProbeResult {
  Probe time;
  FileShape file;
};

/// Runs it. Leaves nothing on disk. Throws Error.
ProbeResult probe_run(const Scenario&, const ProbeRequest&, bool with_file);

} // namespace nearshore
