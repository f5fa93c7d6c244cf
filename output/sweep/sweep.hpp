#pragma once
// A sweep as it is asked for: a table of runs, design point by policy by seed. docs/cluster.md
// explains the file.
#include "output/sweep/design.hpp"
#include "output/validation.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nearshore {

struct SweepPolicy {
  std::string name;
  std::string file;              ///< scenario
  std::vector<std::string> sets; ///< KEY=VALUE, those of the whole sweep first
  std::string where;
};

/// What is kept of a run: all variables, some, or outcomes and headlines alone.
enum class Keep { file, variables, summary };

/// One number of a run, as `validate` makes it.
struct SweepOutcome {
  std::string name; ///< of the variable in results
  Target figure;
};

/// What happens when a run fails.
struct FailurePolicy {
  bool stop{false}; ///< the sweep ends at the first failure
  int retries{0};   ///< further tries of a failed run
};
/// "continue", "stop", "retry N". Throws Error (kind input) that names `where`.
FailurePolicy failure_policy(const std::string& text, const std::string& where);

struct Sweep {
  std::string file, name, title; ///< name: of the file, without folder and .toml
  std::vector<std::uint64_t> seeds;
  Design design;
  std::vector<SweepParameter> parameters;
  std::vector<SweepPolicy> policies;
  PointTable points; ///< values of the parameters
  Keep keep{Keep::summary};
  std::vector<std::string> variables; ///< kept by month, in the order of docs/output.md
  std::vector<double> quantiles;      ///< over seeds, of merged results
  std::vector<SweepOutcome> outcomes;
  std::string on_failure{"continue"};
  int checkpoint_every{0}; ///< months between checkpoints of a run; 0: none
  std::string resolved;    ///< the whole text, to be read again

  [[nodiscard]] std::size_t point_count() const { return parameters.empty() ? 1 : points.rows(); }
  [[nodiscard]] std::size_t runs() const { return policies.size() * point_count() * seeds.size(); }
  /// Run number = (policy * points + point) * seeds + seed.
  struct Place {
    std::size_t policy, point, seed;
  };
  [[nodiscard]] Place place(std::size_t run) const {
    // NOLINTBEGIN(clang-analyzer-core.DivideZero): where there is a run, there are seeds and points
    return {run / seeds.size() / point_count(), run / seeds.size() % point_count(),
            run % seeds.size()};
    // NOLINTEND(clang-analyzer-core.DivideZero)
  }
  [[nodiscard]] std::span<const double> values(std::size_t point) const {
    return parameters.empty() ? std::span<const double>{} : points.row(point);
  }
  /// "key=value" of every parameter at a point, as --set takes them.
  [[nodiscard]] std::vector<std::string> sets(std::size_t point) const;
};

inline constexpr std::size_t kMostRuns = 1'000'000;

/// Reads a sweep, with all that it extends, and applies --set overrides. Throws Error (kind input)
/// with file:line:column. Scenarios are not looked at.
Sweep read_sweep(const std::string& path, std::span<const std::string> set_overrides = {});

} // namespace nearshore
