#pragma once
// The folder of a sweep: what is run, frozen when it begins, and what became of it.
//
//   sweep.toml       the sweep, resolved         manifest.toml  program and fingerprints
//   policies/P.toml  each policy's scenario      runs.csv       the table of runs, for people
//   checkpoints/     of runs under way, where the sweep asks for them
//   slices/*.runs    results (run_log.hpp)       merged.h5      after `sweep merge`
#include "output/sweep/scenarios.hpp"
#include "output/sweep/slices.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nearshore {

/// What results of a sweep must have in common to be put together.
struct SweepIdentity {
  std::string version, commit;
  std::uint64_t program{0};       ///< of the two above
  std::uint64_t configuration{0}; ///< of the sweep, its scenarios and their data files
  bool operator==(const SweepIdentity&) const = default;
};

/// FNV-1a, 64 bits.
std::uint64_t fingerprint(std::string_view text, std::uint64_t start = 0xcbf29ce484222325ULL);

class SweepFolder {
public:
  explicit SweepFolder(std::string path) : root(std::move(path)) {}
  [[nodiscard]] const std::string& path() const { return root; }
  [[nodiscard]] bool exists() const;
  [[nodiscard]] std::string sweep_file() const { return root + "/sweep.toml"; }
  [[nodiscard]] std::vector<std::string> policy_files(const Sweep& sweep) const;
  [[nodiscard]] std::string slice_file(const Shard& shard) const;
  /// How the names of a run's checkpoints begin, where it leaves any.
  [[nodiscard]] std::string checkpoint_stem(std::size_t run) const;
  /// All slices, by name.
  [[nodiscard]] std::vector<std::string> slice_files() const;

  /// Writes the folder, whole or not at all; where another process was first, its folder stands.
  /// Throws Error (kind resource; input where the place is taken by something else).
  void create(const Sweep& sweep, const SweepScenarios& scenarios,
              const SweepIdentity& identity) const;
  /// Of the manifest. Throws Error (kind input) where it is missing or damaged.
  [[nodiscard]] SweepIdentity identity() const;
  /// Throws Error (kind input), with what differs, where the folder was made from another sweep or
  /// other scenarios.
  void check_same(const Sweep& sweep, const SweepScenarios& scenarios) const;
  /// Throws Error (kind input) where program or data are not those that the sweep began with.
  void check_identity(const SweepIdentity& now) const;

private:
  std::string root;
};

/// The identity that results made now would have.
SweepIdentity identity_of(const Sweep& sweep, const SweepScenarios& scenarios);

/// The command that makes one run by itself, quoted for a shell.
std::string command_of(const SweepFolder& folder, const Sweep& sweep, std::size_t run);

} // namespace nearshore
