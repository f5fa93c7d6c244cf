#pragma once
// What the commands on a sweep share: its file or folder, and the sweep that is in it.
#include "cli/options.hpp"
#include "output/sweep/folder.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nearshore {

/// Exit status where runs of a sweep failed or are left; others are those of ErrorKind.
inline constexpr int kIncomplete = 11;

struct OpenSweep {
  std::unique_ptr<const Sweep> sweep;
  SweepFolder folder;
  std::unique_ptr<SweepScenarios> scenarios;
  SweepIdentity identity; ///< that results made now would have
  bool frozen{false};     ///< read from the folder's own copy
};

struct SweepPlace {
  std::string file;                  ///< a sweep's file, or the folder of one that was begun
  std::optional<std::string> output; ///< the folder
  std::vector<std::string> sets;

  void declare(OptionSet& options);
  /// Also --set, which only a sweep that begins may have.
  void declare_with_sets(OptionSet& options);
  /// Reads sweep and scenarios. Throws Error.
  [[nodiscard]] OpenSweep open() const;
  /// The same for a sweep that was begun, from its folder. Throws Error (kind input) where it was
  /// not.
  [[nodiscard]] OpenSweep open_begun() const;

private:
  void require_file() const;
  [[nodiscard]] std::string folder() const;
};

} // namespace nearshore
