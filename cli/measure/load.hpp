#pragma once
// One measurement of the month loop: a world of so many firms is built, settles, and runs some
// months on so many threads, with its trajectory written as `run` writes it.
#include "cli/measure/hardware_counters.hpp"
#include "sim/config/load_scenario.hpp"
#include "sim/simulation.hpp"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <string>
#include <vector>

namespace nearshore {

/// What a measurement is to run; the months are those of the scenario.
struct LoadRequest {
  std::int64_t firms{0};
  int threads{1};
  int repeats{1}; ///< worlds measured one after the other, with seeds of their own
};

/// Times are wall seconds summed over the repeats, of the months after the spin-up if nothing else
/// is said.
struct LoadFigures {
  LoadRequest request;
  double firm_months{0}, month_seconds{0}, cpu_seconds{0};
  std::array<double, kPasses.size()> pass_seconds{};
  double output_seconds{0};                     ///< what the month loop waits for the output
  double build_seconds{0}, spin_up_seconds{0};  ///< mean of a world
  double state_bytes{0};                        ///< a firm, all columns
  double peak_bytes{0};                         ///< resident, of the process
  double links{0}, inputs{0};                   ///< mean of a firm
  double reviewing{0};                          ///< share of firms that reviewed, mean of a month
  std::array<double, kHardwareEvents> events{}; ///< a firm-month; negative: not counted
  std::array<std::string, kHardwareEvents> why_absent;

  [[nodiscard]] double rate() const { return firm_months / month_seconds; }
  [[nodiscard]] double nanoseconds() const { return 1e9 * month_seconds / firm_months; }
};

/// Runs it in a process of its own. `scratch`: a folder for the trajectory. Throws Error.
LoadFigures measure_load(const Scenario&, const LoadRequest&, const std::string& scratch);

} // namespace nearshore
