#pragma once
// The documented procedure from end to end: sources, prior, balance, whole units, files.
#include "sim/balance/report.hpp"
#include "sim/balance/solve.hpp"
#include "sim/balance/write.hpp"

#include <optional>
#include <string>

namespace nearshore::balance {

struct Balance {
  Sources sources;
  Solution solution;
  WorldTable table; ///< in whole thousand USD
  Files files;
};

/// Replaces the target of intermediate trade inside a group of regions ("asia", 0.52). Throws Error
/// (kind input) if the group has no such target or the share is not in (0, 1).
void set_intra_share(Sources&, const std::string& group, double share);

/// Runs the procedure on the folder of sources.
Balance run_balance(Sources sources, const std::string& folder);

/// How far contents move when an assumption changes: each variant is a full balance.
struct Variant {
  std::string name;
  std::vector<double> values; ///< of Sources::reported
  std::size_t missed{0};      ///< targets outside their tolerance
};
std::vector<Variant> run_variants(const Sources&);

} // namespace nearshore::balance
