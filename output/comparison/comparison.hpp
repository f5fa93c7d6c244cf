#pragma once
// A finished comparison of policies: what tables, CSV and the report show. Every effect is paired:
// a policy less the base with the same seed, then averaged over seeds (docs/comparison.md).
#include "policy/calendar.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

/// Where the runs of a policy are: one ensemble's file for each closure.
struct ComparedFile {
  std::string closure; ///< fixed_wage, labour_supply or balanced_trade
  std::string path;
};

/// policies[0] of a comparison is the base.
struct ComparedPolicy {
  std::string name;               ///< of its file, without folder and ending; unique
  std::string title, description; ///< of its configuration; the description may be empty
  std::string configuration;      ///< resolved, TOML; of the first seed and file
  std::string closure;            ///< its own: what `run` would use
  std::vector<ComparedFile> files;
};

/// One month or the mean of several. Ratios are those of the months' sums.
struct ComparedPeriod {
  std::string label;     ///< "2026-06", or "2025-07 to 2025-12"
  Month first{}, last{}; ///< both included
};

/// A mean over seeds and the two ends of its 90 % interval (Student's t over seeds); NaN where it
/// has no meaning in one of the seeds, e.g. a share of nothing.
struct Estimate {
  double mean{0}, lower{0}, upper{0};
};

/// What an effect is of; empty text where an axis does not apply or all are meant.
struct EffectKey {
  std::string what;     ///< topic, one of comparison_topics()
  std::string variable; ///< e.g. "claim_share_recorded"
  std::string region;   ///< exporter, origin, or the region itself; or a group of regions
  std::string partner;  ///< importer, destination, source of value added
  std::string sector;   ///< sector or group of sectors
  std::string detail;   ///< e.g. authority of a duty
  std::string unit;     ///< of base and other; a difference of "%" is in percentage points
  bool headline{false}; ///< shown by default

  bool operator==(const EffectKey&) const = default;
};

struct PolicyEffect {
  std::size_t policy{0}; ///< into Comparison::policies, from 1 on
  std::string closure;   ///< both sides have it
  std::size_t key{0};    ///< into Comparison::keys
  std::size_t period{0}; ///< into Comparison::periods
  double base{0};        ///< mean over seeds of the base
  double other{0};       ///< of the policy
  Estimate effect;       ///< of other - base, by seed
  std::size_t seeds{0};
};

/// What a policy forgoes in duties on trade between members of an agreement, against the base, and
/// what it brings. Billion USD a year, means over the period. Negative: the base forgoes it.
struct ExemptionPrice {
  std::size_t policy{0};
  std::string closure;
  std::size_t period{0};
  std::string exporter; ///< empty: all fellow members of the home region
  std::string sector;   ///< empty: all goods

  Estimate forgone;           ///< the base's duty rates on the policy's trade, less duty collected
  Estimate to_qualifying;     ///< part of it on trade that already qualified in the base
  Estimate to_new;            ///< part of it on qualifying trade that the base does not have
  Estimate revenue;           ///< change of all duty that the home region collects, from everyone
  Estimate content;           ///< change of the bloc's value added in these exports
  Estimate content_deeper;    ///< part of it from a higher share of regional value added
  Estimate home_content;      ///< change of the home region's value added in these exports
  Estimate per_dollar;        ///< content over forgone; NaN where forgone's interval includes 0
  Estimate deeper_per_dollar; ///< content_deeper over forgone
  Estimate home_per_dollar;   ///< home_content over forgone

  struct ByAuthority {
    std::string authority;
    Estimate forgone;
  };
  std::vector<ByAuthority> by_authority; ///< of `forgone`; those that are not zero
};

struct Comparison {
  std::vector<ComparedPolicy> policies;
  std::vector<std::int64_t> seeds;
  std::int64_t firms{0}; ///< of every run
  std::string program_version, git_commit;
  std::string home_region;           ///< collects the duties of the exemptions' price
  std::string bloc;                  ///< whose content they are to bring
  std::vector<std::string> closures; ///< that every policy has; the base's own first
  std::vector<Month> months;         ///< of every run
  std::vector<ComparedPeriod> periods;
  std::vector<EffectKey> keys;
  std::vector<PolicyEffect> effects; ///< by policy, closure, key, period
  std::vector<ExemptionPrice> exemptions;
  /// What a reader must be told, e.g. that a supply stop's loss is over other months.
  std::vector<std::string> notes;
};

/// Topics of EffectKey::what, in the order of tables: claims, trade, content, dependence,
/// production, employment, prices, duties, deficits, concentration, resilience.
const std::vector<std::string>& comparison_topics();

} // namespace nearshore
