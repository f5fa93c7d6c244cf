#pragma once
// A comparison of finished trajectory files. What they are is read from the configuration that each
// carries.
#include "output/comparison/outcomes.hpp"
#include "sim/config/load_scenario.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

struct CompareOptions {
  std::vector<ComparedPeriod> periods; ///< none: the last twelve months
  std::set<std::string> topics;        ///< none: all
  bool other_versions{false};          ///< files of different versions may be compared
  std::vector<std::pair<std::string, std::string>> names{}; ///< of policies: file, name
};

/// Files of one policy that differ in run.closure only are its closures. The first file is the
/// base's. Throws Error (kind input) where files cannot be compared: several policies or parameter
/// sets in one, one seed, other seeds, months, firms, regions, sectors, versions, a file twice.
Comparison compare_files(const std::vector<std::string>& paths, const CompareOptions& options);

/// What configurations take over from files that they are compared with.
struct FilesGiven {
  std::vector<std::uint64_t> seeds;
  std::int64_t firms{0};             ///< run.firms; 0: there is no file
  std::vector<std::string> closures; ///< that all policies among them have
};
/// Throws Error (kind input) where compare_files would.
FilesGiven files_given(const std::vector<std::string>& paths, bool other_versions);

/// Ensembles that are to be made: each configuration with each closure.
struct RunsToCome {
  std::vector<Scenario> configurations;
  std::vector<std::string> closures;
  std::vector<std::uint64_t> seeds;
};
/// Throws Error (kind input), before anything is run, where compare_files would refuse the finished
/// runs beside these files, and for a closure that a file lacks.
void check_runs_to_come(const RunsToCome& runs, const std::vector<std::string>& files,
                        const CompareOptions& options);

/// Labels and groups of a scenario. Throws Error (kind input) where its [reporting] knows no bloc
/// of the home region.
ComparedWorld compared_world(const Scenario& scenario);

/// Months in which some lever withholds capacity, within those given.
SupplyStop supply_stop(std::span<const Scenario> scenarios, const std::vector<Month>& months);

/// Whether members' goods pay other rates in the home region in a month of the policy than of the
/// base, claimed or not: only then is there an exemption to have a price. Rules of origin and the
/// agenda change who claims, not what a claim is worth.
bool other_terms(const Scenario& base, const Scenario& policy, const ComparedWorld& world,
                 Month month);

/// "2026-06" or "2025-07:2025-12"; `option` is named by errors.
ComparedPeriod parse_period(const std::string& text, const std::string& option);

/// "fixed_wage", ...
const char* closure_name(Closure closure);

} // namespace nearshore
