#pragma once
// What a checkpoint says about itself before its state: whose it is, how far it is, which records
// belong to it; and whether a run may go on from it.
#include "sim/checkpoint/sections.hpp"
#include "sim/config/load_scenario.hpp"
#include "sim/past_configuration.hpp"

#include <string>
#include <utility>
#include <vector>

namespace nearshore {

/// Where a log of records ends: what a checkpoint counts as its own.
struct LogEnd {
  std::uint64_t bytes{0}, records{0};
  std::uint32_t sum{0}; ///< CRC-32 of these bytes
};

/// What must agree for a state to be that of a scenario, with how the reader of a message calls it.
using Identity = std::vector<std::pair<std::string, std::string>>;
Identity identity_of(const Scenario&);

struct CheckpointHeader {
  std::string program; ///< version and commit
  Identity identity;
  std::string configuration;           ///< Scenario::resolved_outcome
  std::string data;                    ///< Scenario::data_sums
  std::vector<PastConfiguration> past; ///< of a branch, oldest first
  std::string last_month; ///< the last one in it, e.g. "2025-03"; of the spin-up: before the start
  bool finished{false};   ///< no month is left
  bool has_state{true};   ///< false: only the records are kept
  LogEnd log;
};

/// Of a scenario at present, without what belongs to a month.
CheckpointHeader header_of(const Scenario&, std::string program);

void write_header(SectionWriter&, const CheckpointHeader&);
/// Throws DamagedFile.
CheckpointHeader read_header(SectionReader&);

/// Keys in which two resolved configurations differ, "measure.us_ieepa_mexico.rate"; run.seed left
/// out: seeds are compared by themselves, since an ensemble shares its text.
std::vector<std::string> differing_keys(const std::string& a, const std::string& b);

/// The first of some names and how many more there are.
std::string few(const std::vector<std::string>& names);

/// Throws Error (kind input) with the reason if a run of `now` may not go on from `saved`: another
/// version, configuration, population or other data.
void require_same_run(const std::string& path, const CheckpointHeader& saved,
                      const CheckpointHeader& now);
/// The same for a branch, whose configuration may differ. Gives the keys that do.
std::vector<std::string> require_same_history(const std::string& path,
                                              const CheckpointHeader& saved,
                                              const CheckpointHeader& now);

} // namespace nearshore
